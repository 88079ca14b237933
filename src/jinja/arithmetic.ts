import { asNumber } from './compare.ts';
import { typeName } from './display.ts';
import { TemplateError } from './errors.ts';
import { formatPercent } from './format/percent.ts';
import type { BinaryOperator } from './tree.ts';
import type { Value } from './values.ts';
import { Float, HostObject, PySet, Tuple, Undefined } from './values.ts';

/** The longest string or list that `*` may make: enough for any SQL, too small to take the process down. */
const MAX_REPEATED = 64_000_000;

/** A JS integer of any size as a Value: a number where it is safe, else a bigint. */
export function integer(value: number | bigint): number | bigint {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : BigInt(value);
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

function unsupported(operator: string, left: Value, right: Value): never {
  const types = `'${typeName(left)}' and '${typeName(right)}'`;
  const shown = operator === '**' ? '** or pow()' : operator;
  throw new TemplateError(`unsupported operand type(s) for ${shown}: ${types}`, 'TypeError');
}

/** `left <operator> right` by Python's rules. */
export function binary(operator: BinaryOperator, left: Value, right: Value): Value {
  if (left instanceof Undefined) {
    // A string is formatted with an Undefined by its own rules, any other use of one fails.
    throw left.error();
  }
  if (operator === '%' && typeof left === 'string') return formatPercent(left, right);
  if (right instanceof Undefined) throw right.error();
  const a = asNumber(left);
  const b = a === undefined ? undefined : asNumber(right);
  if (a !== undefined && b !== undefined) {
    const own = left instanceof Float ? left.operate(operator, right, false) : undefined;
    if (own !== undefined) return own;
    const reflected = right instanceof Float ? right.operate(operator, left, true) : undefined;
    if (reflected !== undefined) return reflected;
    if (left instanceof Float || right instanceof Float) return floatOperation(operator, Number(a), Number(b));
    return intOperation(operator, a, b);
  }
  const own = left instanceof HostObject ? left.operate(operator, right, false) : undefined;
  if (own !== undefined) return own;
  const reflected = right instanceof HostObject ? right.operate(operator, left, true) : undefined;
  if (reflected !== undefined) return reflected;
  if (operator === '+') return concatenate(left, right);
  if (operator === '*') return repeat(left, right);
  if (operator === '-' && left instanceof PySet && right instanceof PySet) {
    return new PySet(
      Array.from(left).filter((item) => !right.has(item)),
      left.frozen,
    );
  }
  return unsupported(operator, left, right);
}

/** `left + right`, the common cases first. */
export function add(left: Value, right: Value): Value {
  if (typeof left === 'string' && typeof right === 'string') return left + right;
  if (typeof left === 'number' && typeof right === 'number') {
    const sum = left + right;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return binary('+', left, right);
}

function concatenate(left: Value, right: Value): Value {
  if (typeof left === 'string') {
    if (typeof right === 'string') return left + right;
    throw new TemplateError(`can only concatenate str (not "${typeName(right)}") to str`, 'TypeError');
  }
  if (Array.isArray(left)) {
    if (Array.isArray(right)) return [...left, ...right];
    throw new TemplateError(`can only concatenate list (not "${typeName(right)}") to list`, 'TypeError');
  }
  if (left instanceof Tuple) {
    if (right instanceof Tuple) return new Tuple([...left.items, ...right.items]);
    throw new TemplateError(`can only concatenate tuple (not "${typeName(right)}") to tuple`, 'TypeError');
  }
  return unsupported('+', left, right);
}

function repeat(left: Value, right: Value): Value {
  const isSequence = (value: Value): value is string | Value[] | Tuple =>
    typeof value === 'string' || Array.isArray(value) || value instanceof Tuple;
  const [sequence, times] = isSequence(left) ? [left, right] : [right, left];
  if (!isSequence(sequence)) return unsupported('*', left, right);
  if (typeof times !== 'number' && typeof times !== 'boolean') {
    throw new TemplateError(`can't multiply sequence by non-int of type '${typeName(times)}'`, 'TypeError');
  }
  const count = Math.max(0, Number(times));
  const length = sequence instanceof Tuple ? sequence.items.length : sequence.length;
  if (length * count > MAX_REPEATED) throw new TemplateError('the repeated sequence is too long', 'OverflowError');
  if (typeof sequence === 'string') return sequence.repeat(count);
  const items = sequence instanceof Tuple ? sequence.items : sequence;
  const repeated = Array.from({ length: count }, () => items).flat();
  return sequence instanceof Tuple ? new Tuple(repeated) : repeated;
}

function intOperation(operator: BinaryOperator, a: number | bigint, b: number | bigint): Value {
  switch (operator) {
    case '+':
    case '-':
    case '*': {
      if (typeof a === 'number' && typeof b === 'number') {
        const quick = operator === '+' ? a + b : operator === '-' ? a - b : a * b;
        if (Number.isSafeInteger(quick)) return quick === 0 ? 0 : quick;
      }
      const [x, y] = [BigInt(a), BigInt(b)];
      return integer(operator === '+' ? x + y : operator === '-' ? x - y : x * y);
    }
    case '/':
      if (Number(b) === 0) throw new TemplateError('division by zero', 'ZeroDivisionError');
      return new Float(Number(a) / Number(b));
    case '//':
      if (Number(b) === 0) throw new TemplateError('integer division or modulo by zero', 'ZeroDivisionError');
      return floorDivide(a, b)[0];
    case '%':
      if (Number(b) === 0) throw new TemplateError('integer modulo by zero', 'ZeroDivisionError');
      return floorDivide(a, b)[1];
    case '**':
      return power(a, b);
  }
}

/** Quotient and remainder with the remainder's sign that of the divisor. */
function floorDivide(a: number | bigint, b: number | bigint): [number | bigint, number | bigint] {
  const [x, y] = [BigInt(a), BigInt(b)];
  let quotient = x / y;
  let remainder = x % y;
  if (remainder !== 0n && remainder < 0n !== y < 0n) {
    quotient -= 1n;
    remainder += y;
  }
  return [integer(quotient), integer(remainder)];
}

function power(base: number | bigint, exponent: number | bigint): Value {
  if (exponent < 0) {
    if (Number(base) === 0) throw new TemplateError('0.0 cannot be raised to a negative power', 'ZeroDivisionError');
    return new Float(Number(base) ** Number(exponent));
  }
  const size = BigInt(base).toString(2).length * Number(exponent);
  if (size > 1_000_000) throw new TemplateError('the power is too large', 'OverflowError');
  return integer(BigInt(base) ** BigInt(exponent));
}

function floatOperation(operator: BinaryOperator, a: number, b: number): Float {
  switch (operator) {
    case '+':
      return new Float(a + b);
    case '-':
      return new Float(a - b);
    case '*':
      return new Float(a * b);
    case '/':
      if (b === 0) throw new TemplateError('float division by zero', 'ZeroDivisionError');
      return new Float(a / b);
    case '//':
      if (b === 0) throw new TemplateError('float floor division by zero', 'ZeroDivisionError');
      return new Float(floatFloorDivide(a, b)[0]);
    case '%':
      if (b === 0) throw new TemplateError('float modulo', 'ZeroDivisionError');
      return new Float(floatFloorDivide(a, b)[1]);
    case '**':
      return floatPower(a, b);
  }
}

function floatFloorDivide(a: number, b: number): [number, number] {
  let remainder = a % b;
  let quotient = (a - remainder) / b;
  if (remainder !== 0 && b < 0 !== remainder < 0) {
    remainder += b;
    quotient -= 1;
  }
  if (remainder === 0) remainder = b < 0 ? -0 : 0;
  const floored = Math.floor(quotient);
  return [quotient - floored > 0.5 ? floored + 1 : floored, remainder];
}

function floatPower(a: number, b: number): Float {
  if (a === 0 && b < 0) throw new TemplateError('0.0 cannot be raised to a negative power', 'ZeroDivisionError');
  const result = a ** b;
  if (Number.isFinite(a) && Number.isFinite(b) && !Number.isFinite(result) && !Number.isNaN(result)) {
    throw new TemplateError("(34, 'Numerical result out of range')", 'OverflowError');
  }
  return new Float(result);
}

/** `-x` and `+x`. */
export function sign(operator: '-' | '+', value: Value): Value {
  if (value instanceof Undefined) throw value.error();
  if (value instanceof Float) return operator === '-' ? value.negated() : value;
  const number = asNumber(value);
  if (number === undefined) {
    throw new TemplateError(`bad operand type for unary ${operator}: '${typeName(value)}'`, 'TypeError');
  }
  if (operator === '+') return number;
  return typeof number === 'bigint' ? integer(-number) : number === 0 ? 0 : -number;
}
