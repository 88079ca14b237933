import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import { front } from './front.ts';
import type { DialectName } from './writing.ts';

/** Texts that broke something once, as short as they still did; found by bench/sql/fuzz.mjs. */
const accepted: readonly [DialectName, string, string][] = [
  ['snowflake', 'an array behind the count of TOP', 'SELECT TOP 3 [a, b] AS x FROM t'],
  ['snowflake', 'parentheses behind ALL', 'SELECT ALL (a) FROM t'],
  ['snowflake', 'UNPIVOT with its nulls', 'SELECT * FROM t UNPIVOT INCLUDE NULLS (s FOR m IN (a, b))'],
  ['snowflake', 'a comment on the line before FROM', 'SELECT id\n--\nFROM t'],
  ['snowflake', 'a comment between a call and its parentheses', 'SELECT\nid\n--\nFROM t/**/()'],
  ['snowflake', 'a comment and a line break behind a comma', 'SELECT (1,/**/\n2)'],
  [
    'snowflake',
    'two comments between the options of a view',
    "CREATE VIEW v\n-- a\nCOPY /* b */ GRANTS COMMENT = 'c' AS SELECT 1",
  ],
  ['snowflake', 'a comment at the end of an inner query', 'SELECT 1 FROM (SELECT a /* b */\n) -- c\nWHERE d'],
  ['duckdb', 'words between arguments', "SELECT EXTRACT(month FROM a), POSITION(a IN b), TRIM(LEADING 'x' FROM c)"],
  ['duckdb', 'the side of TRIM without FROM', 'SELECT TRIM(BOTH a), TRIM(TRAILING b), TRIM(FROM c)'],
  ['duckdb', 'the state of an aggregate', 'SELECT (quantile_disc(a) EXPORT_STATE)'],
  ['duckdb', 'aggregates in a key', 'WITH RECURSIVE t (a, b) USING KEY (a, max(b)) AS (SELECT 1, 2) TABLE t'],
  ['duckdb', 'aliases before tables', 'FROM x: t, y: u JOIN z: v ON true'],
  ['duckdb', 'two signs before a number', 'SELECT - -1_000, + -1, - - -a'],
  ['duckdb', 'a word behind a sign', 'SELECT +NOT a'],
  ['duckdb', 'a comma before a clause', 'FROM t SELECT a, LIMIT 10%'],
  ['duckdb', 'a comma before a sample', 'SELECT a, USING SAMPLE 3'],
  ['duckdb', 'a text as the name of a common table', "WITH 'x.parquet' AS (SELECT 1) SELECT 1"],
  ['duckdb', 'a name in quotes as a type', 'SELECT sum(a) OVER w FROM t WINDOW w AS (ORDER BY (true::"a b"))'],
  ['duckdb', 'a comment at the end of a query in IN', 'SELECT a IN (SELECT 1 FETCH FIRST ROW--\nONLY)'],
  ['duckdb', 'a comment at the end of a query that is copied', "COPY (SELECT 0--\nNOTNULL) TO 'f'"],
  ['duckdb', 'a percentage of a computed number', 'SELECT a FROM t LIMIT (30 - 10) %'],
  ['duckdb', 'a sign before a star', 'SELECT ~ * EXCLUDE (a) FROM t'],
  ['snowflake', 'a reserved word in quotes as a type', 'SELECT a::"select"'],
  [
    'snowflake',
    'comments before NULLS and behind a comma',
    'SELECT a FROM t ORDER BY (())::DECIMAL()/*\n *//**/NULLS LAST,/**/\n{}',
  ],
  ['duckdb', 'a letter before a text in dollars', 'SELECT n $$ $$'],
  ['duckdb', 'NULL between the parentheses of a type', "SELECT median(NULL)' , '"],
  ['duckdb', 'a line separator as a name', 'SELECT 1 FROM "my table".  \u2028."T"'],
  ['duckdb', 'a type before a text', 'SELECT CASE WHEN "1"$$$$ THEN 1 END'],
];

const harmless: readonly [DialectName, string, string][] = [
  ...['SELECT ', 'ALTER ', 'MERGE ', 'UPDATE ', 'DELETE ', 'REVOKE ', 'INSERT ', 'UNSET     ', 'DESCRIBE  ?'].map(
    (sql): [DialectName, string, string] => ['snowflake', 'a statement that has only begun', sql],
  ),
  ['snowflake', 'a reserved word as the name of a common table', 'WITH all AS (SELECT 1 AS a) SELECT all.a FROM all'],
  ['snowflake', 'a call that ends with the text', 'SELECT f( FROM x)'],
  ['snowflake', 'a word that only FETCH knows', 'SELECT 1 FETCH ONLY'],
  ['snowflake', 'a name for a table in dollars', 'UNDROP TABLE $$  '],
  ['snowflake', 'a dotted name that begins with a variable', 'SELECT a FROM ?.orders'],
  ['snowflake', 'a number as an option of a stage', "SELECT * FROM @s (1 => 'a')"],
  [
    'duckdb',
    'reserved words as a collation, an alias, a setting',
    'SELECT (b COLLATE AND) FROM AND: t; SET memory_limit=AS',
  ],
  ['snowflake', 'reserved words as the names of columns', 'WITH c (WHERE, b) AS (SELECT 1, 2) SELECT 1 FROM c'],
  ['duckdb', 'reserved words as the names of columns', 'WITH c (AND, b) AS (SELECT 1, 2) SELECT 1 FROM c'],
  ['duckdb', 'a reserved word as a part of a date', 'SELECT EXTRACT(FROM FROM x)'],
  ['snowflake', 'a text in time travel', "CREATE TABLE t CLONE s AT ('s' => 60)"],
  ['snowflake', 'a reserved word as a place', 'SHOW KEYS IN BY'],
  ['snowflake', 'a reserved word as an object', 'REVOKE SELECT ON NOT FROM ROLE'],
  ['duckdb', 'IN without a list', "SELECT 'a' IN NOT ()"],
  ['duckdb', 'a reserved word as the name of a common table', 'WITH all AS (SELECT 1 AS a) SELECT all.a FROM all'],
  ['duckdb', 'WITH alone', 'WITH '],
  ['duckdb', 'FROM alone', 'FROM '],
  ['duckdb', 'a pivot of everything', 'PIVOT t '],
  ['duckdb', 'half of a surrogate pair', 'FROM \ud83d'],
  ['duckdb', 'an interval of nothing', 'SELECT INTERVAL()'],
  ['duckdb', 'types without what they hold', 'SELECT CAST(a AS UNION()), CAST(b AS MAP())'],
  ['duckdb', 'a point behind a type', "SELECT 'x'::hugeint."],
  ['duckdb', 'a symbol behind a command', 'DETACH~ORDER BY x'],
  ['duckdb', 'a star and a slash as one operator', 'SELECT [POSITION( */ (false) IN a)]'],
  ['duckdb', 'a comma and nothing in a dotted name', 'SELECT.( '],
];

describe('what broke once', () => {
  it.each(accepted)('in %s is accepted and prints to what means the same: %s', (dialect, _, sql) => {
    expect(check(front, sql, dialect, true)).toBeUndefined();
  });

  it.each(harmless)('in %s does no harm: %s', (dialect, _, sql) => {
    expect(check(front, sql, dialect, false)).toBeUndefined();
  });
});
