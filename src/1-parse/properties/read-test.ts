import { addMarks, copyMarks, error, isMapping, type Json, type JsonObject, markedFloats } from '../../core/index.ts';
import { testHash, testNames } from '../names/test-name.ts';
import type { YamlPath } from '../yaml/index.ts';
import type { ReadContext } from './context.ts';
import type { Range, TestFacts } from './facts.ts';

/** What a generic test is attached to. */
export interface TestTarget {
  /** `ref('x')` or `source('x', 'y')` as dbt writes it. */
  readonly relation: string;
  /** The name that goes into the test's name. */
  readonly name: string;
  readonly isSource: boolean;
  readonly version?: string | number | undefined;
}

/** What a test is a test of. */
export interface Tested {
  readonly target: TestTarget;
  /** Undefined: the target as a whole. The name is as SQL writes it. */
  readonly column?: { readonly name: string; readonly tags: readonly string[] } | undefined;
  /** Tags of the source and the table, which the test has too. */
  readonly tableTags?: readonly string[] | undefined;
}

/** Settings that dbt lets stand beside a test's arguments, in the order in which it reads them. */
const settingNames = [
  'severity',
  'tags',
  'enabled',
  'where',
  'limit',
  'warn_if',
  'error_if',
  'fail_calc',
  'store_failures',
  'store_failures_as',
  'meta',
  'database',
  'schema',
  'alias',
] as const;

interface Definition {
  readonly name: string;
  readonly args: JsonObject;
}

/**
 * Reads one entry of `data_tests:`, in any of dbt's spellings. Undefined where it is none; the problem is then reported.
 */
