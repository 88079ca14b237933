import { describe, expect, it } from 'vitest';
import type { TableExpression } from '../../../../src/sql/tree.ts';
import { selectOf } from './read.ts';

function table(sql: string, dialect = 'snowflake'): TableExpression {
  const [first] = selectOf(`SELECT * FROM ${sql}`, dialect).from;
  return first!;
}

describe('a table', () => {
  it('has a name of up to three parts, one of which may be left out', () => {
    expect(table('a.b.c')).toMatchObject({ kind: 'table', name: { parts: [{ text: 'a' }, {}, { text: 'c' }] } });
    expect(table('a..c')).toMatchObject({ name: { parts: [{ text: 'a' }, { text: '' }, { text: 'c' }] } });
    expect(table(`IDENTIFIER('a."b.c"')`)).toMatchObject({
      name: { dynamic: {}, parts: [{ text: 'a' }, { text: 'b.c', quoted: true }] },
    });
  });

  it('travels in time, is sampled and has an alias', () => {
    expect(table('t AT (TIMESTAMP => x::TIMESTAMP) AS a (b, c) SAMPLE BERNOULLI (10) SEED (3)')).toMatchObject({
      travel: { when: 'at', by: 'timestamp' },
      alias: { name: { text: 'a' }, columns: [{}, {}] },
      sample: { method: 'bernoulli', unit: 'percent', seed: {} },
    });
    expect(table("t CHANGES (INFORMATION => APPEND_ONLY) AT (OFFSET => -60) END (STATEMENT => 'x')")).toMatchObject({
      changes: { information: 'append_only', from: { when: 'at' }, to: { when: 'end' } },
    });
    expect(table('t BEFORE (STATEMENT => $id) x')).toMatchObject({ travel: { when: 'before' }, alias: {} });
    expect(table('t using sample 10 rows', 'duckdb').kind).toBe('table');
    expect(table('t tablesample reservoir(5)', 'duckdb')).toMatchObject({ sample: { unit: 'rows' } });
  });

  it('may be called like a word that starts something else', () => {
    expect(table('t at')).toMatchObject({ alias: { name: { text: 'at' } } });
    expect(table('t changes (a)')).toMatchObject({ alias: { columns: [{}] } });
    expect(table('t pivot')).toMatchObject({ alias: { name: { text: 'pivot' } } });
  });

  it('may be a query, values, a function, a stage, a file or a variable', () => {
    expect(table('(SELECT 1) t')).toMatchObject({ kind: 'derived-table', alias: {} });
    expect(table('((SELECT 1) UNION (SELECT 2)) t')).toMatchObject({ query: { body: { kind: 'set-operation' } } });
    expect(table("(VALUES (1, 'a'), (2, 'b')) v (x, y)")).toMatchObject({ query: { body: { rows: [{}, {}] } } });
    expect(table('VALUES (1), (2)')).toMatchObject({ bare: true });
    expect(table('TABLE(GENERATOR(ROWCOUNT => 10)) g')).toMatchObject({ kind: 'table-function', wrapped: true });
    expect(table('LATERAL FLATTEN(INPUT => v:a, OUTER => TRUE) f')).toMatchObject({ lateral: true, wrapped: false });
    expect(table("@db.s.%t/a/b.csv.gz (FILE_FORMAT => 'f', PATTERN => '.*') x")).toMatchObject({
      kind: 'stage-table',
      location: '@db.s.%t/a/b.csv.gz',
      options: [{}, { name: { text: 'PATTERN' } }],
    });
    expect(table("'@s/my path'")).toMatchObject({ kind: 'stage-table', quoted: true, location: '@s/my path' });
    expect(table('$t')).toMatchObject({ kind: 'table', parameter: { name: 't' } });
    expect(table("'a.parquet' p", 'duckdb')).toMatchObject({ kind: 'table', file: { value: 'a.parquet' } });
    expect(table('SEMANTIC_VIEW(v METRICS a.b, c DIMENSIONS d AS e WHERE f > 1) s')).toMatchObject({
      clauses: [{ type: 'metrics', items: [{}, {}] }, { type: 'dimensions' }],
      where: {},
      alias: {},
    });
  });
});

