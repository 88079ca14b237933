import { describe, expect, test } from 'vitest';
import { logicOfSql } from '../../../../src/3-compile/reading/logic-of-sql.ts';
import { type CodeLogic, changedLogic } from '../../../../src/core/index.ts';
import { findDialect } from '../../../../src/sql/index.ts';

const dialect = findDialect('duckdb')!;

function logicOf(sql: string): CodeLogic {
  const logic = logicOfSql(sql, dialect, []);
  if (!logic) throw new Error(`cannot be read: ${sql}`);
  return logic;
}

/** What differs between two queries: `rows`, or the columns. */
function changed(before: string, after: string): string {
  const change = changedLogic(logicOf(before), logicOf(after), undefined);
  return change === 'rows' ? change : change.read.join();
}

describe('an output column is other logic when what it is worked out from is', () => {
  test.each([
    ['its own expression', 'select a, b + 1 as c from t', 'select a, b + 2 as c from t', 'c'],
    [
      'an expression in a common table',
      'with x as (select a, upper(b) as b from t) select a, b as c from x',
      'with x as (select a, lower(b) as b from t) select a, b as c from x',
      'c',
    ],
    [
      'an expression in a subquery, behind a star',
      'select * from (select a, b + 1 as b from t) as x',
      'select * from (select a, b + 2 as b from t) as x',
      'b',
    ],
    ['another kind of cast', 'select a, b::date as b from t', 'select a, try_cast(b as date) as b from t', 'b'],
    [
      'a window',
      'select a, sum(b) over (order by c) as s from t',
      'select a, sum(b) over (order by d) as s from t',
      's',
    ],
    [
      'one arm of a union',
      'select a, b from t union all select a, 1 as b from u',
      'select a, b from t union all select a, 2 as b from u',
      'b',
    ],
    [
      'a scalar subquery',
      'select a, (select max(x) from u) as m from t',
      'select a, (select min(x) from u) as m from t',
      'm',
    ],
    [
      'what a star replaces in a table of unknown columns',
      'select * replace (a + 1 as a) from t',
      'select * replace (a + 2 as a) from t',
      'a',
    ],
    [
      'the other one of two readings of a table',
      'select a.x, a.y from t a join t b on a.k = b.l',
      'select a.x, b.y from t a join t b on a.k = b.l',
      'y',
    ],
    ['a cast to another precision', 'select b::timestamp(3) as b from t', 'select b::timestamp(6) as b from t', 'b'],
    [
      'a hash of a row',
      'with x as (select a + 1 as a from t) select hash(x) as h from x',
      'with x as (select a + 2 as a from t) select hash(x) as h from x',
      'h',
    ],
    ['a column that is new', 'select a from t', 'select a, b from t', 'b'],
    ['a column that is gone', 'select a, b from t', 'select a from t', 'b'],
  ])('%s', (_, before, after, columns) => {
    expect(changed(before, after)).toBe(columns);
  });
});

