/**
 * Types that the texts of a CSV column can have, as dbt tells them (it uses Python's agate): the first of these that
 * fits every value wins, else the column is text. Empty values and the word `null` fit everything.
 */
const kinds = ['number', 'date', 'datetime', 'boolean'] as const;
type Kind = (typeof kinds)[number];

const integerPart = String.raw`\d+(?:_\d+)*`;
const patterns: Readonly<Record<Kind, RegExp>> = {
  number: new RegExp(
    String.raw`^(?:[+-]?(?:${integerPart}(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?|[+-]?(?:nan|inf|infinity))$`,
    'i',
  ),
  date: /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
  datetime:
    /^(\d{4})-?(\d{1,2})-?(\d{1,2})(?: |T)(\d{1,2}):?(\d{1,2})(?::?(\d{1,2}(?:\.\d+)?))?(Z|[+-]\d{2}(?::?\d{2})?)?$/,
  boolean: /^(true|false)$/i,
};

/** Learns the type of a column, value by value. */
export class ColumnType {
  #possible: readonly Kind[] = kinds;
  #fraction = false;
  #seen = false;

  add(text: string): void {
    const value = tidied(text);
    if (value === null || this.#possible.length === 0) return;
    this.#seen = true;
    this.#possible = this.#possible.filter((kind) => fits(kind, value));
    if (this.#possible[0] === 'number') this.#fraction ||= !Number.isInteger(numberOf(value));
  }

  /** What Snowflake calls the type. A column without any value is a number in dbt. */
  get name(): string {
    switch (this.#possible[0]) {
      case 'number':
        return this.#fraction && this.#seen ? 'float' : 'integer';
      case 'date':
        return 'date';
      case 'datetime':
        return 'timestamp_ntz';
      case 'boolean':
        return 'boolean';
      default:
        return 'varchar';
    }
  }
}

/** A value without spaces around it; null where it says nothing. */
export function tidied(text: string): string | null {
  const value = text.trim();
  return value === '' || value.toLowerCase() === 'null' ? null : value;
}

export function numberOf(value: string): number {
  const plain = value.replaceAll('_', '');
  if (/nan/i.test(plain)) return Number.NaN;
  return /inf/i.test(plain) ? (plain.startsWith('-') ? -Infinity : Infinity) : Number(plain);
}

function fits(kind: Kind, value: string): boolean {
  const match = patterns[kind].exec(value);
  if (!match) return false;
  if (kind !== 'date' && kind !== 'datetime') return true;
  const [year, month, day, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day));
  const isDay = date.getUTCMonth() + 1 === month && date.getUTCDate() === day;
  return isDay && hour < 24 && minute < 60 && second < 60;
}

/** A day with two digits for month and day, as every setting of Snowflake reads it. */
export function isoDay(value: string): string {
  const [, year = '', month = '', day = ''] = patterns.date.exec(value) ?? [];
  return year === '' ? value : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
