import {
  type Diagnostic,
  didYouMeanHint,
  error,
  isMapping,
  type Json,
  type JsonObject,
  warning,
} from '../../core/index.ts';
import { faultIn, type ValueType } from '../config/value-type.ts';
import type { YamlPath } from '../yaml/index.ts';
import type { Range } from './facts.ts';

/** One reading of a properties file: where problems go, and where things stand in it. */
export interface ReadContext {
  /** The place of an item of a list. */
  rangeOf(list: object, index: number, path: YamlPath): Range;
  report(diagnostic: Diagnostic): void;
  span(path: YamlPath, part?: 'key' | 'value'): Diagnostic['span'];
  /** Writes an identifier in SQL: columns with `quote: true` are tested under their quoted name. */
  readonly quote: (identifier: string) => string;
  /** dbt's flag `require_generic_test_arguments_property`: `arguments:` of a test is no argument itself. */
  readonly argumentsProperty: boolean;
}

export function reportError(context: ReadContext, path: YamlPath, code: string, message: string, hint?: string): void {
  context.report(error(`parse/${code}`, message, { span: context.span(path), hint }));
}

export interface Shape {
  readonly [key: string]: ValueType;
}

/** What becomes of a key that is not known: `refuse` where dbt refuses it, too. */
export type UnknownKeys = 'refuse' | 'warn' | 'warn-if-near' | 'ignore';

/** Checks the members of a mapping: the types of known ones, and what to make of others. */
export function checkShape(
  context: ReadContext,
  path: YamlPath,
  object: JsonObject,
  shape: Shape,
  unknown: UnknownKeys,
): void {
  for (const key in object) {
    const type = shape[key];
    const value = object[key];
    if (value === undefined) continue;
    if (type === undefined) {
      if (unknown !== 'ignore') reportUnknown(context, [...path, key], key, shape, unknown);
      continue;
    }
    const fault = faultIn(type, value);
    if (!fault) continue;
    const { expected, words, item } = fault;
    const inside = [key, ...fault.path];
    const owner = typeof object.name === 'string' && key !== 'name' ? ` of '${object.name}'` : '';
    const message = `'${inside.join('.')}'${owner} has to be ${expected}`;
    const meant = typeof fault.value === 'string' ? didYouMeanHint(fault.value, words) : undefined;
    const hint = expected.startsWith('a list') ? listHint(key, fault.value) : meant;
    const at = [...path, ...inside, ...(item === undefined ? [] : [item])];
    context.report(error('parse/wrong-type', message, { span: context.span(at), hint }));
  }
}

/** How something that is to be a list is written as one. */
export function listHint(key: string, value: Json): string | undefined {
  if (typeof value === 'string') return `Write ${key}: [${value}]`;
  if (Array.isArray(value)) {
    const text = value.find((item) => typeof item === 'string');
    return text === undefined ? undefined : `Write each as a mapping: - name: ${text}`;
  }
  const [first] = isMapping(value) ? Object.keys(value) : [];
  return first && `Write each entry behind a dash, with its name: - name: ${first}`;
}

function reportUnknown(
  context: ReadContext,
  path: YamlPath,
  key: string,
  shape: Shape,
  unknown: Exclude<UnknownKeys, 'ignore'>,
): void {
  const near = didYouMeanHint(key, Object.keys(shape));
  if (near === undefined && unknown === 'warn-if-near') return;
  const takesMore = 'config' in shape;
  const hint =
    near ??
    (takesMore
      ? 'Settings go below `config:`, facts of your own below `config: meta:`'
      : `There can be ${Object.keys(shape).join(', ')}`);
  const tell = unknown === 'refuse' ? error : warning;
  context.report(
    tell('parse/unknown-key', `The key '${key}' is not known here`, { span: context.span(path, 'key'), hint }),
  );
}
