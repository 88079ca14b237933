import { describe, expect, it } from 'vitest';
import { parse } from '../../../../src/sql/index.ts';
import { errorsOf, queryOf, selectOf } from './read.ts';

describe('a query', () => {
  it('has common tables, set operations and a tail', () => {
    const query = queryOf(
      'WITH RECURSIVE a (x) AS (SELECT 1), b AS (SELECT 2) SELECT * FROM a UNION ALL SELECT * FROM b MINUS SELECT 3 INTERSECT SELECT 4 ORDER BY 1 DESC NULLS LAST LIMIT 10 OFFSET 5',
    );
    expect(query).toMatchObject({
      with: { recursive: true, tables: [{ name: { text: 'a' }, columns: [{ text: 'x' }] }, { name: { text: 'b' } }] },
      body: {
        kind: 'set-operation',
        rest: [
          { operator: 'union', quantifier: 'all' },
          { operator: 'minus', body: { kind: 'set-operation', rest: [{ operator: 'intersect' }] } },
        ],
      },
      orderBy: [{ direction: 'desc', nulls: 'last' }],
      limit: { text: '10' },
      offset: { text: '5' },
    });
  });

  it('in parentheses keeps its own ORDER BY', () => {
    expect(queryOf('(SELECT 1 ORDER BY 1 LIMIT 1) UNION SELECT 2 ORDER BY 2')).toMatchObject({
      body: { first: { kind: 'nested-query', query: { limit: {} } } },
      orderBy: [{}],
    });
  });

  it('can fetch, limit by percent, and order by all', () => {
    expect(queryOf('SELECT 1 OFFSET 5 ROWS FETCH NEXT 10 ROWS ONLY')).toMatchObject({
      fetch: true,
      limit: {},
      offset: {},
    });
    expect(queryOf('select 1 order by all desc limit 10%', 'duckdb')).toMatchObject({
      orderByAll: { direction: 'desc' },
      limitPercent: true,
    });
  });
});

describe('a SELECT', () => {
  it('has all its clauses', () => {
    expect(
      selectOf(
        'SELECT DISTINCT TOP 3 a, b AS c, t.*, * FROM t, u WHERE a START WITH b CONNECT BY NOCYCLE PRIOR c = d GROUP BY CUBE (a), GROUPING SETS ((a, b), ()) HAVING e QUALIFY f',
      ),
    ).toMatchObject({
      distinct: 'distinct',
      top: { text: '3' },
      items: [{}, { alias: { text: 'c' } }, { expression: { kind: 'star', qualifier: [{}] } }, {}],
      from: [{}, {}],
      where: {},
      connectBy: { startWith: {}, noCycle: true, condition: { left: { operator: 'prior' } } },
      groupBy: { all: false, items: [{ type: 'cube' }, { type: 'grouping sets', sets: [{ kind: 'tuple' }, {}] }] },
      having: {},
      qualify: {},
    });
    expect(selectOf('SELECT a FROM t GROUP BY ALL').groupBy).toMatchObject({ all: true, items: [] });
  });

  it('can change a star', () => {
    expect(
      selectOf("SELECT * ILIKE '%id' EXCLUDE (a, b) REPLACE (c + 1 AS c) RENAME (d AS e, f AS g) FROM t").items[0],
    ).toMatchObject({
      expression: {
        like: { operator: 'ilike' },
        exclude: [{}, {}],
        replace: [{}],
        rename: [{}, { to: { text: 'g' } }],
      },
    });
    expect(selectOf('SELECT t.* EXCLUDE a, b FROM t').items).toHaveLength(2);
  });

  it('may start with FROM, and give aliases first', () => {
    expect(selectOf('from x: t select a: b + 1', 'duckdb')).toMatchObject({
      fromFirst: true,
      from: [{ alias: { name: { text: 'x' }, aliasFirst: true } }],
      items: [{ alias: { text: 'a' }, aliasFirst: true }],
    });
    expect(selectOf('from t', 'duckdb').items).toEqual([]);
  });

  it('takes words as aliases that are not reserved', () => {
    expect(
      selectOf('SELECT a date, b AS left, c AS type, d value, e year FROM t window').items.map(
        (item) => item.alias?.text,
      ),
    ).toEqual(['date', 'left', 'type', 'value', 'year']);
  });
});

describe('statements', () => {
  it('keep their comments and places', () => {
    const { statements } = parse('-- one\nSELECT 1 /* two */; -- three\nSELECT 2', { dialect: 'snowflake' });
    expect(statements).toMatchObject([
      { start: 7, end: 15, comments: [{ text: '-- one' }, { text: '/* two */' }] },
      { comments: [{ text: '-- three' }] },
    ]);
  });

  it('may be none', () => {
    expect(parse(' ;; -- nothing\n', { dialect: 'duckdb' })).toEqual({ statements: [], diagnostics: [] });
  });

  it('need a dialect that exists', () => {
    expect(() => parse('SELECT 1', { dialect: 'klingon' })).toThrow("There is no SQL dialect 'klingon'");
  });

  it('have line breaks of every kind counted', () => {
    expect(errorsOf('SELECT\r\n\r\n  a,\n  FROM WHERE')[0]).toMatch(/^4:8 /);
  });
});
