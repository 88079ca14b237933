import { describe, expect, test } from 'vitest';
import { findDialect } from '../../../../src/sql/dialects/index.ts';
import { parse } from '../../../../src/sql/index.ts';
import { printScript } from '../../../../src/sql/print/index.ts';
import { duckdbStatements, refused, snowflakeStatements } from './samples.ts';

const dialects = [
  ['snowflake', snowflakeStatements],
  ['duckdb', duckdbStatements],
] as const;

for (const [dialect, statements] of dialects) {
  describe(`statements of ${dialect}`, () => {
    test.each(statements)('are read: %s', (sql) => {
      expect(parse(sql, { dialect }).diagnostics).toEqual([]);
    });

    test.each(statements)('are the same after printing: %s', (sql) => {
      const { statements: first } = parse(sql, { dialect });
      const printed = printScript(first, findDialect(dialect)!);
      const { statements: second, diagnostics } = parse(printed, { dialect });
      expect(diagnostics, printed).toEqual([]);
      expect(withoutPlaces(second)).toEqual(withoutPlaces(first));
      expect(printScript(second, findDialect(dialect)!)).toBe(printed);
    });

    test.each(statements)('have a place that holds them whole: %s', (sql) => {
      const [statement] = parse(sql, { dialect }).statements;
      expect(sql.slice(statement!.start, statement!.end)).toBe(sql);
    });
  });
}

describe('statements that make no sense', () => {
  test.each(refused)('in %s are refused where they go wrong: %s', (dialect, marked) => {
    const [first] = parse(marked.replace('¦', ''), { dialect }).diagnostics;
    expect(first, 'an error').toBeDefined();
    expect(first!.start, first!.message).toBe(marked.indexOf('¦'));
  });
});

function withoutPlaces(tree: unknown): unknown {
  return JSON.parse(JSON.stringify(tree, (key, value) => (key === 'start' || key === 'end' ? undefined : value)));
}
