import {
  defineMappingTag,
  defineScalarTag,
  dump,
  FAILSAFE_SCHEMA,
  load,
  mergeTag,
  NOT_RESOLVED,
  YAMLException,
} from 'js-yaml';
import { DateValue, parseIsoDatetime, resolvePlain } from '../../core/index.ts';
import { Dict, Float, fromJs, toJs, type Value } from '../../jinja/index.ts';

/** Unquoted scalars as PyYAML resolves them; dates are Python's. */
const plain = defineScalarTag<unknown>('tag:yaml.org,2002:plain', {
  implicit: true,
  identify: () => false,
  resolve(text) {
    const scalar = resolvePlain(text);
    if (scalar === undefined) return NOT_RESOLVED;
    if (scalar.float) return new Float(scalar.value as number);
    if (typeof scalar.value !== 'string') return fromJs(scalar.value);
    if (scalar.value !== text && /^\d+$/.test(scalar.value)) return BigInt(scalar.value);
    return /^\d{4}-/.test(text) ? (dateOrDatetime(scalar.value, text) ?? NOT_RESOLVED) : NOT_RESOLVED;
  },
});

function dateOrDatetime(iso: string, text: string): Value | undefined {
  const moment = parseIsoDatetime(iso);
  if (moment === undefined) return undefined;
  return text.length <= 10 ? new DateValue(moment.wall) : moment;
}

const dict = defineMappingTag<Dict>('tag:yaml.org,2002:map', {
  create: () => new Dict(),
  addPair(target, key, value) {
    target.set(key as Value, value as Value);
    return '';
  },
  has: (target, key) => target.has(key as Value),
  keys: (target) => target.keys(),
  get: (target, key) => target.get(key as Value),
  identify: () => false,
});

const schema = FAILSAFE_SCHEMA.withTags(plain, mergeTag, dict);

/** YAML as a value, as PyYAML's `safe_load`; undefined where the text is no YAML. */
export function readYamlValue(text: string): Value | undefined {
  if (text.trim() === '') return null;
  try {
    return load(text, { schema, json: true }) as Value;
  } catch (failure) {
    if (failure instanceof YAMLException) return undefined;
    throw failure;
  }
}

/** A value as YAML, laid out as PyYAML's `safe_dump`; undefined where it has no form in YAML. */
export function writeYaml(value: Value, sortKeys: boolean): string | undefined {
  try {
    return dump(toJs(value), { seqNoIndent: true, sortKeys, noRefs: true });
  } catch (failure) {
    if (failure instanceof YAMLException) return undefined;
    throw failure;
  }
}