export function readTest(
  context: ReadContext,
  path: YamlPath,
  written: Json,
  range: Range,
  { target, column, tableTags = [] }: Tested,
): TestFacts | undefined {
  const fail = (code: string, message: string, hint?: string, inside: YamlPath = []): undefined => {
    context.report(error(`parse/${code}`, message, { span: context.span([...path, ...inside]), hint }));
    return undefined;
  };
  const definition = definitionOf(written, fail);
  if (definition === undefined) return undefined;
  const match = /^(?:([a-zA-Z_]\w*)\.)?([a-zA-Z_]\w*)/.exec(definition.name);
  const name = match?.[2];
  if (name === undefined) return fail('test-name', `'${definition.name}' cannot be the name of a test`);
  const namespace = match?.[1] ?? null;
  const args: Record<string, Json> = copyMarks(definition.args, { ...definition.args });
  if (column) args.column_name = column.name;
  if (!takeArguments(context, args)) return fail('test-arguments', "'arguments' of a test has to be a mapping");
  if ('model' in args) return fail('test-arguments', "A test cannot have an argument 'model': it is what is tested");
  args.model = `{{ get_where_subquery(${target.relation}) }}`;
  const own = isMapping(written) && !('test_name' in written) ? [definition.name] : [];
  const failIn: Fail = (code, message, hint, inside = []) => fail(code, message, hint, [...own, ...inside]);
  const config = takeSettings(args, failIn);
  if (config === undefined) return undefined;
  const described = takeText(args, 'description', failIn);
  const named = takeText(args, 'name', failIn);
  if (described === null || named === null) return undefined;
  const prefix = `${namespace === null ? '' : `${namespace}_`}${target.isSource ? 'source_' : ''}`;
  const names = named === undefined ? testNames(`${prefix}${name}`, target.name, args) : { short: named, full: named };
  if (names.short !== names.full && !('alias' in config)) config.alias = names.short;
  const { model: _, ...kwargs } = args;
  const floats = markedFloats(args);
  const tags = [...tableTags, ...(column?.tags ?? [])];
  return {
    name,
    namespace,
    kwargs,
    ...(floats.length === 0 ? {} : { floats }),
    title: names.full,
    hash: testHash(names.full, { name, kwargs: args, namespace }),
    range,
    ...(Object.keys(config).length === 0 ? {} : { config }),
    ...(names.short === names.full ? {} : { fileName: names.short }),
    ...(described === undefined ? {} : { description: described }),
    ...(column === undefined ? {} : { columnName: column.name }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(target.version === undefined ? {} : { version: target.version }),
  };
}

/** @param inside what of the test is wrong. Default: all of it. */
type Fail = (code: string, message: string, hint?: string, inside?: YamlPath) => undefined;

function definitionOf(written: Json, fail: Fail): Definition | undefined {
  if (typeof written === 'string') return { name: written, args: {} };
  if (!isMapping(written)) return fail('test-shape', 'A test is a name, or a mapping with its arguments');
  if ('test_name' in written) {
    const { test_name: name, ...args } = written;
    if (typeof name !== 'string') return fail('test-shape', "'test_name' has to be text");
    return { name, args: copyMarks(written, args) };
  }
  const entries = Object.entries(written);
  const [first] = entries;
  if (first === undefined || entries.length !== 1) {
    return fail(
      'test-shape',
      `A test is a mapping with one key, the test's name; this one has ${entries.length}`,
      'Indent the arguments one level deeper than the name',
    );
  }
  const [name, args] = first;
  if (isMapping(args)) return { name, args };
  const found = args === null ? 'nothing' : Array.isArray(args) ? 'a list' : `'${String(args)}'`;
  return fail(
    'test-shape',
    `The arguments of test '${name}' have to be a mapping, but are ${found}`,
    meantArguments(args) ?? 'Remove the colon, or add arguments',
  );
}

/** A list of single arguments as the mapping that was meant. */
function meantArguments(args: Json): string | undefined {
  if (!Array.isArray(args) || !args.every(isMapping)) return undefined;
  const written = args.flatMap((item) => Object.entries(item).map(([key, value]) => `${key}: ${inline(value)}`));
  return `Write one mapping, without the dashes: {${written.join(', ')}}`;
}

const inline = (value: Json): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** `arguments:` holds what else would stand beside `config:`. */
function takeArguments(context: ReadContext, args: Record<string, Json>): boolean {
  if (!context.argumentsProperty || !('arguments' in args)) return true;
  const nested = args.arguments;
  delete args.arguments;
  if (nested === null || nested === undefined) return true;
  if (!isMapping(nested)) return false;
  Object.assign(args, nested);
  addMarks(nested, args);
  return true;
}

function takeSettings(args: Record<string, Json>, fail: Fail): Record<string, Json> | undefined {
  const nested: Record<string, Json> = isMapping(args.config) ? { ...args.config } : {};
  const hasConfig = 'config' in args;
  if (hasConfig && args.config !== null && !isMapping(args.config)) {
    return fail('test-shape', "'config' of a test has to be a mapping", undefined, ['config']);
  }
  const config: Record<string, Json> = {};
  for (const name of settingNames) {
    let value: Json | undefined = args[name];
    delete args[name];
    if (isTruthy(value) && name in nested) {
      return fail('test-config-twice', `'${name}' is set beside 'config' and in it`, "Keep the one in 'config'", [
        name,
      ]);
    }
    if (!isTruthy(value) && hasConfig) {
      value = nested[name];
      delete nested[name];
    }
    if (value !== undefined && value !== null) config[name] = value;
  }
  delete args.config;
  for (const [name, value] of Object.entries(nested)) if (value !== null) config[name] = value;
  return config;
}

function isTruthy(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === false || value === 0 || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

/** Takes a text out of the arguments; null where it is there and no text (reported). */
function takeText(args: Record<string, Json>, name: string, fail: Fail): string | undefined | null {
  if (!(name in args)) return undefined;
  const value = args[name];
  delete args[name];
  if (typeof value === 'string') return value;
  fail('test-shape', `'${name}' of a test has to be text`, undefined, [name]);
  return null;
}
