import { typeName } from './display.ts';
import { TemplateError } from './errors.ts';
import { iterate } from './iterate.ts';
import type { Value } from './values.ts';
import { Dict, Float, HostObject, PySet, Tuple, Undefined } from './values.ts';

/** Python's `bool(x)`: false for None, zero, and everything empty. */
export function truthy(value: Value): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return value !== '';
    case 'number':
      return value !== 0;
    case 'bigint':
      return value !== 0n;
  }
  if (value === null) return false;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Dict || value instanceof PySet) return value.size > 0;
  if (value instanceof Tuple) return value.items.length > 0;
  if (value instanceof Float) return value.value !== 0;
  if (value instanceof Undefined) return false;
  return value.truthy();
}

/** A number for Python's arithmetic: ints and bools as they are, floats as JS numbers; undefined when not a number. */
export function asNumber(value: Value): number | bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Float) return value.value;
  return undefined;
}

/** Python's `==`: deep, and across numeric types. */
export function equals(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (typeof left === 'string' || left === null) {
    return typeof right === 'object' && right instanceof HostObject && right.equals(left);
  }
  const leftNumber = asNumber(left);
  if (leftNumber !== undefined) {
    const rightNumber = asNumber(right);
    // Loose equality compares a bigint with a number by value.
    // biome-ignore lint/suspicious/noDoubleEquals: number and bigint must compare by value
    if (rightNumber !== undefined) return leftNumber == rightNumber;
  }
  if (left instanceof HostObject) return left.equals(right);
  if (right instanceof HostObject) return right.equals(left);
  if (left instanceof Undefined) return right instanceof Undefined;
  if (Array.isArray(left)) return Array.isArray(right) && sequenceEquals(left, right);
  if (left instanceof Tuple) return right instanceof Tuple && sequenceEquals(left.items, right.items);
  if (left instanceof Dict) return right instanceof Dict && dictEquals(left, right);
  if (left instanceof PySet) return right instanceof PySet && left.size === right.size && isSubset(left, right);
  return false;
}

function sequenceEquals(left: readonly Value[], right: readonly Value[]): boolean {
  return left.length === right.length && left.every((item, index) => equals(item, right[index]!));
}

function dictEquals(left: Dict, right: Dict): boolean {
  if (left.size !== right.size) return false;
  for (const [key, value] of left.entries()) {
    const other = right.get(key);
    if (other === undefined || !equals(value, other)) return false;
  }
  return true;
}

/** Whether every item of one set is in the other. */
export function isSubset(left: PySet, right: PySet): boolean {
  for (const item of left) if (!right.has(item)) return false;
  return true;
}

export type Ordering = '<' | '<=' | '>' | '>=';

function decide(sign: number, operator: Ordering): boolean {
  switch (operator) {
    case '<':
      return sign < 0;
    case '<=':
      return sign <= 0;
    case '>':
      return sign > 0;
    case '>=':
      return sign >= 0;
  }
}

/** By code point, as Python does: UTF-16 order differs where surrogates meet the end of the basic plane. */
function compareStrings(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) {
      const shift = (unit: number): number => (unit >= 0xe000 ? unit - 0x2000 : unit >= 0xd800 ? unit + 0x2000 : unit);
      return shift(a) - shift(b);
    }
  }
  return left.length - right.length;
}

/** Python's `<`, `<=`, `>`, `>=`, with its TypeError where two types have no order. */
export function order(left: Value, right: Value, operator: Ordering): boolean {
  if (typeof left === 'number' && typeof right === 'number') return decide(left - right, operator);
  if (typeof left === 'string' && typeof right === 'string') return decide(compareStrings(left, right), operator);
  const leftNumber = asNumber(left);
  const rightNumber = leftNumber === undefined ? undefined : asNumber(right);
  if (leftNumber !== undefined && rightNumber !== undefined) {
    if (leftNumber < rightNumber) return decide(-1, operator);
    if (leftNumber > rightNumber) return decide(1, operator);
    // biome-ignore lint/suspicious/noDoubleEquals: number and bigint must compare by value; NaN is equal to nothing
    return leftNumber == rightNumber && decide(0, operator);
  }
  if (left instanceof Undefined) throw left.error();
  if (right instanceof Undefined) throw right.error();
  if (Array.isArray(left) && Array.isArray(right)) return orderSequences(left, right, operator);
  if (left instanceof Tuple && right instanceof Tuple) return orderSequences(left.items, right.items, operator);
  if (left instanceof PySet && right instanceof PySet) return orderSets(left, right, operator);
  if (left instanceof HostObject) {
    const sign = left.compare(right);
    if (sign !== undefined) return decide(sign, operator);
  }
  if (right instanceof HostObject) {
    const sign = right.compare(left);
    if (sign !== undefined) return decide(-sign, operator);
  }
  const names = `'${typeName(left)}' and '${typeName(right)}'`;
  throw new TemplateError(`'${operator}' not supported between instances of ${names}`, 'TypeError');
}

function orderSequences(left: readonly Value[], right: readonly Value[], operator: Ordering): boolean {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    if (!equals(left[index]!, right[index]!)) return order(left[index]!, right[index]!, operator);
  }
  return decide(left.length - right.length, operator);
}

function orderSets(left: PySet, right: PySet, operator: Ordering): boolean {
  const [small, large] = operator.startsWith('<') ? [left, right] : [right, left];
  return isSubset(small, large) && (operator.length === 2 || small.size < large.size);
}

/** -1, 0 or 1 for sorting; asks only `<`, as Python's sort does. */
export function compareForSort(left: Value, right: Value): number {
  if (order(left, right, '<')) return -1;
  return order(right, left, '<') ? 1 : 0;
}

/** Python's `item in container`. */
export function contains(container: Value, item: Value): boolean {
  if (typeof container === 'string') {
    if (typeof item === 'string') return container.includes(item);
    // An Undefined has no string to search for, and Python reports its class.
    throw new TemplateError(`'in <string>' requires string as left operand, not ${typeName(item)}`, 'TypeError');
  }
  if (container instanceof Dict || container instanceof PySet) return container.has(item);
  if (container instanceof HostObject) {
    const known = container.contains(item);
    if (known !== undefined) return known;
  }
  if (Array.isArray(container)) {
    if (typeof item === 'string' && container.includes(item)) return true;
    return container.some((candidate) => equals(candidate, item));
  }
  if (container instanceof Tuple) return container.items.some((candidate) => equals(candidate, item));
  const items = iterate(container, `argument of type '${typeName(container)}' is not iterable`);
  for (const candidate of items) if (equals(candidate, item)) return true;
  return false;
}
