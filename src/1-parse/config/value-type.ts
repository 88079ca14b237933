import { isMapping, type Json } from '../../core/index.ts';

/** Says what a value should have been, or undefined when it is right. */
export interface ValueType {
  (value: Json): string | undefined;
  /** Of a mapping that is wrong for one of its members: which. */
  readonly wrongMember?: ((value: Json) => Member | undefined) | undefined;
  /** Of a list that is wrong for one of its entries: which. */
  readonly wrongItem?: ((value: readonly Json[]) => number) | undefined;
  /** The words that it can be, where these are all. */
  readonly words?: readonly string[] | undefined;
  /** Of a mapping: the members that mean something. Default: any may. */
  readonly names?: readonly string[] | undefined;
}

interface Member {
  readonly name: string;
  readonly type: ValueType;
}

/** What is wrong with a value, as far inside of it as can be told. */
export interface Fault {
  /** The members that lead there; empty where the value itself is wrong. */
  readonly path: readonly string[];
  /** The entry of a list that is wrong, by its number: a place, not a name. */
  readonly item?: string | undefined;
  readonly expected: string;
  readonly value: Json;
  readonly words: readonly string[];
}

/** Undefined where nothing is wrong. */
export function faultIn(type: ValueType, value: Json): Fault | undefined {
  const expected = type(value);
  if (expected === undefined) return undefined;
  const member = type.wrongMember?.(value);
  if (!member || !isMapping(value)) {
    const item = Array.isArray(value) ? (type.wrongItem?.(value) ?? -1) : -1;
    return { path: [], expected, value, words: type.words ?? [], ...(item < 0 ? {} : { item: String(item) }) };
  }
  const inside = faultIn(member.type, value[member.name] ?? null);
  return inside && { ...inside, path: [member.name, ...inside.path] };
}

export const anything: ValueType = () => undefined;
export const text: ValueType = (value) => (typeof value === 'string' ? undefined : 'text');
export const flag: ValueType = (value) => (typeof value === 'boolean' ? undefined : 'true or false');
export const wholeNumber: ValueType = (value) => (Number.isInteger(value) ? undefined : 'a whole number');
export const mapping: ValueType = (value) => (isMapping(value) ? undefined : 'a mapping');
export const textList: ValueType = listOf((item) => typeof item === 'string', 'a list of texts');
export const textOrTexts: ValueType = Object.assign(
  (value: Json) => (typeof value === 'string' || textList(value) === undefined ? undefined : 'text or a list of texts'),
  { wrongItem: textList.wrongItem },
);

export function listOf(isRight: (item: Json) => boolean, expected: string): ValueType {
  const check = (value: Json): string | undefined =>
    Array.isArray(value) && value.every(isRight) ? undefined : expected;
  return Object.assign(check, { wrongItem: (value: readonly Json[]) => value.findIndex((item) => !isRight(item)) });
}

/** The same, but the value may also be empty. */
export function optional(type: ValueType): ValueType {
  const { wrongMember, wrongItem, words, names } = type;
  const check = (value: Json): string | undefined => {
    if (value === null) return undefined;
    const expected = type(value);
    return expected === undefined ? undefined : `${expected}, or empty`;
  };
  return Object.assign(check, { wrongMember, wrongItem, words, names });
}

export function oneOf(...allowed: readonly string[]): ValueType {
  const check = (value: Json): string | undefined =>
    typeof value === 'string' && allowed.includes(value) ? undefined : `one of ${allowed.join(', ')}`;
  return Object.assign(check, { words: allowed });
}

export function matching(pattern: RegExp, expected: string): ValueType {
  return (value) => (typeof value === 'string' && pattern.test(value) ? undefined : expected);
}

/** A mapping whose known members have the given types; other members are free. */
export function members(types: Readonly<Record<string, ValueType>>): ValueType {
  const wrongMember = (value: Json): Member | undefined => {
    const isWrong = ([name, type]: [string, ValueType]): boolean =>
      isMapping(value) && value[name] !== undefined && type(value[name]) !== undefined;
    const [name, type] = Object.entries(types).find(isWrong) ?? [];
    return name === undefined || type === undefined ? undefined : { name, type };
  };
  const check = (value: Json): string | undefined => {
    if (!isMapping(value)) return 'a mapping';
    const wrong = wrongMember(value);
    return wrong && `a mapping whose '${wrong.name}' is ${wrong.type(value[wrong.name] ?? null)}`;
  };
  return Object.assign(check, { wrongMember, names: Object.keys(types) });
}

/** A mapping with these members and no others. */
export function exactly(types: Readonly<Record<string, ValueType>>): ValueType {
  const known = members(types);
  const otherIn = (value: Json): string | undefined =>
    isMapping(value) ? Object.keys(value).find((name) => !Object.hasOwn(types, name)) : undefined;
  const check = (value: Json): string | undefined => {
    const other = otherIn(value);
    return other === undefined ? known(value) : `a mapping of ${Object.keys(types).join(', ')}, and not '${other}'`;
  };
  const wrongMember: ValueType['wrongMember'] = (value) =>
    otherIn(value) === undefined ? known.wrongMember?.(value) : undefined;
  return Object.assign(check, { wrongMember });
}
