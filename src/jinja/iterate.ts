import { typeName } from './display.ts';
import { TemplateError } from './errors.ts';
import type { Value } from './values.ts';
import { Dict, Float, HostObject, PySet, Tuple, Undefined } from './values.ts';

const SURROGATE = /[\ud800-\udfff]/;

/** Whether a string has characters that take two UTF-16 units, so that Python counts it differently. */
export function hasAstral(text: string): boolean {
  return SURROGATE.test(text);
}

/** A string as Python's characters: one entry a code point. */
export function codePoints(text: string): string[] {
  return hasAstral(text) ? Array.from(text) : text.split('');
}

/**
 * The items of an iterable: characters, list items, dict keys, …
 *
 * @throws TemplateError (TypeError) with `message`, or Python's "'int' object is not iterable".
 */
export function iterate(value: Value, message?: string): Iterable<Value> {
  if (Array.isArray(value)) return value;
  if (value instanceof Tuple) return value.items;
  if (value instanceof Dict) return value.keys();
  if (value instanceof PySet) return value;
  if (typeof value === 'string') return codePoints(value);
  if (value instanceof Undefined) return [];
  if (value instanceof HostObject) {
    const items = value.iterate();
    if (items !== undefined) return items;
  }
  throw new TemplateError(message ?? `'${typeName(value)}' object is not iterable`, 'TypeError');
}

/** Whether `iterate` works. */
export function isIterable(value: Value): boolean {
  if (value instanceof HostObject) return value.iterate() !== undefined;
  return typeof value === 'string' || (typeof value === 'object' && value !== null && !(value instanceof Float));
}

/** The items as an array that may be the value's own: never change it. */
export function itemsOf(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value;
  if (value instanceof Tuple) return value.items;
  const items = iterate(value);
  return Array.isArray(items) ? items : Array.from(items);
}

/** The items as a new array: `list(x)`. */
export function listOf(value: Value): Value[] {
  return Array.from(iterate(value));
}

/** Python's `len(x)`. */
export function lengthOf(value: Value): number {
  const length = lengthOrUndefined(value);
  if (length !== undefined) return length;
  throw new TemplateError(`object of type '${typeName(value)}' has no len()`, 'TypeError');
}

/** `len(x)`, or undefined where Python raises. */
export function lengthOrUndefined(value: Value): number | undefined {
  if (typeof value === 'string') return hasAstral(value) ? codePoints(value).length : value.length;
  if (Array.isArray(value)) return value.length;
  if (value instanceof Dict || value instanceof PySet) return value.size;
  if (value instanceof Tuple) return value.items.length;
  if (value instanceof Undefined) return 0;
  return value instanceof HostObject ? value.length() : undefined;
}
