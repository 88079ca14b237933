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
