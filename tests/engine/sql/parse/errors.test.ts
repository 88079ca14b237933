import { describe, expect, it } from 'vitest';
import { errorsOf } from './read.ts';

describe('nonsense is refused at its place', () => {
  it.each([
    ['SELECT FROM t', '1:8 Expected an expression, but found the reserved word FROM'],
    ['SELECT CASE a END', "1:15 Expected WHEN, but found 'END'"],
    ['SELECT f(a,,b)', "1:12 Expected an expression, but found ','"],
    ['SELECT a IN ()', "1:14 Expected a value or a query, but found ')'"],
    ['SELECT a b c FROM t', "1:12 Expected ',' or FROM, but found 'c'"],
    ['SELECT a AS b coalesce(c, 0) AS d FROM t', "1:15 Expected ',' or FROM, but found 'coalesce'"],
    ['SELECT a AS b CASE WHEN c THEN 1 END FROM t', "1:15 Expected ',' or FROM, but found 'CASE'"],
    ["SELECT a::decimal('abc', 2)", "1:19 Expected a number, but found 'abc'"],
    ['SELECT a::', '1:11 Expected a type, but found the end'],
    ['SELECT a FROM t LIMIT LIMIT', "1:23 Expected a number of rows, but found 'LIMIT'"],
    ['WITH c (SELECT 1) SELECT 1', "1:8 Expected AS, but found '('"],
    ['SELECT a FROM t WHERE', '1:22 Expected an expression, but found the end'],
    ['SELECT a FROM t GROUP a', "1:23 Expected BY, but found 'a'"],
    ['SELECT a BETWEEN 1 OR 2', "1:20 Expected AND, but found 'OR'"],
    ['SELECT a IS 1', "1:13 Expected NULL, TRUE, FALSE or DISTINCT FROM, but found '1'"],
    ['SELECT CAST(a INT)', "1:15 Expected AS, but found 'INT'"],
    ['SELECT (a', "1:8 This '(' is not closed"],
    ["SELECT 'a", '1:8 This text is not closed'],
    ['SELECT a FROM (SELECT 1', "1:15 This '(' is not closed"],
    ['SELECT a) FROM t', "1:9 Expected the end of the statement, but found ')'"],
    ['SELECT a FROM t UNION', '1:22 Expected SELECT, but found the end'],
    ['SELECT 1; FROM', "1:11 Expected a statement, but found 'FROM'"],
  ])('%s', (sql, error) => {
    expect(errorsOf(sql)).toEqual([error]);
  });

  it.each([
    ['SELECT FROM t', '1:8 Expected an expression, but found the reserved word FROM'],
    ['SELECT CASE a END', "1:15 Expected WHEN, but found 'END'"],
    ['SELECT f(a,)', "1:12 Expected an expression, but found ')'"],
    ['SELECT a IN ()', "1:14 Expected a value or a query, but found ')'"],
    ['SELECT a < b < c', '1:14 Comparisons cannot be chained [Join them with AND, or use parentheses.]'],
    ['SELECT * FROM a JOIN b', '1:23 Expected ON or USING, but found the end'],
    ['SELECT 1 FROM t GROUP BY a WHERE b', '1:28 WHERE has to stand before GROUP'],
    ['SELECT ""', '1:8 A name cannot be empty'],
  ])('%s in the other dialect', (sql, error) => {
    expect(errorsOf(sql, 'duckdb')[0]).toBe(error);
  });
});

describe('a comma with nothing behind it', () => {
  it('is an error in FROM where the dialect has none there', () => {
    expect(errorsOf('SELECT a FROM t,')).toEqual(['1:17 Expected a table, but found the end']);
    expect(errorsOf('SELECT a FROM t,', 'duckdb')).toEqual([]);
  });

  it('ends what a SELECT gives', () => {
    expect(errorsOf('SELECT a, b, FROM t')).toEqual([]);
  });
});

