import { describe, expect, it } from 'vitest';
import { analyze } from '../../../../src/sql/index.ts';
import { errorCodes, inDuckdb, inSnowflake } from './samples.ts';

describe('a diagnostic', () => {
  it('points at the name, and guesses what was meant', () => {
    const [problem] = inSnowflake('select id,\n  o.custmer_id\nfrom raw.orders o').diagnostics;
    expect(problem).toEqual({
      code: 'sql/unknown-column',
      severity: 'error',
      message: '"o" has no column "custmer_id".',
      start: 15,
      end: 25,
      line: 2,
      column: 5,
      hint: 'Did you mean "customer_id"?',
    });
  });

  it('knows the quotation marks of word processors', () => {
    const [problem] = inDuckdb('select id from t where name = ‘abc’').diagnostics;
    expect(problem?.hint).toBe("A text stands between straight quotation marks: 'abc'.");
  });

  it('keeps the letter case of a name that needs quotes', () => {
    expect(inSnowflake('select region from raw.customers').diagnostics[0]?.hint).toBe('Did you mean "Region"?');
  });

  it('says of which tables an ambiguous name can be', () => {
    const [problem] = inDuckdb('select id from t, u').diagnostics;
    expect(problem?.message).toBe('"id" is ambiguous: it can be t.id or u.id.');
  });

  it('stands in the order of the text, each once', () => {
    const { diagnostics } = inDuckdb('select b, a, b as c, x.y from t group by a order by a');
    expect(diagnostics.map(({ start }) => start)).toEqual(
      [...diagnostics.map(({ start }) => start)].sort((a, b) => a - b),
    );
    expect(new Set(diagnostics.map(({ start }) => start)).size).toBe(diagnostics.length);
  });

  it('is of syntax alone if the text cannot be read', () => {
    expect(errorCodes(inDuckdb('select nope from t where'))).toEqual(['sql/expected']);
  });
});

it.each([
  'select unnest((select [1]))',
  'select unnest(select [1])',
  'select unnest()',
  'select columns()',
  'select * from unnest()',
])('%s is analysed without falling over', (sql) => {
  expect(inDuckdb(sql).columns.length).toBeGreaterThan(0);
});

describe('a common table that nothing reads', () => {
  it('is a warning, and so is what is wrong in it', () => {
    const { diagnostics } = inDuckdb('with c as (select nope from t) select 1 as one');
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ['sql/unused-cte', 'warning'],
      ['sql/unknown-column', 'warning'],
    ]);
  });

  it('is named where a table nobody knows is nearly called so', () => {
    const sql = 'with customers as (select 1 as x) select x from cusotmers';
    const [unused] = analyze(sql, { dialect: 'duckdb' }).diagnostics;
    expect(unused?.hint).toBe('Is it what "cusotmers" means?');
  });

  it('is one even if it reads itself', () => {
    const sql = 'with recursive r as (select 1 as n union all select n + 1 from r) select 1 as one';
    expect(inDuckdb(sql).diagnostics.map(({ code }) => code)).toEqual(['sql/unused-cte']);
  });

  it('is none if another one reads it', () => {
    const sql = 'with a as (select 1 as x), b as (select x from a) select 1 as one';
    expect(inDuckdb(sql).diagnostics.map(({ message }) => message)).toEqual(['Nothing reads the common table "b".']);
  });

  it('has its errors as errors once it is read, however far away', () => {
    const sql = 'with a as (select nope from t), b as (select * from a) select * from b';
    expect(errorCodes(inDuckdb(sql))).toEqual(['sql/unknown-column']);
  });
});

describe('two output columns of one name', () => {
  const sql = 'select id, id from t';

  it('are a warning in a query', () => {
    expect(inDuckdb(sql).diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ['sql/duplicate-column', 'warning'],
    ]);
  });

  it('are an error in a table, where the warehouse refuses that', () => {
    expect(errorCodes(inSnowflake('create table a as select id, id from raw.orders'))).toEqual([
      'sql/duplicate-column',
    ]);
    expect(errorCodes(inDuckdb(`create table a as ${sql}`))).toEqual([]);
  });
});

describe('without a schema', () => {
  it('no table and no column is unknown', () => {
    const { columns, diagnostics } = analyze('select a.x, y from a where z = 1', { dialect: 'snowflake' });
    expect(diagnostics).toEqual([]);
    expect(columns.map(({ sources }) => sources)).toEqual([
      [{ relation: 'A', column: 'X', how: 'copied' }],
      [{ relation: 'A', column: 'Y', how: 'copied' }],
    ]);
  });

  it('a name of two tables belongs to neither for certain', () => {
    const { columns, diagnostics } = analyze('select x from a, b', { dialect: 'snowflake' });
    expect([diagnostics, columns[0]?.sources]).toEqual([[], []]);
  });

  it('what the query itself defines is still checked', () => {
    const result = analyze('with c as (select a from t) select b from c', { dialect: 'snowflake' });
    expect(errorCodes(result)).toEqual(['sql/unknown-column']);
  });
});

describe('a schema', () => {
  const twice = [
    { name: 'a.t', columns: [{ name: 'x' }] },
    { name: 'b.t', columns: [{ name: 'y' }] },
  ];

  it('finds a table by its last parts, unless two could be meant', () => {
    const codes = (sql: string) => errorCodes(analyze(sql, { dialect: 'snowflake', schema: twice }));
    expect(codes('select y from b.t')).toEqual([]);
    expect(codes('select x from b.t')).toEqual(['sql/unknown-column']);
    expect(codes('select x, y from t')).toEqual([]);
  });

  it('does not know the tables of schemas that it has nothing of', () => {
    expect(errorCodes(analyze('select 1 from c.t', { dialect: 'snowflake', schema: twice }))).toEqual([]);
    expect(errorCodes(analyze('select 1 from a.u', { dialect: 'snowflake', schema: twice }))).toEqual([
      'sql/unknown-table',
    ]);
  });

  it('has names as in SQL: quotes keep the letter case', () => {
    const schema = [
      {
        name: '"My Table"',
        columns: [
          { name: '"camelCase"', type: 'int' },
          { name: 'plain', type: 'int' },
        ],
      },
    ];
    const { columns, diagnostics } = analyze('select "camelCase", PLAIN from "My Table"', {
      dialect: 'snowflake',
      schema,
    });
    expect(diagnostics).toEqual([]);
    expect(columns.map(({ name }) => name)).toEqual(['camelCase', 'PLAIN']);
  });

  it('warns of a star over tables that may change, if asked to', () => {
    const result = analyze('select * from t', {
      dialect: 'duckdb',
      schema: [{ name: 't', columns: [{ name: 'a' }] }],
      changingStars: true,
    });
    expect(result.diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ['sql/star-over-changing-parent', 'warning'],
    ]);
  });
});
