import type { Chance } from './chance.ts';

export type DialectName = 'snowflake' | 'duckdb';

/** What the parts of the generator hand on to each other. */
export interface Writing {
  readonly chance: Chance;
  readonly dialect: DialectName;
  /** How much deeper it may get. */
  readonly depth: number;
}

export type Part = (writing: Writing) => string;

export function deeper(writing: Writing): Writing {
  return { ...writing, depth: writing.depth - 1 };
}

/** One part of those given, each as likely as the others. */
export function oneOf(writing: Writing, parts: readonly Part[]): string {
  return writing.chance.pick(parts)(writing);
}

/** From `least` to `most` parts, separated. */
export function several(writing: Writing, least: number, most: number, part: Part, separator = ', '): string {
  const count = least + writing.chance.below(most - least + 1);
  return Array.from({ length: count }, () => part(writing)).join(separator);
}

export function sometimes(writing: Writing, percent: number, part: Part): string {
  return writing.chance.maybe(percent) ? part(writing) : '';
}

/** Parts that are not empty, with blanks between them. */
export function words(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

const plainNames = [
  'a',
  'b',
  'c',
  'id',
  'amount',
  'Name',
  'x1',
  '_y',
  'order_date',
  'KEY',
  'value',
  'type',
  'date',
  'year',
];
const quotedNames = ['"a b"', '"A"', '"select"', '"quo""te"', '"ünï"', '"x.y"', '"1"'];

export const identifier: Part = ({ chance }) => chance.pick(chance.maybe(85) ? plainNames : quotedNames);

/** An alias that is not taken for a word of the clause behind it. */
export const alias: Part = ({ chance }) =>
  chance.pick(chance.maybe(85) ? ['k', 'l2', 'total', 'Caption', '_z'] : quotedNames);

export const tableName: Part = (writing) => {
  const name = (): string => writing.chance.pick(['t', 'u', 'orders', 'Sales_2', '"T"', '"my table"']);
  return several(writing, 1, 3, name, '.');
};
