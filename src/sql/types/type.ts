/**
 * What an expression's value is, as far as it is known. Plain data, of all dialects; which of them a dialect has, how
 * it calls them and how it computes with them are its {@link TypeRules}.
 */
export type SqlType =
  | NumberType
  | IntegerType
  | FloatType
  | VarcharType
  | TimestampType
  | TimeType
  | IntervalType
  | ObjectType
  | ArrayType
  | MapType
  | VectorType
  | EnumType
  | UnionType
  | StructType
  | NamedType
  | PlainType;

/** Exact decimal: `precision` digits, `scale` of them behind the point. */
export interface NumberType {
  readonly kind: 'number';
  readonly precision: number;
  readonly scale: number;
}

/**
 * Integer of a width; `bits` is `Infinity` for one without bounds. `literal` is the value of one that was written so:
 * some dialects let it take the width of what it meets. See {@link settledType}.
 */
export interface IntegerType {
  readonly kind: 'integer';
  readonly bits: number;
  readonly signed: boolean;
  readonly literal?: string;
}

export interface FloatType {
  readonly kind: 'float';
  readonly bits: 32 | 64;
}

/**
 * Text; `length` is the most characters, undefined where there is no bound, or none known. `literal` marks one that was
 * written so: some dialects let it become whatever it meets. See {@link settledType}.
 */
export interface VarcharType {
  readonly kind: 'varchar';
  readonly length?: number;
  readonly literal?: true;
}

export interface TimeType {
  readonly kind: 'time';
  /** Digits behind the second's point. */
  readonly precision: number;
  readonly zone: 'none' | 'tz';
}

/** `none` is wall-clock time, `ltz` an instant shown in the session's zone, `tz` an instant with an offset of its own. */
export interface TimestampType {
  readonly kind: 'timestamp';
  readonly zone: 'ntz' | 'ltz' | 'tz';
  readonly precision: number;
}

/** `months` and `seconds` are the two families of standard intervals; `mixed` holds both. */
export interface IntervalType {
  readonly kind: 'interval';
  readonly family: 'months' | 'seconds' | 'mixed';
  /** Of a literal: whether it is whole days, so that a date plus it can be a date. */
  readonly wholeDays?: boolean;
}

/** Semi-structured object; `fields` if structured. */
export interface ObjectType {
  readonly kind: 'object';
  readonly fields?: readonly TypeField[];
}

/** `element` is undefined for a semi-structured array, `size` that of a fixed one. */
export interface ArrayType {
  readonly kind: 'array';
  readonly element?: SqlType;
  readonly size?: number;
}

export interface MapType {
  readonly kind: 'map';
  readonly key: SqlType;
  readonly value: SqlType;
}

export interface VectorType {
  readonly kind: 'vector';
  readonly element: SqlType;
  readonly dimension: number;
}

/** `values` is undefined if not known. */
export interface EnumType {
  readonly kind: 'enum';
  readonly values?: readonly string[];
}

export interface UnionType {
  readonly kind: 'union';
  readonly fields: readonly TypeField[];
}

export interface StructType {
  readonly kind: 'struct';
  readonly fields: readonly TypeField[];
}

export interface TypeField {
  readonly name: string;
  readonly type: SqlType;
  readonly notNull?: boolean;
}

/** A type that the user made, or one that this table does not know; nothing is known but the name. */
export interface NamedType {
  readonly kind: 'named';
  readonly name: string;
}

/** `null` is that of an untyped NULL, `unknown` says that nothing is known: whatever is computed from it is unknown too. */
export interface PlainType {
  readonly kind:
    | 'boolean'
    | 'date'
    | 'binary'
    | 'bits'
    | 'variant'
    | 'geography'
    | 'geometry'
    | 'uuid'
    | 'json'
    | 'file'
    | 'null'
    | 'unknown';
}

export type TypeKind = SqlType['kind'];

export const unknownType: SqlType = { kind: 'unknown' };
export const nullType: SqlType = { kind: 'null' };
export const booleanType: SqlType = { kind: 'boolean' };
export const varcharType: SqlType = { kind: 'varchar' };
export const doubleType: SqlType = { kind: 'float', bits: 64 };
export const variantType: SqlType = { kind: 'variant' };

export const numberType = (precision: number, scale: number): NumberType => ({ kind: 'number', precision, scale });

export const integerType = (bits: number, signed = true): IntegerType => ({ kind: 'integer', bits, signed });

export const timestampType = (zone: TimestampType['zone'], precision: number): TimestampType => ({
  kind: 'timestamp',
  zone,
  precision,
});

export const arrayOf = (element: SqlType): ArrayType => ({ kind: 'array', element });

/** Whether nothing can be concluded from the type. */
export const isUnknown = (type: SqlType): boolean => type.kind === 'unknown' || type.kind === 'named';

export const isNumeric = (type: SqlType): type is NumberType | IntegerType | FloatType =>
  type.kind === 'number' || type.kind === 'integer' || type.kind === 'float';

/** Whether two types are the same in every part; whether one of them was a literal does not count. */
export function sameType(left: SqlType, right: SqlType): boolean {
  if (left === right) return true;
  if (left.kind !== right.kind) return false;
  return sameData(settledType(left), settledType(right));
}

/** Whether plain data is the same; what is undefined is not there. */
function sameData(left: unknown, right: unknown): boolean {
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return left === right;
  const [one, other] = [left as Readonly<Record<string, unknown>>, right as Readonly<Record<string, unknown>>];
  const hasNoMore = Object.keys(other).every((key) => one[key] !== undefined || other[key] === undefined);
  return hasNoMore && Object.keys(one).every((key) => sameData(one[key], other[key]));
}

/** The type that a literal's column has: what is known of the written value is forgotten. */
export function settledType(type: SqlType): SqlType {
  if (type.kind === 'integer' && type.literal !== undefined) return integerType(type.bits, type.signed);
  if (type.kind === 'interval' && type.wholeDays !== undefined) return { kind: 'interval', family: type.family };
  if (type.kind !== 'varchar' || !type.literal) return type;
  return type.length === undefined ? varcharType : { kind: 'varchar', length: type.length };
}
