import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from '../../../../src/sql/index.ts';
import { check } from '../fuzz/check.ts';
import { front } from '../fuzz/front.ts';

/** The statements of a list: one a line, lines with `--` are headings. */
function statements(list: string): string[] {
  const text = readFileSync(new URL(`${list}.sql`, import.meta.url), 'utf8');
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('--'));
}

// The same lists are judged by DuckDB's own parser, and by other parsers, in bench/sql/accept.mjs.
describe.each(['snowflake', 'duckdb'] as const)('%s', (dialect) => {
  it.each(statements(`accepted-${dialect}`))('accepts, and prints to what means the same: %s', (sql) => {
    expect(check(front, sql, dialect, true)).toBeUndefined();
  });

  it.each(statements(`refused-${dialect}`))('refuses, with the place of the mistake: %s', (sql) => {
    const errors = parse(sql, { dialect }).diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.length).toBeGreaterThan(0);
    expect(check(front, sql, dialect, false)).toBeUndefined();
  });
});
