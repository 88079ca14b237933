import { attributeOnly, getItem } from '../attributes.ts';
import { isDigit } from '../methods/characters.ts';
import type { Value } from '../values.ts';
import { Undefined } from '../values.ts';

/** Reads something of an item: the item itself, an attribute path, … */
export type Getter = (item: Value) => Value;

function partsOf(path: Value): Value[] {
  if (path === null) return [];
  if (typeof path !== 'string') return [path];
  return path.split('.').map((part) => (isDigit(part) ? Number(part) : part));
}

/** Lower case for strings, for comparisons that ignore case. */
export function ignoreCase(value: Value): Value {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

/** The getter of an `attribute` argument: `'a.b.0'`, an index, or None for the item itself. */
export function attributeGetter(path: Value, fallback?: Value, fold = false): Getter {
  const parts = partsOf(path);
  return (item) => {
    let value = item;
    for (const part of parts) {
      value = getItem(value, part);
      if (fallback !== undefined && fallback !== null && value instanceof Undefined) value = fallback;
    }
    return fold ? ignoreCase(value) : value;
  };
}

/** Several attributes, separated by commas, as one list to compare by. */
export function attributesGetter(paths: Value, fold: boolean): Getter {
  const getters = (typeof paths === 'string' ? paths.split(',') : [paths]).map((path) =>
    attributeGetter(path, undefined, fold),
  );
  return (item) => getters.map((getter) => getter(item));
}

export { attributeOnly };
