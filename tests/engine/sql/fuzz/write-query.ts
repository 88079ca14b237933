import { condition, expression, literal, selectItem, sortItems, window } from './write-expression.ts';
import {
  alias,
  deeper,
  identifier,
  oneOf,
  type Part,
  several,
  sometimes,
  tableName,
  type Writing,
  words,
} from './writing.ts';

/** A whole query, without parentheses around it. */
export const query: Part = (writing) => {
  if (writing.depth <= 0) return `SELECT ${literal(writing)} FROM ${tableName(writing)}`;
  const inner = deeper(writing);
  return words(
    sometimes(inner, 20, withTables),
    body(inner),
    sometimes(inner, 30, (one) => `ORDER BY ${sortItems(one)}`),
    limit(inner),
  );
};

const body: Part = (writing) =>
  oneOf(writing, [
    select,
    select,
    select,
    (one) =>
      several(
        one,
        2,
        4,
        select,
        ` ${one.chance.pick(['UNION', 'UNION ALL', 'intersect', 'EXCEPT', 'UNION BY NAME'])} `,
      ),
    (one) => `(${query(one)}) UNION ALL (${query(one)})`,
  ]);

const withTables: Part = (writing) => {
  const kept = (one: Writing): string =>
    one.dialect === 'duckdb' ? sometimes(one, 15, () => 'NOT MATERIALIZED ') : '';
  const table = (name: string): string =>
    `${name}${sometimes(writing, 20, () => ' (a, b)')} AS ${kept(writing)}(${query(writing)})`;
  const names = ['c1', 'C2', '"c 3"'].slice(0, 1 + writing.chance.below(3));
  return `WITH ${sometimes(writing, 20, () => 'RECURSIVE ')}${names.map(table).join(', ')}`;
};

const limit: Part = (writing) =>
  oneOf(writing, [
    () => '',
    () => '',
    (one) => `LIMIT ${one.chance.below(100)}${sometimes(one, 40, () => ' OFFSET 5')}`,
    () => 'FETCH FIRST 3 ROWS ONLY',
    (one) => (one.dialect === 'duckdb' ? 'LIMIT 10%' : 'LIMIT NULL'),
  ]);

const select: Part = (writing) => {
  const duckdb = writing.dialect === 'duckdb';
  const items = several(writing, 1, 4, (one) => (one.chance.maybe(12) ? star(one) : selectItem(one)));
  const from = `FROM ${several(writing, 1, 2, table)}`;
  const chosen = words(
    'SELECT',
    sometimes(writing, 15, () => oneOf(writing, distinct)),
    items + sometimes(writing, 3, () => ','),
  );
  const head =
    duckdb && writing.chance.maybe(10)
      ? words(
          from,
          sometimes(writing, 70, () => chosen),
        )
      : words(chosen, from);
  return words(
    head,
    sometimes(writing, 40, (one) => `WHERE ${condition(one)}`),
    writing.dialect === 'snowflake' ? sometimes(writing, 5, connectBy) : '',
    sometimes(writing, 30, groupBy),
    sometimes(writing, 15, (one) => `HAVING ${condition(one)}`),
    duckdb ? sometimes(writing, 8, (one) => `WINDOW w${one.chance.below(1_000_000)} AS (${window(one)})`) : '',
    sometimes(writing, 12, (one) => `QUALIFY ${condition(one)}`),
    duckdb ? sometimes(writing, 5, () => 'USING SAMPLE 10%') : '',
  );
};

const distinct: readonly Part[] = [
  () => 'DISTINCT',
  () => 'ALL',
  (one) => (one.dialect === 'duckdb' ? `DISTINCT ON (${expression(one)})` : 'TOP 3'),
];

const connectBy: Part = (writing) => `START WITH ${condition(writing)} CONNECT BY PRIOR a = b`;

const groupBy: Part = (writing) =>
  `GROUP BY ${oneOf(writing, [
    (one) => several(one, 1, 3, expression),
    () => 'ALL',
    () => '1, 2',
    (one) => `ROLLUP (${several(one, 1, 2, identifier)})`,
    (one) => `a, CUBE (${identifier(one)}, (b, c))`,
    () => 'GROUPING SETS ((a, b), (a), ())',
  ])}`;

const star: Part = (writing) =>
  oneOf(writing, [
    () => '*',
    () => 't.*',
    () => '* EXCLUDE (a, b)',
    () => 't.* EXCLUDE a',
    (one) => `* REPLACE (${expression(one)} AS a)`,
    () => '* RENAME (a AS k)',
    (one) => (one.dialect === 'duckdb' ? "* LIKE 'a%'" : "* ILIKE '%id'"),
    (one) => `* EXCLUDE (a) ${one.dialect === 'duckdb' ? 'REPLACE (1 AS b) RENAME (c AS d)' : 'RENAME c AS d'}`,
  ]);

