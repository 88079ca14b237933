import {
  arrayOf,
  integerType,
  isNumeric,
  numberType,
  type SqlType,
  sameType,
  settledType,
  unknownType,
  varcharType,
} from '../../../types/index.ts';
import { asDecimal, commonDecimal, fitsInteger, isUnbounded } from './numbers.ts';

/** The type of CASE, COALESCE, a list's elements; undefined where DuckDB wants a cast to be written. */
export function common(left: SqlType, right: SqlType): SqlType | undefined {
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (one.kind === 'varchar' && one.literal)
      return other.kind === 'varchar' || other.kind === 'enum' ? varcharType : other;
    if (one.kind === 'json') return one;
  }
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (one.kind === 'variant') return one;
    if (one.kind === 'boolean' && other.kind === 'integer') return isUnbounded(other) ? undefined : settledType(other);
    if (one.kind === 'enum' && (other.kind === 'varchar' || other.kind === 'enum')) return varcharType;
    if (one.kind === 'date' && other.kind === 'timestamp') return other;
  }
  if (isNumeric(left) && isNumeric(right)) return commonNumber(left, right);
  if (left.kind === 'timestamp' && right.kind === 'timestamp') return commonTimestamp(left, right);
  if (left.kind === 'array' && right.kind === 'array') return commonList(left, right);
  if (left.kind !== right.kind) return undefined;
  if (left.kind === 'time' && right.kind === 'time') return left.zone === right.zone ? unknownType : undefined;
  return left.kind === 'varchar' ? varcharType : unknownType;
}

/** Kinds of types as DuckDB ranks them, those that rank alike together; the lowest first. */
const ranks: readonly (readonly SqlType['kind'][])[] = [
  ['boolean'],
  ['number', 'integer', 'float'],
  ['time'],
  ['date', 'timestamp'],
  ['interval'],
  ['varchar', 'enum'],
  ['bits'],
  ['binary'],
  ['uuid'],
  ['struct'],
  ['array'],
  ['map'],
];

const rankOf = ({ kind }: SqlType): number => ranks.findIndex((kinds) => kinds.includes(kind));

/** The type of a set operation's column whose types have none in {@link common}: the one of the higher rank. */
export function united(left: SqlType, right: SqlType): SqlType {
  const [one, other] = [rankOf(left), rankOf(right)];
  if (one < 0 || other < 0 || one === other || isUnbounded(left) || isUnbounded(right)) return unknownType;
  const higher = one > other ? left : right;
  return higher.kind === 'enum' ? varcharType : settledType(higher);
}

function commonNumber(left: SqlType, right: SqlType): SqlType | undefined {
  if (left.kind === 'integer' && right.kind === 'integer') return commonInteger(left, right);
  const other = isUnbounded(left) ? right : isUnbounded(right) ? left : undefined;
  if (other) return other.kind === 'number' ? undefined : other.kind === 'float' ? unknownType : left;
  if (left.kind === 'float' && right.kind === 'float') return left.bits > right.bits ? left : right;
  if (left.kind === 'float') return left;
  if (right.kind === 'float') return right;
  const [a, b] = [asDecimal(left), asDecimal(right)];
  if (!a || !b) return unknownType;
  const { precision, scale } = commonDecimal(a, b);
  return precision > 38 ? unknownType : numberType(precision, scale);
}

function commonInteger(left: SqlType & { kind: 'integer' }, right: SqlType & { kind: 'integer' }): SqlType {
  if (left.literal !== undefined && right.literal === undefined && fitsInteger(left.literal, right)) return right;
  if (right.literal !== undefined && left.literal === undefined && fitsInteger(right.literal, left)) return left;
  if (left.signed === right.signed) return settledType(left.bits >= right.bits ? left : right);
  const [signed, unsigned] = left.signed ? [left, right] : [right, left];
  if (signed.bits > unsigned.bits) return settledType(signed);
  return unsigned.bits < 128 ? integerType(unsigned.bits * 2) : unknownType;
}

function commonTimestamp(
  left: SqlType & { kind: 'timestamp' },
  right: SqlType & { kind: 'timestamp' },
): SqlType | undefined {
  if (left.zone === right.zone) return left.precision >= right.precision ? left : right;
  const [zoned, plain] = left.zone === 'ltz' ? [left, right] : [right, left];
  return plain.precision === 6 ? zoned : undefined;
}

function commonList(left: SqlType & { kind: 'array' }, right: SqlType & { kind: 'array' }): SqlType | undefined {
  if (!left.element || !right.element) return unknownType;
  const element = sameType(left.element, right.element) ? left.element : common(left.element, right.element);
  if (!element) return undefined;
  if (element.kind === 'unknown' || left.size !== right.size) return unknownType;
  return left.size === undefined ? arrayOf(element) : { kind: 'array', element, size: left.size };
}
