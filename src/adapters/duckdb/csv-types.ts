import type { Cell } from '../../core/index.ts';

/**
 * Types that the texts of a CSV column can have, as dbt tells them (it uses Python's agate): the first of these that
 * fits every value wins, else the column is text. Empty values and the word `null` fit everything.
 */
const candidates = ['number', 'date', 'datetime', 'isoDatetime', 'boolean'] as const;

export type Candidate = (typeof candidates)[number];

export interface Findings {
  readonly possible: readonly Candidate[];
  /** Some number has digits behind the point, or is not a finite number. */
  readonly fraction: boolean;
  readonly largest: number;
  readonly untidy: boolean;
}

export const firstCandidates = (): readonly Candidate[] => candidates;

const integerPart = String.raw`\d+(_\d+)*`;
const patterns = {
  number: String.raw`[+-]?((${integerPart})(\.\d*)?|\.\d+)(E[+-]?\d+)?|[+-]?(NAN|INF|INFINITY)`,
  date: String.raw`\d{4}-\d{1,2}-\d{1,2}`,
  datetime: String.raw`\d{4}-\d{1,2}-\d{1,2} \d{1,2}:\d{1,2}:\d{1,2}`,
  isoDatetime: String.raw`\d{4}-?\d{2}-?\d{2}T\d{2}:?\d{2}(:?\d{2}(\.\d+)?)?(Z|[+-]\d{2}(:?\d{2})?)?`,
} as const;

/** A value without spaces around it, in capitals; null where it says nothing. */
export const tidied = (column: string): string => `nullif(nullif(upper(trim(${column})), ''), 'NULL')`;

/** Every value is null, or both looks like the type and can be cast to it. */
const allMatch = (value: string, pattern: string, type: string): string =>
  `bool_and(${value} is null or (regexp_full_match(${value}, '${pattern}') and try_cast(${value} as ${type}) is not null))`;

const questions: Readonly<Record<Candidate, (value: string) => string>> = {
  number: (value) => allMatch(value, patterns.number, 'double'),
  date: (value) => allMatch(value, patterns.date, 'date'),
  datetime: (value) => allMatch(value, patterns.datetime, 'timestamp'),
  isoDatetime: (value) => allMatch(value, patterns.isoDatetime, 'timestamp'),
  boolean: (value) => `bool_and(${value} is null or ${value} in ('TRUE', 'FALSE'))`,
};

/**
 * What is asked about a column: one answer for each candidate, then three more.
 *
 * @param column as it is written in SQL.
 * @param value the same `tidied`: written once for all questions, planning them takes a quarter of the time.
 */
export function columnQuery(column: string, value: string, possible: readonly Candidate[]): string {
  if (possible.length === 0) return 'null';
  const number = `try_cast(${value} as double)`;
  const aboutNumbers = possible.includes('number')
    ? [
        `coalesce(bool_or(not isfinite(${number}) or ${number} <> trunc(${number})), false)`,
        // Of a number's bits, those that are left beside its sign: -2147483648 needs no more than 2147483647.
        `max(if(${number} < 0, -1 - ${number}, ${number})) filter (where isfinite(${number}))`,
      ]
    : ['false', '0'];
  return [
    ...possible.map((candidate) => `coalesce(${questions[candidate](value)}, true)`),
    ...aboutNumbers,
    `coalesce(bool_or(${column} <> trim(${column}) or upper(${column}) = 'NULL'), false)`,
  ].join(',\n  ');
}

/** The answers to `columnQuery` of some columns, taken apart again. */
export function findingsPerColumn(
  asked: readonly (readonly Candidate[])[],
  answers: readonly Cell[],
): readonly Findings[] {
  let at = 0;
  return asked.map((possible) => {
    if (possible.length === 0) {
      at += 1;
      return { possible: [], fraction: false, largest: 0, untidy: false };
    }
    const matches = possible.filter((_, index) => answers[at + index] === true);
    const rest = answers.slice(at + possible.length, at + possible.length + 3);
    at += possible.length + 3;
    return { possible: matches, fraction: rest[0] === true, largest: Number(rest[1] ?? 0), untidy: rest[2] === true };
  });
}

/** Whole numbers are `integer`; dbt fails on those that do not fit, here they become `bigint` or `double`. */
export function typeOf(findings: Findings | undefined): string {
  switch (findings?.possible[0]) {
    case 'number':
      if (findings.fraction || findings.largest >= 2 ** 63) return 'double';
      return findings.largest >= 2 ** 31 ? 'bigint' : 'integer';
    case 'date':
      return 'date';
    case 'datetime':
    case 'isoDatetime':
      return 'timestamp';
    case 'boolean':
      return 'boolean';
    default:
      return 'varchar';
  }
}
