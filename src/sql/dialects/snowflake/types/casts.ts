import type { Answer, SqlType, TypeKind } from '../../../types/index.ts';

/**
 * From the table "Data types that can be cast" of docs.snowflake.com/en/sql-reference/data-type-conversion. What it
 * does not list is refused only if the documentation of the conversion function says so too; else it is not known.
 */
const castable: Partial<Record<TypeKind, readonly TypeKind[]>> = {
  array: ['varchar', 'variant', 'vector', 'array'],
  binary: ['varchar', 'variant', 'binary'],
  boolean: ['number', 'varchar', 'variant', 'boolean'],
  date: ['timestamp', 'varchar', 'variant', 'date'],
  float: ['boolean', 'number', 'varchar', 'variant', 'float'],
  geography: ['variant', 'geography'],
  geometry: ['variant', 'geometry'],
  interval: ['number', 'varchar', 'interval'],
  number: ['boolean', 'float', 'interval', 'timestamp', 'varchar', 'variant', 'number'],
  object: ['array', 'varchar', 'variant', 'object'],
  time: ['varchar', 'variant', 'time'],
  timestamp: ['date', 'time', 'varchar', 'variant', 'timestamp'],
  varchar: ['boolean', 'date', 'float', 'interval', 'number', 'time', 'timestamp', 'uuid', 'variant', 'varchar'],
  uuid: ['varchar', 'variant', 'uuid'],
  variant: [
    'array',
    'boolean',
    'date',
    'float',
    'geography',
    'number',
    'object',
    'time',
    'timestamp',
    'uuid',
    'varchar',
    'vector',
    'variant',
  ],
  vector: ['array', 'vector'],
};

const refused: Partial<Record<TypeKind, readonly TypeKind[]>> = {
  date: ['number', 'float', 'boolean', 'binary', 'time'],
  time: ['number', 'float', 'boolean', 'binary', 'date', 'timestamp'],
  timestamp: ['number', 'float', 'boolean', 'binary'],
  boolean: ['date', 'time', 'timestamp', 'binary'],
  number: ['date', 'time', 'binary'],
  float: ['date', 'time', 'binary'],
  array: ['number', 'float', 'boolean', 'date', 'time', 'timestamp'],
  object: ['number', 'float', 'boolean', 'date', 'time', 'timestamp'],
  geography: ['number', 'float', 'boolean', 'date', 'time', 'timestamp'],
};

export function cast(from: SqlType, to: SqlType): Answer {
  if (castable[from.kind]?.includes(to.kind)) return from.kind === to.kind && isNested(from) ? 'unknown' : 'yes';
  return refused[from.kind]?.includes(to.kind) ? 'no' : 'unknown';
}

const isNested = (type: SqlType): boolean => type.kind === 'array' || type.kind === 'object' || type.kind === 'vector';

/** Castable, but only by writing it. */
const explicit: Partial<Record<TypeKind, readonly TypeKind[]>> = {
  array: ['varchar'],
  binary: ['varchar', 'variant'],
  boolean: ['number'],
  date: ['variant'],
  geography: ['variant'],
  geometry: ['variant'],
  interval: ['number'],
  number: ['interval'],
  object: ['array', 'varchar'],
  time: ['variant'],
  timestamp: ['variant'],
  varchar: ['variant'],
  variant: ['geography', 'vector'],
};

/** A type that only an explicit cast reaches is not refused for certain: functions have overloads of their own. */
export function implicitCast(from: SqlType, to: SqlType): Answer {
  return explicit[from.kind]?.includes(to.kind) ? 'unknown' : cast(from, to);
}

const apart: readonly (readonly [readonly TypeKind[], readonly TypeKind[]])[] = [
  [
    ['number', 'float', 'boolean'],
    ['date', 'time', 'array', 'object', 'geography'],
  ],
  [['boolean'], ['timestamp']],
  [['date'], ['time']],
  [
    ['date', 'time', 'timestamp'],
    ['array', 'object', 'geography', 'binary'],
  ],
];

/** Whether two types have nothing in common: they can neither be compared nor stand in one column. */
export const incompatible = (left: SqlType, right: SqlType): boolean =>
  apart.some(
    ([some, others]) =>
      (some.includes(left.kind) && others.includes(right.kind)) ||
      (others.includes(left.kind) && some.includes(right.kind)),
  );