describe('joins', () => {
  it('are read from left to right', () => {
    expect(table('a JOIN b ON x LEFT OUTER JOIN c USING (y) NATURAL FULL JOIN d CROSS JOIN e')).toMatchObject({
      type: 'cross',
      left: { type: 'full', natural: true, left: { type: 'left', words: 'left outer join', using: [{}] } },
    });
  });

  it('nest where two conditions follow', () => {
    expect(table('a JOIN b LEFT JOIN c ON x ON y')).toMatchObject({
      type: 'inner',
      left: { kind: 'table' },
      right: { type: 'left', on: { parts: [{ text: 'x' }] } },
      on: { parts: [{ text: 'y' }] },
    });
  });

  it('look back in time', () => {
    expect(table('a ASOF JOIN b MATCH_CONDITION (a.t >= b.t) ON a.k = b.k')).toMatchObject({
      asof: true,
      matchCondition: { operator: '>=' },
      on: {},
    });
    expect(table('a asof left join b using (k, t)', 'duckdb')).toMatchObject({ asof: true, type: 'left' });
  });

  it('hold tables in parentheses', () => {
    expect(table('(a JOIN b ON x) JOIN (c) ON y')).toMatchObject({
      left: { kind: 'nested-table' },
      right: { kind: 'nested-table' },
    });
  });
});

describe('pivots', () => {
  it('turn rows into columns', () => {
    expect(table("t PIVOT (SUM(a) FOR b IN ('x', 'y' AS z) DEFAULT ON NULL (0)) AS p (k, x, y)")).toMatchObject({
      kind: 'pivoted-table',
      pivot: { aggregates: [{}], on: [{ values: [{}, { alias: {} }] }], defaultOnNull: {} },
      alias: { columns: [{}, {}, {}] },
    });
    expect(table('t PIVOT (SUM(a) FOR b IN (ANY ORDER BY b DESC))')).toMatchObject({
      pivot: { on: [{ values: { any: true, orderBy: [{}] } }] },
    });
    expect(table('t PIVOT (SUM(a) FOR b IN (SELECT c FROM d))')).toMatchObject({
      pivot: { on: [{ values: { kind: 'query' } }] },
    });
  });

  it('turn columns into rows', () => {
    expect(table("t AS s UNPIVOT INCLUDE NULLS (v FOR n IN (a AS 'x', b)) u")).toMatchObject({
      table: { alias: {} },
      pivot: { includeNulls: true, values: [{}], nameColumn: { text: 'n' }, columns: [{ alias: {} }, {}] },
      alias: { name: { text: 'u' } },
    });
    expect(table('t unpivot ((v, w) for n in ((a, b), (c, d)))', 'duckdb')).toMatchObject({
      pivot: { values: [{}, {}], columns: [{ columns: [{}, {}] }, {}] },
    });
  });
});

it('patterns of rows are recognised', () => {
  expect(
    table(`t MATCH_RECOGNIZE (
      PARTITION BY a ORDER BY b
      MEASURES FINAL LAST(c) AS d, MATCH_NUMBER() AS e
      ALL ROWS PER MATCH OMIT EMPTY MATCHES
      AFTER MATCH SKIP TO LAST UP
      PATTERN (^ DOWN+? (UP{2,} | {- FLAT -})* PERMUTE(X, Y) $)
      SUBSET Z = (UP, DOWN)
      DEFINE UP AS c > LAG(c), DOWN AS c < LAG(c)
    ) m`),
  ).toMatchObject({
    kind: 'match-recognize',
    measures: [{ semantics: 'final' }, { alias: { text: 'e' } }],
    rowsPerMatch: { rows: 'all', detail: 'omit empty matches' },
    afterMatch: 'to last UP',
    pattern: {
      kind: 'sequence',
      items: [
        { kind: 'anchor' },
        { kind: 'quantified', quantifier: '+?' },
        { kind: 'quantified', quantifier: '*', item: { kind: 'group', item: { kind: 'alternation' } } },
        { kind: 'permute' },
        { kind: 'anchor' },
      ],
    },
    subsets: [{ symbols: [{}, {}] }],
    define: [{}, {}],
    alias: { name: { text: 'm' } },
  });
});
