import type { Json, JsonObject } from './json.ts';

/** Keys of mappings and indexes of lists, from the outside in. */
export type FloatPath = readonly string[];

/**
 * JSON has one kind of number, Python two: `1` and `1.0` print differently. Which members of a list or mapping were
 * written as floats with a whole value is remembered beside the data, so that the data stays plain. Copies of the
 * container do not have the marks: `copyFloatMarks` after a copy that matters.
 */
const wholeFloats = new WeakMap<object, Set<string | number>>();

/** Remembers that the member `key` of a list or mapping was written as a float (`1.0`). */
export function markFloat(container: object, key: string | number): void {
  const marks = wholeFloats.get(container);
  if (marks) marks.add(key);
  else wholeFloats.set(container, new Set([key]));
}

/** Whether the member `key` was written as a float with a whole value. */
export function isMarkedFloat(container: object, key: string | number): boolean {
  return wholeFloats.get(container)?.has(key) ?? false;
}

/** Where marked members stand in data, as paths of keys: JSON keeps these, and marks not. */
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

/** Marks the members at these places, of data that came out of JSON. */
export function restoreFloatMarks(data: Json, paths: readonly FloatPath[] | undefined): void {
  for (const path of paths ?? []) {
    const container = path.slice(0, -1).reduce((part, key) => (part as JsonObject)[key] as Json, data);
    const key = path.at(-1);
    if (key === undefined || container === null || typeof container !== 'object') continue;
    markFloat(container, Array.isArray(container) ? Number(key) : key);
  }
}

/** Gives a mapping the marks of one whose members it got. */
export function addFloatMarks(from: object, to: object): void {
  for (const key of wholeFloats.get(from) ?? []) markFloat(to, key);
}

/** Gives a copied list or mapping the marks of the one it was copied from. */
export function copyFloatMarks<Container extends object>(from: object, to: Container): Container {
  const marks = wholeFloats.get(from);
  if (marks) wholeFloats.set(to, new Set(marks));
  return to;
}
