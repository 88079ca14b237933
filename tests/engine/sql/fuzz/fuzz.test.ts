import { describe, expect, it } from 'vitest';
import { check, type Failure } from './check.ts';
import { front } from './front.ts';
import { mutate } from './mutate.ts';
import { writeStatement } from './write-statement.ts';
import type { DialectName } from './writing.ts';

const dialects: readonly DialectName[] = ['snowflake', 'duckdb'];
const seeds = (count: number): number[] => Array.from({ length: count }, (_, seed) => seed);

/** A failure with the text that shows it, to be put into regressions.test.ts in its shortest form. */
function failures(texts: readonly string[], dialect: DialectName, valid: boolean): (Failure & { sql: string })[] {
  return texts.flatMap((sql) => {
    const failure = check(front, sql, dialect, valid);
    return failure ? [{ sql, ...failure }] : [];
  });
}

// The long run, with corpora and minimised texts, is bench/sql/fuzz.mjs.
describe.each(dialects)('random statements of %s', (dialect) => {
  it('are accepted, and print to what means the same', () => {
    const texts = seeds(200).map((seed) => writeStatement(dialect, seed, 1 + (seed % 4)));
    expect(failures(texts, dialect, true)).toEqual([]);
  });

  it('do no harm with tokens gone, doubled, swapped or put in', () => {
    const texts = seeds(400).map((seed) => mutate(writeStatement(dialect, seed, 1 + (seed % 4)), seed));
    expect(failures(texts, dialect, false)).toEqual([]);
  });

  it('do no harm when they end anywhere', () => {
    const texts = seeds(8).flatMap((seed) => {
      const sql = writeStatement(dialect, seed, 3).slice(0, 400);
      return seeds(Math.ceil(sql.length / 5)).map((cut) => sql.slice(0, cut * 5));
    });
    expect(failures(texts, dialect, false)).toEqual([]);
  });
});