const named: Part = (writing) => `${sometimes(writing, 60, () => 'AS ')}${alias(writing)}`;

const table: Part = (writing) => {
  if (writing.depth <= 0) return tableName(writing);
  const inner = deeper(writing);
  return oneOf(inner, [
    single,
    single,
    join,
    join,
    ...(writing.dialect === 'snowflake' ? snowflakeTables : duckdbTables),
  ]);
};

const unpivoted: Part = () => 't UNPIVOT (value FOR name IN (a, b)) AS p';

const single: Part = (writing) =>
  oneOf(writing, [
    (one) => words(tableName(one), sometimes(one, 50, named)),
    (one) => words(tableName(one), sometimes(one, 50, named)),
    (one) => `(${query(one)}) ${named(one)}`,
    (one) => `(VALUES (1, 'a'), (2, ${literal(one)})) AS v (a, b)`,
    (one) => `(${join(one)})`,
    (one) => `(SELECT * FROM t PIVOT (SUM(amount) FOR c IN ('x', 'y')))`.concat(sometimes(one, 50, () => ' p')),
    (one) =>
      `t TABLESAMPLE ${one.chance.pick(['(10)', 'BERNOULLI (5)', 'SYSTEM (3)'])}`.replace(
        '(10)',
        one.dialect === 'duckdb' ? '10%' : '(10)',
      ),
    (one) => `LATERAL (${query(one)}) ${named(one)}`,
  ]);

const join: Part = (writing: Writing) => {
  const links: readonly Part[] = [
    (one) =>
      `${one.chance.pick(['JOIN', 'INNER JOIN', 'LEFT JOIN', 'right outer join', 'FULL OUTER JOIN'])} ${single(one)} ON ${condition(one)}`,
    (one) => `LEFT JOIN ${single(one)} USING (a, b)`,
    (one) => `${one.chance.pick(['CROSS JOIN', 'NATURAL JOIN', 'NATURAL LEFT JOIN'])} ${single(one)}`,
    (one) =>
      one.dialect === 'duckdb'
        ? oneOf(one, [
            (part) => `ASOF JOIN ${single(part)} ON ${condition(part)}`,
            (part) => `${part.chance.pick(['SEMI', 'ANTI'])} JOIN ${single(part)} USING (a)`,
            (part) => `POSITIONAL JOIN ${single(part)}`,
          ])
        : `ASOF JOIN ${tableName(one)} MATCH_CONDITION (t.a >= u.b)${sometimes(one, 50, () => ' ON t.k = u.k')}`,
  ];
  return words(
    single(writing),
    several(writing, 1, 3, (one) => oneOf(one, links), ' '),
  );
};

const snowflakeTables: readonly Part[] = [
  unpivoted,
  (one) => `t, LATERAL FLATTEN(input => ${expression(one)}${sometimes(one, 40, () => ', OUTER => TRUE')}) AS f`,
  (one) => `TABLE(GENERATOR(ROWCOUNT => ${1 + one.chance.below(9)})) g`,
  () => 'TABLE(RESULT_SCAN(LAST_QUERY_ID()))',
  () => "@stage/path/x.csv (FILE_FORMAT => 'f', PATTERN => '.*') s",
  () => '@~/a',
  () => "t AT (TIMESTAMP => '2024-01-01'::timestamp) x",
  () => "t BEFORE (STATEMENT => 'q')",
  () => 't CHANGES (INFORMATION => DEFAULT) AT (OFFSET => -60)',
  () => 't SAMPLE ROW (3 ROWS) SEED (1)',
  (one) =>
    `t MATCH_RECOGNIZE (PARTITION BY a ORDER BY b MEASURES FIRST(a) AS x, ${expression(one)} AS y ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW PATTERN (s+ (d | u)* e{1,3}?) DEFINE s AS ${condition(one)}, d AS a < LAG(a)) m`,
  () => 't PIVOT (SUM(a) FOR b IN (ANY ORDER BY b) DEFAULT ON NULL (0)) p',
  () => "IDENTIFIER('t')",
  () => '(VALUES (1, 2), (3, 4))',
];

const duckdbTables: readonly Part[] = [
  unpivoted,
  () => "'file.parquet'",
  (one) => `read_csv('x.csv', header = true, columns = {'a': 'INT'}) ${named(one)}`,
  (one) => `range(${one.chance.below(9)}) AS r (i)`,
  (one) => `unnest([${several(one, 1, 3, expression)}]) u`,
  () => 'VALUES (1, 2), (3, 4) v (a, b)',
  () => '(PIVOT t ON c USING SUM(amount) GROUP BY a)',
  () => '(UNPIVOT t ON a, b INTO NAME n VALUE v) p',
  () => 't AT (VERSION => 3)',
  () => 'x: t',
  () => '(FROM t)',
  () => '(TABLE t) AS s',
  () => '(DESCRIBE t)',
];