describe('a misspelt word', () => {
  it.each([
    ['SELEC a FROM t', "1:1 Expected a statement, but found 'SELEC' [Did you mean SELECT?]"],
    ['SELECT a FORM t', "1:10 Expected ',' or FROM, but found 'FORM' [Did you mean FROM?]"],
    ['SELECT a FROM t WEHRE x = 1', "1:17 Expected the end of the query, but found 'WEHRE' [Did you mean WHERE?]"],
    ['SELECT a FROM t GRUOP BY a', "1:17 Expected the end of the query, but found 'GRUOP' [Did you mean GROUP?]"],
    ['SELECT CASE WEN a THEN b END', "1:13 Expected WHEN, but found 'WEN' [Did you mean WHEN?]"],
  ])('%s', (sql, error) => {
    expect(errorsOf(sql)[0]).toBe(error);
  });
});

describe('a reserved word as a name', () => {
  it('is named, with the way out', () => {
    expect(errorsOf('SELECT a AS order FROM t')[0]).toBe(
      '1:13 Expected an alias, but found the reserved word ORDER [As a name, it needs double quotes: "order".]',
    );
    expect(errorsOf('SELECT group, a FROM t')).toEqual([
      '1:8 Expected an expression, but found the reserved word GROUP [As a name, it needs double quotes: "group".]',
    ]);
    expect(errorsOf('SELECT "order" AS "group" FROM "select" "where"')).toEqual([]);
  });
});

describe('several errors of one statement are reported', () => {
  it('in the items and clauses of a SELECT', () => {
    expect(errorsOf('SELECT a +, f(b c), d FROM t WHERE AND x GROUP y')).toEqual([
      "1:11 Expected an expression, but found ','",
      "1:17 Expected ',' or ')', but found 'c'",
      '1:36 Expected an expression, but found the reserved word AND',
      "1:48 Expected BY, but found 'y'",
    ]);
  });

  it('in common tables and what follows them', () => {
    expect(errorsOf('WITH a AS (SELECT FROM t), b AS (SELECT 1 +) SELECT * FROM a WHERE')).toEqual([
      '1:19 Expected an expression, but found the reserved word FROM',
      "1:44 Expected an expression, but found ')'",
      '1:67 Expected an expression, but found the end',
    ]);
  });

  it('in several statements', () => {
    expect(errorsOf('SELECT 1 +;\nSELECT 2;\nSELECT 3 *\n')).toEqual([
      "1:11 Expected an expression, but found ';'",
      '4:1 Expected an expression, but found the end',
    ]);
  });

  it('and one mistake is one error', () => {
    expect(errorsOf('SELECT a FROM t WHERE x = = 1 ORDER BY a')).toHaveLength(1);
    expect(errorsOf('SELECT a, b FROM t JOIN u ON (t.x = u.x WHERE a = 1')).toHaveLength(1);
  });
});

describe('errors never throw', () => {
  const whole = `WITH a AS (SELECT x::NUMBER(10, 2), f(y => 1)[0]:k.l FROM t AT(OFFSET => -60) s, LATERAL FLATTEN(input => v) f
    WHERE a BETWEEN 1 AND 2 AND b IN (SELECT 1) QUALIFY ROW_NUMBER() OVER (PARTITION BY a ORDER BY b DESC NULLS LAST) = 1)
    SELECT CASE WHEN a THEN 'b' ELSE {'c': [1, 2]} END FROM a PIVOT(SUM(x) FOR y IN ('p', 'q')) UNION ALL (SELECT 1)`;

  it.each(['snowflake', 'duckdb'])('%s: for any beginning of a text, and with any token left out', (dialect) => {
    const tokens = whole.split(/(\b|\s+)/);
    for (let index = 0; index < tokens.length; index++) {
      errorsOf(tokens.slice(0, index).join(''), dialect);
      errorsOf([...tokens.slice(0, index), ...tokens.slice(index + 1)].join(''), dialect);
    }
    expect(errorsOf(whole)).toEqual([]);
  });
});
