import { Float, str } from '../jinja/index.ts';
import type { Json, JsonObject } from './json.ts';

/** Keys of mappings and indexes of lists, from the outside in. */
export type FloatPath = readonly string[];

/** What Python makes of a member that JSON cannot tell from another: `1.0` of 1, a date or a timestamp of a text. */
export type Mark = 'float' | 'date';

/**
 * JSON has one kind of number, Python two: `1` and `1.0` print differently; and it has no dates. Which members of a list or
 * mapping were written as floats with a whole value, or as dates, is remembered beside the data, so that the data stays
 * plain. Copies of the container do not have the marks: `copyMarks` after a copy that matters.
 */
const marks = new WeakMap<object, Map<string | number, Mark>>();

/** Remembers what the member `key` of a list or mapping was written as: a date stands there as ISO text. */
export function markMember(container: object, key: string | number, as: Mark): void {
  const known = marks.get(container);
  if (known) known.set(key, as);
  else marks.set(container, new Map([[key, as]]));
}

/** Remembers that the member `key` of a list or mapping was written as a float (`1.0`). */
export function markFloat(container: object, key: string | number): void {
  markMember(container, key, 'float');
}

/** Whether the member `key` was written as a float with a whole value. */
export function isMarkedFloat(container: object, key: string | number): boolean {
  return marks.get(container)?.get(key) === 'float';
}

/** Whether the member `key` was written as a date or a timestamp. */
export function isMarkedDate(container: object, key: string | number): boolean {
  return marks.get(container)?.get(key) === 'date';
}

/** The number at `key` as Python writes it: `1.0` where it was written so, and not `1`. */
export function numberText(container: JsonObject | readonly Json[], key: string | number): string {
  const value = (container as JsonObject)[key] as number;
  return isMarkedFloat(container, key) ? str(new Float(value)) : String(value);
}

/** Where floats stand in data, as paths of keys: JSON keeps these, and marks not. */
export function markedFloats(data: Json): readonly FloatPath[] {
  if (data === null || typeof data !== 'object') return [];
  return Object.entries(data).flatMap(([key, member]): readonly FloatPath[] =>
    typeof member === 'number'
      ? isMarkedFloat(data, Array.isArray(data) ? Number(key) : key)
        ? [[key]]
        : []
      : markedFloats(member).map((path) => [key, ...path]),
  );
}

/** Marks the floats at these places, of data that came out of JSON. */
export function restoreFloatMarks(data: Json, paths: readonly FloatPath[] | undefined): void {
  for (const path of paths ?? []) {
    const container = path.slice(0, -1).reduce<Json | undefined>((part, key) => (part as JsonObject)?.[key], data);
    const key = path.at(-1);
    if (key === undefined || container === null || typeof container !== 'object') continue;
    markFloat(container, Array.isArray(container) ? Number(key) : key);
  }
}

/** Data as JSON text that also changes where a number becomes a float, or a text a date. */
export function markedJson(data: Json): string {
  return JSON.stringify(data, function (this: object, key, value) {
    const as = marks.get(this)?.get(Array.isArray(this) ? Number(key) : key);
    return as === undefined ? value : `\0${as} ${value}`;
  });
}

/** Data as Python's JSON has it: a float with a whole value is `5.0`. */
export function pythonJson(data: object): string {
  const written = JSON.stringify(data, function (this: object, key, value) {
    const isFloat = typeof value === 'number' && isMarkedFloat(this, Array.isArray(this) ? Number(key) : key);
    return isFloat ? `${floatMark}${str(new Float(value))}` : value;
  });
  return written.replace(markedFloat, '$1');
}

/** A text that no YAML can hold. */
const floatMark = '\u0000float ';
const markedFloat = /"\\u0000float ([^"]*)"/g;

/** The data without any marks: what is kept as JSON loses them, and has to be the same before it was kept. */
export function withoutMarks<Data extends Json>(data: Data): Data {
  if (data === null || typeof data !== 'object') return data;
  const members = data as JsonObject;
  const copied = (): Record<string, Json> => (Array.isArray(data) ? [...data] : { ...members }) as Record<string, Json>;
  let copy = marks.has(data) ? copied() : undefined;
  for (const key of Object.keys(members)) {
    const member = withoutMarks(members[key] as Json);
    if (member === members[key]) continue;
    copy ??= copied();
    copy[key] = member;
  }
  return (copy ?? data) as Data;
}

/** Forgets what the members of a list or mapping were written as. */
export function forgetMarks(container: object): void {
  marks.delete(container);
}

/** Gives a mapping the marks of one whose members it got. */
export function addMarks(from: object, to: object): void {
  for (const [key, as] of marks.get(from) ?? []) markMember(to, key, as);
}

/** Gives a copied list or mapping the marks of the one it was copied from. */
export function copyMarks<Container extends object>(from: object, to: Container): Container {
  addMarks(from, to);
  return to;
}
