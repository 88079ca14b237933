import { describe, expect, it } from 'vitest';
import { parse } from '../../../../src/sql/index.ts';

function codes(sql: string): string[] {
  return parse(sql, { dialect: 'snowflake' }).diagnostics.map(({ code }) => code);
}

const nested = (open: string, inner: string, close: string) => (times: number) =>
  `SELECT ${open.repeat(times)}${inner}${close.repeat(times)}`;
const long =
  (first: string, further: string, last = '') =>
  (times: number) =>
    `${first}${further.repeat(times)}${last}`;

const deep = {
  calls: nested('f(', '1', ')'),
  parentheses: nested('(', '1', ')'),
  subqueries: nested('(SELECT ', '1', ')'),
  'tables of tables': (times: number) => `SELECT * FROM ${'(SELECT * FROM '.repeat(times)}t${')'.repeat(times)}`,
  'cases in cases': nested('CASE WHEN a THEN ', '1', ' END'),
  arrays: nested('[', '1', ']'),
  negations: nested('NOT ', 'a', ''),
  'common tables in common tables': (times: number) =>
    `${'WITH a AS ('.repeat(times)}SELECT 1${') SELECT 1'.repeat(times)}`,
  types: (times: number) => `SELECT a::${'ARRAY('.repeat(times)}INT${')'.repeat(times)}`,
};

const wide = {
  'branches of a case': long('SELECT CASE', ' WHEN a THEN b', ' END'),
  'choices of IN': long('SELECT a IN (0', ', 1', ')'),
  'arms of a union': long('SELECT 1', ' UNION ALL SELECT 2'),
  conditions: long('SELECT a', ' AND b OR c'),
  sums: long('SELECT a', ' + b'),
  casts: long('SELECT a', '::INT'),
  joins: long('SELECT * FROM t', ' JOIN u ON a'),
  'common tables': long('WITH a AS (SELECT 1)', ', b AS (SELECT 2)', ' SELECT 3'),
};

describe('real depths are read', () => {
  it.each(Object.entries(deep))('500 %s', (_, make) => {
    expect(codes(make(500))).toEqual([]);
  });

  it.each(Object.entries(wide))('5,000 %s', (_, make) => {
    expect(codes(make(5_000))).toEqual([]);
  });
});

describe('beyond the limit there is one clear error', () => {
  it.each(Object.entries(deep))('%s', (_, make) => {
    expect(codes(make(20_000))).toEqual(['sql/too-deep']);
  });

  it('also where the stack is nearly used up already', () => {
    // Each frame goes down a little; what is read at the bottom has less and less of the stack.
    const found = new Set<string>();
    const descend = (): void => {
      found.add(codes(deep.calls(400))[0] ?? 'read');
      if (!found.has('sql/too-deep')) burn(200, descend);
    };
    descend();
    expect([...found]).toEqual(['read', 'sql/too-deep']);
  });

  it('and the statements behind are read', () => {
    const { statements, diagnostics } = parse(`${deep.calls(5_000)}; SELECT 1 +`, { dialect: 'snowflake' });
    expect(statements).toHaveLength(2);
    expect(diagnostics.map(({ code }) => code)).toEqual(['sql/too-deep', 'sql/expected']);
  });
});

/** Calls something from some frames below. */
function burn(frames: number, then: () => void): void {
  if (frames === 0) then();
  else burn(frames - 1, then);
}
