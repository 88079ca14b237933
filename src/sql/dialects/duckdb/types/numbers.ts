import {
  doubleType,
  type IntegerType,
  integerType,
  isNumeric,
  type NumberType,
  numberType,
  type SqlType,
  type TypedOperator,
} from '../../../types/index.ts';

export const widestDecimal = 38;
/** A decimal of up to so many digits is stored in 64 bits; arithmetic does not leave them by itself. */
const narrowDecimal = 18;
const int32: SqlType = integerType(32);

/** Whether an integer as written can be of a type. */
export function fitsInteger(value: string, type: IntegerType): boolean {
  if (type.bits === Number.POSITIVE_INFINITY) return true;
  const bits = type.signed ? type.bits - 1 : type.bits;
  // What a double holds exactly need not be made larger.
  const [number, end] = value.length <= 15 ? [Number(value), 2 ** bits] : [BigInt(value), 1n << BigInt(bits)];
  return number < end && number >= (type.signed ? -end : 0);
}

/** The type of a number as written. */
export function numberLiteral(text: string): SqlType {
  const digits = text.replaceAll('_', '').toLowerCase();
  if (/^0[xbo]/.test(digits)) return integerLiteral(BigInt(digits).toString());
  if (digits.includes('e')) return doubleType;
  const point = digits.indexOf('.');
  if (point < 0) return integerLiteral(digits);
  const precision = digits.length - 1;
  return precision > widestDecimal ? doubleType : numberType(precision, precision - point);
}

export function integerLiteral(value: string): SqlType {
  const candidates = [integerType(32), integerType(64), integerType(128), integerType(128, false)];
  const found = candidates.find((type) => fitsInteger(value, type));
  return found ? { kind: 'integer', bits: found.bits, signed: found.signed, literal: value } : doubleType;
}

/** `left operator right` of two numbers; undefined if DuckDB has no such operator. */
export function numericResult(operator: TypedOperator, left: SqlType, right: SqlType): SqlType | undefined {
  if (operator === '**' || operator === '^') return doubleType;
  const whole = left.kind === 'integer' && right.kind === 'integer';
  if (['&', '|', '<<', '>>'].includes(operator)) return whole ? bitResult(left, right) : undefined;
  if (left.kind === 'float' || right.kind === 'float') return floatResult(operator, left, right);
  if (isUnbounded(left) || isUnbounded(right)) return unboundedResult(operator, left, right);
  if (operator === '/') return doubleType;
  if (whole) return integerResult(left, right);
  return operator === '//' ? doubleType : decimalResult(operator, left, right);
}

/** DuckDB's whole numbers without an end (BIGNUM), which few operators and casts take. */
export const isUnbounded = (type: SqlType): boolean =>
  type.kind === 'integer' && type.bits === Number.POSITIVE_INFINITY;

function unboundedResult(operator: TypedOperator, left: SqlType, right: SqlType): SqlType {
  const whole = left.kind === 'integer' && right.kind === 'integer';
  return whole && (operator === '+' || operator === '-') ? (isUnbounded(left) ? left : right) : doubleType;
}

function floatResult(operator: TypedOperator, left: SqlType, right: SqlType): SqlType {
  const double = (type: SqlType): boolean => type.kind === 'float' && type.bits === 64;
  if (double(left) || double(right)) return doubleType;
  if (!isUnbounded(left) && !isUnbounded(right)) return { kind: 'float', bits: 32 };
  return operator === '+' || operator === '-' ? (isUnbounded(left) ? left : right) : doubleType;
}

const bitResult = (left: IntegerType, right: IntegerType): SqlType | undefined => {
  const result = integerResult(left, right);
  return result.kind === 'integer' && result.bits !== Number.POSITIVE_INFINITY ? result : undefined;
};

/** DuckDB takes the overload that is nearest for both sides; where signs differ, that is often a wider one. */
function integerResult(left: IntegerType, right: IntegerType): SqlType {
  if (left.literal !== undefined && right.literal === undefined && fitsInteger(left.literal, right)) return right;
  if (right.literal !== undefined && left.literal === undefined && fitsInteger(right.literal, left)) return left;
  if (left.literal !== undefined || right.literal !== undefined) return literalResult(left, right);
  if (left.signed === right.signed) return left.bits >= right.bits ? left : right;
  const [signed, unsigned] = left.signed ? [left, right] : [right, left];
  if (signed.bits > unsigned.bits) return signed;
  return unsigned.bits <= 32 ? integerType(64) : unsigned.bits === 64 ? integerType(128) : doubleType;
}

function literalResult(left: IntegerType, right: IntegerType): SqlType {
  const plain = integerResult(integerType(left.bits, left.signed), integerType(right.bits, right.signed));
  return plain.kind === 'integer' && plain.bits < 32 ? int32 : plain;
}

/** As a decimal: how many digits an integer type needs. */
export function asDecimal(type: SqlType): NumberType | undefined {
  if (type.kind === 'number') return type;
  if (type.kind !== 'integer') return undefined;
  const digits: Readonly<Record<number, number>> = { 8: 3, 16: 5, 32: 10, 64: type.signed ? 19 : 20, 128: 38 };
  const precision = digits[type.bits];
  return precision === undefined ? undefined : numberType(precision, 0);
}

function decimalResult(operator: TypedOperator, left: SqlType, right: SqlType): SqlType | undefined {
  const [a, b] = [asDecimal(left), asDecimal(right)];
  if (!a || !b) return isNumeric(left) && isNumeric(right) ? doubleType : undefined;
  if (operator === '*') return product(a, b);
  if (operator === '%') return remainder(a, b);
  const scale = Math.max(a.scale, b.scale);
  const needed = Math.max(scale + Math.max(a.precision - a.scale, b.precision - b.scale), a.precision, b.precision) + 1;
  return numberType(bounded(needed, a, b), scale);
}

function remainder(a: NumberType, b: NumberType): SqlType {
  const { precision, scale } = commonDecimal(a, b);
  return precision > widestDecimal ? doubleType : numberType(precision, scale);
}

function product(a: NumberType, b: NumberType): SqlType | undefined {
  const scale = a.scale + b.scale;
  if (scale > widestDecimal) return undefined;
  const needed = a.precision + b.precision;
  return numberType(scale < narrowDecimal ? bounded(needed, a, b) : Math.min(needed, widestDecimal), scale);
}

const bounded = (needed: number, a: NumberType, b: NumberType): number =>
  needed > narrowDecimal && Math.max(a.precision, b.precision) <= narrowDecimal
    ? narrowDecimal
    : Math.min(needed, widestDecimal);

/** The decimal that holds both; its precision is above the limit if there is none. */
export function commonDecimal(a: NumberType, b: NumberType): NumberType {
  const scale = Math.max(a.scale, b.scale);
  return numberType(scale + Math.max(a.precision - a.scale, b.precision - b.scale), scale);
}