describe('all columns are, where other rows come out', () => {
  test.each([
    ['the direction of a comparison', 'select a from t where b > c', 'select a from t where c > b'],
    ['a filter', 'select a from t where b = 1', 'select a from t where b = 2'],
    ['a table', 'select a from t', 'select a from u'],
    ['a join', 'select t.a from t join u on t.b = u.b', 'select t.a from t left join u on t.b = u.b'],
    ['the condition of a join', 'select t.a from t join u on t.b = u.b', 'select t.a from t join u on t.b = u.c'],
    [
      'the other way of a join of a table with itself',
      'select a.x from t a join t b on a.k = b.l',
      'select a.x from t a join t b on b.k = a.l',
    ],
    ['what is grouped by', 'select a, sum(x) as x from t group by a', 'select a, sum(x) as x from t group by a, b'],
    [
      'a key of group by all',
      'select a, b, sum(x) as x from t group by all',
      'select a, b + 1 as b, sum(x) as x from t group by all',
    ],
    ['a column of distinct rows', 'select distinct a, b from t', 'select distinct a, b + 1 as b from t'],
    [
      'a filter in a common table',
      'with x as (select a from t where b = 1) select a from x',
      'with x as (select a from t where b = 2) select a from x',
    ],
    [
      'a filter on a computed column',
      'with x as (select a, b + 1 as b from t) select a from x where b > 1',
      'with x as (select a, b + 2 as b from t) select a from x where b > 1',
    ],
    ['the order before a limit', 'select a from t order by b limit 1', 'select a from t order by c limit 1'],
    ['what is unnested among the columns', 'select a, unnest(b) as b from t', 'select a, unnest(c) as b from t'],
    ['whether it is', 'select a, b from t', 'select a, unnest(b) as b from t'],
    ['a limit', 'select a from t limit 1', 'select a from t limit 2'],
    [
      'a named window that rows are chosen by',
      'select a from t window w as (order by b) qualify row_number() over w = 1',
      'select a from t window w as (order by c) qualify row_number() over w = 1',
    ],
    ['an arm of a union', 'select a from t union all select a from u', 'select a from t'],
    [
      'a value that a table is joined on by name',
      'with x as (select a + 1 as k from t) select u.b from u join x using (k)',
      'with x as (select a + 2 as k from t) select u.b from u join x using (k)',
    ],
    [
      'the place that is ordered by before a limit',
      'select a, b from t order by 1 limit 1',
      'select b, a from t order by 1 limit 1',
    ],
    [
      'what a recursion counts by',
      'with recursive r as (select 1 as n, 2 as m union all select n + 1, m from r where n < 9) select m from r',
      'with recursive r as (select 1 as n, 2 as m union all select n + 2, m from r where n < 9) select m from r',
    ],
    [
      'what is pivoted',
      'with x as (select k, a + 1 as a from t) select * from x pivot (sum(a) for k in (1, 2))',
      'with x as (select k, a + 2 as a from t) select * from x pivot (sum(a) for k in (1, 2))',
    ],
    [
      'what is taken apart',
      'with x as (select a + 1 as a from t) select u.v from x, unnest([x.a]) as u(v)',
      'with x as (select a + 2 as a from t) select u.v from x, unnest([x.a]) as u(v)',
    ],
    [
      'a table with other names for its columns',
      'with x as (select a + 1 as a from t) select n from x as y(n) where n > 1',
      'with x as (select a + 2 as a from t) select n from x as y(n) where n > 1',
    ],
    [
      'what a subquery over a table of unknown columns takes from around it',
      'with x as (select k, a + 1 as a from t) select k from x where exists (select 1 from u where u.b = x.a)',
      'with x as (select k, a + 2 as a from t) select k from x where exists (select 1 from u where u.b = x.a)',
    ],
    [
      'which of two readings of a table a subquery means',
      'select a from t where exists (select 1 from t u where u.d > t.d)',
      'select a from t where exists (select 1 from t u where t.d > u.d)',
    ],
    [
      'the same without the name of the table',
      'with x as (select k, a + 1 as a from t) select k from x where exists (select 1 from u where b = a)',
      'with x as (select k, a + 2 as a from t) select k from x where exists (select 1 from u where b = a)',
    ],
    [
      'arms that are put together by name',
      'select a as x, b as y from t union by name select a as x, b as y from u',
      'select a as y, b as x from t union by name select a as x, b as y from u',
    ],
  ])('%s', (_, before, after) => {
    expect(changed(before, after)).toBe('rows');
  });
});

describe('columns that cannot be listed are other ones', () => {
  test.each([
    [
      'of one table and not of the other',
      'select t.* from t join u on t.k = u.k',
      'select u.* from t join u on t.k = u.k',
    ],
    ['without one of them', 'select * from t', 'select * exclude (a) from t'],
    [
      'without one of them, behind a common table',
      'with x as (select * from t) select * from x',
      'with x as (select * exclude (a) from t) select * from x',
    ],
    ['with another name for one of them', 'select * rename (a as b) from t', 'select * rename (a as c) from t'],
  ])('%s', (_, before, after) => {
    expect(logicOf(before).rest).not.toBe(logicOf(after).rest);
  });
});

describe('nothing is other logic', () => {
  test.each([
    ['space and comments', 'select a, b from t', 'select a, -- the first\n  b\nfrom t'],
    ['the order of columns', 'select a, b from t', 'select b, a from t'],
    ['a column without a name', 'select count(*) from t', 'select\n  count( * )\nfrom t'],
    ['parentheses', 'select a from t where (b = 1)', 'select a from t where ((b) = 1)'],
    ['the order of conditions', 'select a from t where b = 1 and c = 2', 'select a from t where c = 2 and 1 = b'],
    [
      'the other way round of a comparison',
      'select a > b as m from t where c >= 1',
      'select b < a as m from t where 1 <= c',
    ],
    ['two ways to write a cast', 'select b::int as b from t', 'select cast(b as int) as b from t'],
    ['a query that only passes on', 'select a from t', 'with x as (select * from t) select a from (select a from x)'],
    [
      'names within the query',
      'with x as (select a from t) select x.a from x',
      'with y as (select a from t) select y.a from y',
    ],
    [
      'names that a subquery takes from around it',
      'with x as (select a from t) select a from x where exists (select 1 from u where u.b = x.a)',
      'with y as (select a from t) select a from y where exists (select 1 from u where u.b = y.a)',
    ],
  ])('%s', (_, before, after) => {
    expect(changed(before, after)).toBe('');
  });
});

test('what does not become SQL decides about all rows', () => {
  const [before, after] = ['id', 'other_id'].map((key) => logicOfSql('select a from t', dialect, [key])!);
  expect(changedLogic(before!, after!, new Set(['a']))).toBe('rows');
});

test('columns that nobody reads are told apart', () => {
  const change = changedLogic(
    logicOf('select a, b, c from t'),
    logicOf('select a, b + 1 as b, c + 1 as c from t'),
    new Set(['a', 'b']),
  );
  expect(change).toEqual({ read: ['b'], unread: ['c'] });
});
