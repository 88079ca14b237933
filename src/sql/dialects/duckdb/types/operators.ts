import {
  arrayOf,
  booleanType,
  integerType,
  isNumeric,
  type SqlType,
  sameType,
  type TypedOperator,
  timestampType,
  unknownType,
  varcharType,
} from '../../../types/index.ts';
import { integerLiteral, numericResult } from './numbers.ts';
import { common } from './supertype.ts';

const alwaysBoolean = new Set<TypedOperator>([
  '=',
  '==',
  '<>',
  '!=',
  '<=>',
  'and',
  'or',
  'xor',
  'not',
  '^@',
  '@>',
  '<@',
]);
const matches = new Set<TypedOperator>(['~', '!~', '~*', '!~*', '~~', '!~~', '~~*', '!~~*', '~~~', '&&']);
const orders = new Set<TypedOperator>(['<', '<=', '>', '>=']);
const interval: SqlType = { kind: 'interval', family: 'mixed' };
const timestamp = timestampType('ntz', 6);

export function operator(operator: TypedOperator, left: SqlType, right: SqlType | undefined): SqlType | undefined {
  if (!right) return unary(operator, left);
  if (alwaysBoolean.has(operator) || matches.has(operator)) return booleanType;
  if (orders.has(operator)) return sameType(left, right) || common(left, right) ? booleanType : undefined;
  if (operator === '||') return concatenation(left, right);
  if (operator === '->' || operator === '->>') {
    const found: SqlType = operator === '->' ? { kind: 'json' } : varcharType;
    // Several paths give a list.
    return right.kind === 'array' ? arrayOf(found) : found;
  }
  if (flexible(left) || flexible(right)) return unknownType;
  if (isNumeric(left) && isNumeric(right)) return numericResult(operator, left, right);
  if (left.kind === 'bits') return bitString(operator, right);
  if (left.kind === 'array' && right.kind === 'array' && operator === '+') return concatenation(left, right);
  if (operator === '+') return sum(left, right) ?? sum(right, left);
  if (operator === '-') return difference(left, right);
  if (operator === '*') return scaled(left, right) ?? scaled(right, left);
  return operator === '/' && left.kind === 'interval' ? scaled(left, right) : undefined;
}

/** Texts as written and variants become what is wanted; which, depends on the overloads. */
const flexible = (type: SqlType): boolean =>
  type.kind === 'variant' || (type.kind === 'varchar' && type.literal === true);

function unary(operator: TypedOperator, operand: SqlType): SqlType | undefined {
  if (operator === 'not' || operator === '!') return booleanType;
  if (flexible(operand)) return unknownType;
  if (operator === '~') return bitwise(operand) || operand.kind === 'bits' ? operand : undefined;
  if (operator === '-' && operand.kind === 'integer' && operand.literal !== undefined)
    return integerLiteral((-BigInt(operand.literal)).toString());
  if (isNumeric(operand)) return operand;
  return operand.kind === 'interval' && operator === '-' ? operand : undefined;
}

const bitwise = (type: SqlType): boolean => type.kind === 'integer' && type.bits !== Number.POSITIVE_INFINITY;

function bitString(operator: TypedOperator, right: SqlType): SqlType | undefined {
  const shift = operator === '<<' || operator === '>>';
  if (shift) return right.kind === 'integer' && smallCount(right) ? { kind: 'bits' } : undefined;
  return (operator === '&' || operator === '|') && right.kind === 'bits' ? { kind: 'bits' } : undefined;
}

function concatenation(left: SqlType, right: SqlType): SqlType | undefined {
  if (left.kind === 'array' && right.kind === 'array') {
    const { size: _left, ...a } = left;
    const { size: _right, ...b } = right;
    return a.element && b.element ? (JSON.stringify(a) === JSON.stringify(b) ? a : common(a, b)) : unknownType;
  }
  if (left.kind === 'variant' || right.kind === 'variant') return unknownType;
  if (left.kind === 'array' || right.kind === 'array')
    return flexible(left) || flexible(right) ? unknownType : undefined;
  return left.kind === 'binary' && right.kind === 'binary' ? left : unlessBinary(left, right);
}

/** A binary value beside something else goes by overloads that are not told here. */
const unlessBinary = (left: SqlType, right: SqlType): SqlType =>
  left.kind === 'binary' || right.kind === 'binary' || left.kind === 'bits' || right.kind === 'bits'
    ? unknownType
    : varcharType;

function sum(left: SqlType, right: SqlType): SqlType | undefined {
  if (right.kind === 'interval') return plusInterval(left);
  if (left.kind !== 'date') return undefined;
  if (right.kind === 'integer') return smallCount(right) ? left : undefined;
  if (right.kind !== 'time') return undefined;
  return right.zone === 'tz' ? timestampType('ltz', 6) : timestamp;
}

/** Days to add to a date, and bits to shift, are 32 bits. */
const smallCount = (type: SqlType & { kind: 'integer' }): boolean =>
  type.bits < 32 || (type.bits === 32 && type.signed);

function plusInterval(type: SqlType): SqlType | undefined {
  if (type.kind === 'timestamp') return type.zone === 'ltz' ? type : timestamp;
  if (type.kind === 'date') return timestamp;
  return type.kind === 'time' || type.kind === 'interval' ? type : undefined;
}

function difference(left: SqlType, right: SqlType): SqlType | undefined {
  if (right.kind === 'interval') return plusInterval(left);
  if (left.kind === 'date' && right.kind === 'integer') return smallCount(right) ? left : undefined;
  if (left.kind === 'date' && right.kind === 'date') return integerType(64);
  const moments = ['date', 'timestamp'];
  return moments.includes(left.kind) && moments.includes(right.kind) ? mixedDifference(left, right) : undefined;
}

function mixedDifference(left: SqlType, right: SqlType): SqlType | undefined {
  return common(left, right) ? interval : undefined;
}

const scaled = (left: SqlType, right: SqlType): SqlType | undefined =>
  left.kind === 'interval' && isNumeric(right) ? interval : undefined;
