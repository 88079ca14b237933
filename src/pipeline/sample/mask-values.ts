import { createHmac } from 'node:crypto';
import type { Cell, Column, MaskingRule } from '../../core/index.ts';

/** What a column's values have to look like, so that another can take the place of one. */
type Shape =
  | { readonly kind: 'number'; readonly largest: number }
  | { readonly kind: 'text'; readonly length: number }
  | { readonly kind: 'date' | 'moment' | 'time' | 'uuid' | 'boolean' | 'other' };

const largestNumber = 2_147_483_647;
const textLength = 16;
const smallIntegers: Readonly<Record<string, number>> = {
  tinyint: 127,
  int1: 127,
  utinyint: 255,
  smallint: 32_767,
  int2: 32_767,
  usmallint: 65_535,
};

/** The shape of a type, as any warehouse writes it. */
function shapeOf(type: string): Shape {
  if (type.includes('[')) return { kind: 'other' };
  const [, name = '', first, second] =
    /^\s*(\w+)[^(]*(?:\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)\s*)?$/.exec(type.toLowerCase()) ?? [];
  if (/^(char|character|varchar|text|string|nvarchar|nchar)$/.test(name)) {
    return { kind: 'text', length: Math.min(Number(first ?? textLength), textLength) };
  }
  if (/^(decimal|numeric|number)$/.test(name)) {
    const digits = first === undefined ? 10 : Number(first) - Number(second ?? 0);
    return { kind: 'number', largest: Math.min(10 ** digits - 1, largestNumber) };
  }
  if (/^(u?(tiny|small|medium|big|huge)?int(eger)?\d?|byteint|float\d?|double|real|long)$/.test(name)) {
    return { kind: 'number', largest: smallIntegers[name] ?? largestNumber };
  }
  if (/^(timestamp|datetime)/.test(name)) return { kind: 'moment' };
  if (name === 'date' || name === 'time' || name === 'uuid' || name === 'boolean') return { kind: name };
  return { kind: 'other' };
}

/** The value that stands for all of a shape under `redact`. */
const redacted: Readonly<Record<Shape['kind'], Cell>> = {
  number: 0,
  text: 'redacted',
  date: '1970-01-01',
  moment: '1970-01-01 00:00:00',
  time: '00:00:00',
  uuid: '00000000-0000-0000-0000-000000000000',
  boolean: false,
  other: null,
};

/** A column whose values are masked, and all values that it has in the sample. */
export interface MaskedColumn {
  readonly column: Column;
  readonly family: string;
  readonly rule: MaskingRule;
  readonly values: readonly Cell[];
}

/** The text by which a value is compared with others: of numbers the same, whatever their type. */
export function valueText(cell: Cell): string {
  if (typeof cell === 'string' && /^-?\d+\.\d+$/.test(cell)) return cell.replace(/\.?0+$/, '');
  return typeof cell === 'object' ? JSON.stringify(cell, bigintAsText) : String(cell);
}

function bigintAsText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

/**
 * Masks the values of columns, the same value by the same in all columns of a family and of a kind. No value stands for
 * two, and none is one that a masked column has had, so that keys match as before and nothing is told. Where a type has
 * too few values for that, nothing takes the place of a value.
 *
 * @param columns all that will be masked: a value must not be one of theirs.
 * @param secret without it, nobody can tell which value stands for which.
 */
export function createMask(
  columns: readonly MaskedColumn[],
  secret: string,
): (column: MaskedColumn) => readonly Cell[] {
  const originals = new Set(columns.flatMap(({ values }) => values.map(valueText)));
  const shapes = new Map<string, Shape>();
  for (const { column, family } of columns) {
    const shape = shapeOf(column.type);
    shapes.set(`${family} ${shape.kind}`, narrower(shape, shapes.get(`${family} ${shape.kind}`)));
  }
  const given = new Map<string, Cell>();
  const taken = new Set<string>();
  const hashed = (cell: Cell, shape: Shape): Cell => {
    if (cell === null || shape.kind === 'boolean' || shape.kind === 'other') return null;
    const text = valueText(cell);
    const kind = JSON.stringify(shape);
    const known = given.get(`${kind} ${text}`);
    if (known !== undefined) return known;
    const found = firstFree(text, shape, (masked) => originals.has(masked) || taken.has(`${kind} ${masked}`), secret);
    given.set(`${kind} ${text}`, found);
    taken.add(`${kind} ${valueText(found)}`);
    return found;
  };
  return ({ column, family, rule, values }) => {
    const { kind } = shapeOf(column.type);
    const shape = shapes.get(`${family} ${kind}`) ?? { kind: 'other' };
    switch (rule) {
      case 'keep':
        return values;
      case 'null':
        return values.map(() => null);
      case 'redact':
        return values.map(() => (shape.kind === 'text' ? 'redacted'.slice(0, shape.length) : redacted[kind]));
      case 'hash':
        return values.map((cell) => hashed(cell, shape));
    }
  };
}

/** The shape that values of both fit. */
function narrower(one: Shape, other: Shape = one): Shape {
  if (one.kind === 'number' && other.kind === 'number' && other.largest < one.largest) return other;
  return one.kind === 'text' && other.kind === 'text' && other.length < one.length ? other : one;
}

const attempts = 50;

function firstFree(text: string, shape: Shape, isTaken: (masked: string) => boolean, secret: string): Cell {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const digest = createHmac('sha256', secret).update(`${shape.kind}\0${attempt}\0${text}`).digest();
    const masked = written(digest, shape);
    if (!isTaken(valueText(masked))) return masked;
  }
  return null;
}

function written(digest: Buffer, shape: Shape): Cell {
  const number = digest.readUIntBE(0, 6);
  const hex = digest.toString('hex');
  switch (shape.kind) {
    case 'number':
      return 1 + (number % shape.largest);
    case 'text':
      return hex.slice(0, shape.length);
    case 'date':
      return moment(number).slice(0, 10);
    case 'moment':
      return moment(number);
    case 'time':
      return moment(number).slice(11);
    case 'uuid':
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
    case 'boolean':
    case 'other':
      return null;
  }
}

/** Some second of the years 1970 to 2024. */
function moment(number: number): string {
  return new Date((number % 1_735_000_000) * 1000).toISOString().slice(0, 19).replace('T', ' ');
}
