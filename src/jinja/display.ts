import type { Value } from './values.ts';
import { Dict, Float, HostObject, PySet, Tuple, Undefined } from './values.ts';

/** The Python name of a value's type: 'str', 'int', 'list', 'NoneType', … */
export function typeName(value: Value): string {
  switch (typeof value) {
    case 'string':
      return 'str';
    case 'number':
    case 'bigint':
      return 'int';
    case 'boolean':
      return 'bool';
  }
  if (value === null) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  if (value instanceof Float) return value.typeName;
  if (value instanceof Tuple) return 'tuple';
  if (value instanceof Dict) return 'dict';
  if (value instanceof PySet) return value.frozen ? 'frozenset' : 'set';
  if (value instanceof Undefined) return 'Undefined';
  return value.typeName;
}

/** `str(x)`: what `{{ x }}` prints. */
export function str(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (value instanceof Undefined) return '';
  if (value instanceof HostObject || value instanceof Float) return value.str();
  return repr(value);
}

/** `repr(x)`: how x prints inside a list. */
export function repr(value: Value): string {
  return reprInside(value, []);
}

// What Python escapes in a repr: control characters, surrogates, unassigned, and every separator but the space.
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;
const NEEDS_ESCAPE = /['\\]|[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

/** A string literal as Python would print it. */
export function reprString(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = quote;
  for (const char of text) out += escapeChar(char, quote);
  return out + quote;
}

function escapeChar(char: string, quote: string): string {
  if (char === quote || char === '\\') return `\\${char}`;
  if (char === '\n') return '\\n';
  if (char === '\r') return '\\r';
  if (char === '\t') return '\\t';
  if (!UNPRINTABLE.test(char)) return char;
  const code = char.codePointAt(0)!;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

function reprInside(value: Value, around: readonly Value[]): string {
  switch (typeof value) {
    case 'string':
      return reprString(value);
    case 'number':
    case 'bigint':
      return String(value);
    case 'boolean':
      return value ? 'True' : 'False';
  }
  if (value === null) return 'None';
  if (value instanceof Float) return value.repr();
  if (value instanceof Undefined) return 'Undefined';
  if (value instanceof HostObject) return value.repr();
  if (around.includes(value)) return Array.isArray(value) ? '[...]' : value instanceof Dict ? '{...}' : '(...)';
  return reprContainer(value, [...around, value]);
}

function reprContainer(value: Value[] | Tuple | Dict | PySet, around: readonly Value[]): string {
  const join = (items: Iterable<Value>): string => Array.from(items, (item) => reprInside(item, around)).join(', ');
  if (Array.isArray(value)) return `[${join(value)}]`;
  if (value instanceof Tuple) return value.items.length === 1 ? `(${join(value.items)},)` : `(${join(value.items)})`;
  if (value instanceof Dict) {
    const pairs: string[] = [];
    for (const [key, item] of value.entries()) pairs.push(`${reprInside(key, around)}: ${reprInside(item, around)}`);
    return `{${pairs.join(', ')}}`;
  }
  const body = value.size === 0 ? '' : `{${join(value.values())}}`;
  if (value.frozen) return `frozenset(${body})`;
  return body === '' ? 'set()' : body;
}
