import type { Json, JsonObject } from '../../core/index.ts';

/** Says what a value should have been, or undefined when it is right. */
export type ValueType = (value: Json) => string | undefined;

export const anything: ValueType = () => undefined;
export const text: ValueType = (value) => (typeof value === 'string' ? undefined : 'text');
export const flag: ValueType = (value) => (typeof value === 'boolean' ? undefined : 'true or false');
export const wholeNumber: ValueType = (value) => (Number.isInteger(value) ? undefined : 'a whole number');
export const mapping: ValueType = (value) => (isMapping(value) ? undefined : 'a mapping');
export const textList: ValueType = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') ? undefined : 'a list of texts';
export const textOrTexts: ValueType = (value) =>
  typeof value === 'string' || textList(value) === undefined ? undefined : 'text or a list of texts';

/** The same, but the value may also be empty. */
export function optional(type: ValueType): ValueType {
  return (value) => {
    if (value === null) return undefined;
    const expected = type(value);
    return expected === undefined ? undefined : `${expected}, or empty`;
  };
}

export function oneOf(...allowed: readonly string[]): ValueType {
  return (value) => (typeof value === 'string' && allowed.includes(value) ? undefined : `one of ${allowed.join(', ')}`);
}

export function matching(pattern: RegExp, expected: string): ValueType {
  return (value) => (typeof value === 'string' && pattern.test(value) ? undefined : expected);
}

/** A mapping whose known members have the given types; other members are free. */
export function members(types: Readonly<Record<string, ValueType>>): ValueType {
  return (value) => {
    if (!isMapping(value)) return 'a mapping';
    for (const [name, type] of Object.entries(types)) {
      const member = value[name];
      const expected = member === undefined ? undefined : type(member);
      if (expected !== undefined) return `a mapping whose '${name}' is ${expected}`;
    }
    return undefined;
  };
}

export function isMapping(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
