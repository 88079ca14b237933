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
import { parseIsoMoment, resolvePlain } from '../../core/index.ts';
import { Dict, Float, fromJs, toJs, type Value } from '../../jinja/index.ts';

/** Unquoted scalars as PyYAML resolves them; dates are Python's. */
const plain = defineScalarTag<unknown>('tag:yaml.org,2002:plain', {
  implicit: true,
  identify: () => false,
  resolve(text) {
    const scalar = resolvePlain(text);
    if (scalar === undefined) return NOT_RESOLVED;
    const { value, mark } = scalar;
    if (mark === 'float') return new Float(value as number);
    if (typeof value !== 'string') return fromJs(value);
    if (value !== text && /^\d+$/.test(value)) return BigInt(value);
    return (mark === 'date' ? parseIsoMoment(value) : undefined) ?? NOT_RESOLVED;
  },
});

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
