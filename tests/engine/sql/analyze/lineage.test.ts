import { describe, expect, it } from 'vitest';
import { filtersOf, inDuckdb, inSnowflake, lineageOf } from './samples.ts';

describe('a value is', () => {
  it.each<readonly [string, string, readonly string[]]>([
    ['copied through an alias', 'select id as x from t', ['x < t.id:copied']],
    ['copied by a star', 'select * from u', ['name < u.name:copied', 'x < u.x:copied', 'id < u.id:copied']],
    [
      'copied through common tables',
      'with a as (select id from t), b as (select * from a) select id as y from b',
      ['y < t.id:copied'],
    ],
    ['copied out of parentheses', 'select (id) from t', ['id < t.id:copied']],
    ['computed by a cast', 'select id::varchar as v from t', ['v < t.id:computed']],
    [
      'computed by the condition of CASE',
      'select case when id = 1 then name end as v from t',
      ['v < t.id:computed t.name:computed'],
    ],
    ['computed by a scalar function', 'select lower(name) as v from t', ['v < t.name:computed']],
    ['computed from a member', 'select st.b.c as v from s', ['v < s.st:computed']],
    ['computed from the row', 'select t as v from t', ['v < t.id:computed t.name:computed t.amount:computed']],
    ['aggregated', 'select sum(amount + id) / count(*) as v from t', ['v < t.amount:aggregated t.id:aggregated']],
    [
      'aggregated over a window',
      'select sum(id) over (partition by name order by amount) as v from t',
      ['v < t.id:aggregated'],
    ],
    ['computed by a window function', 'select lag(id) over (order by amount) as v from t', ['v < t.id:computed']],
    ['of nothing for COUNT(*) and literals', 'select count(*) as n, 1 as one from t', ['n <', 'one <']],
    [
      'of the group for an ordered set',
      'select mode() within group (order by name) as v from t',
      ['v < t.name:aggregated'],
    ],
    ['of all arms of a UNION', 'select id from t union all select x from u', ['id < t.id:copied u.x:copied']],
    ['of the first arm of EXCEPT', 'select id from t except select x from u', ['id < t.id:copied']],
    [
      'of both sides of a full join by USING',
      'select id from t full join u using (id)',
      ['id < t.id:computed u.id:computed'],
    ],
    ['of the left side of a join by USING', 'select id from t join u using (id)', ['id < t.id:copied']],
    ['of the right side of a right join by USING', 'select id from t right join u using (id)', ['id < u.id:copied']],
    ['through a lateral alias', 'select id + 1 as a, a * 2 as b from t', ['a < t.id:computed', 'b < t.id:computed']],
    ['of a scalar subquery', 'select (select max(x) from u where u.id = t.id) as v from t', ['v < u.x:aggregated']],
    ['of a list that is unnested', 'select e.v from s, unnest(s.l) as e(v)', ['v < s.l:computed']],
    ['of pivoted columns', "from t pivot (sum(amount) for name in ('a')) select a", ['a < t.amount:aggregated']],
    [
      'of columns that become rows',
      'from u unpivot (v for n in (x, id)) select n, v',
      ['n <', 'v < u.x:copied u.id:copied'],
    ],
    [
      'through COLUMNS',
      "select max(columns('a.*')) from t",
      ['name < t.name:aggregated', 'amount < t.amount:aggregated'],
    ],
    [
      'through UNION BY NAME',
      'select id from t union all by name select x, id from u',
      ['id < t.id:copied u.id:copied', 'x < u.x:copied'],
    ],
    [
      'of replaced columns',
      'select * exclude (name) replace (id + amount as id) from t',
      ['id < t.id:computed t.amount:computed', 'amount < t.amount:copied'],
    ],
  ])('%s', (_, sql, expected) => {
    expect(lineageOf(inDuckdb(sql))).toEqual(expected);
  });

  it('of the anchor and of the recursive arm in a recursive common table', () => {
    const sql = `with recursive r as (
      select id, name, amount from t
      union all select u.id, r.name, r.amount + u.x from u join r on u.id = r.id
    ) select * from r`;
    expect(lineageOf(inDuckdb(sql))).toEqual([
      'id < t.id:copied u.id:copied',
      'name < t.name:copied',
      'amount < t.amount:computed u.x:computed',
    ]);
  });

  it('of a column that wanders from one place to another in a recursive common table', () => {
    const sql = `with recursive r(a, b) as (select id, x from u union all select b, a from r) select a from r`;
    expect(lineageOf(inDuckdb(sql))).toEqual(['a < u.id:copied u.x:copied']);
  });

  it.each<readonly [string, string, readonly string[]]>([
    [
      'of a variant by its path',
      'select payload:a.b[0]::string as v from raw.orders',
      ['V < raw.orders.payload:computed'],
    ],
    [
      'of FLATTEN by its input',
      'select f.value:x as v from raw.orders o, lateral flatten(input => o.payload:items) f',
      ['V < raw.orders.payload:computed'],
    ],
    [
      'not of words for date parts',
      'select dateadd(day, 1, ordered_at) as d from raw.orders',
      ['D < raw.orders.ordered_at:computed'],
    ],
    [
      'not of a lambda’s parameter',
      'select transform(payload:a, i -> i:b) as v from raw.orders',
      ['V < raw.orders.payload:computed'],
    ],
    [
      'of a measure',
      'select * from raw.orders match_recognize (partition by status order by ordered_at measures last(up.amount) as top pattern (up+) define up as amount > lag(amount))',
      ['STATUS < raw.orders.status:copied', 'TOP < raw.orders.amount:computed'],
    ],
    [
      'of the row before in a hierarchy',
      'select prior name as boss from raw.customers start with manager_id is null connect by manager_id = prior id',
      ['BOSS < raw.customers.name:computed'],
    ],
    [
      'of a stage by position',
      'select $1:a as a, $2 as b from @stage/x',
      ['A < @stage/x.$1:computed', 'B < @stage/x.$2:copied'],
    ],
    [
      'of a relation whose columns are unknown',
      'with c as (select * from raw.events) select a, lower(b) as b from c',
      ['A < raw.events.A:copied', 'B < raw.events.B:computed'],
    ],
    ['of all columns of an unknown relation', 'select * from raw.events', ['* < raw.events.*:copied']],
  ])('%s, in Snowflake', (_, sql, expected) => {
    expect(lineageOf(inSnowflake(sql))).toEqual(expected);
  });
});

describe('rows are chosen by', () => {
  it.each<readonly [string, string, readonly string[]]>([
    ['WHERE', "select id from t where name = 'a'", ['t.name:filter']],
    [
      'HAVING and GROUP BY',
      'select name from t group by name having sum(amount) > 1',
      ['t.name:group', 't.amount:filter'],
    ],
    ['a position in GROUP BY', 'select name, count(*) from t group by 1', ['t.name:group']],
    ['GROUP BY ALL', 'select name, sum(id) as n from t group by all', ['t.name:group']],
    [
      'an alias in WHERE',
      'select amount + x as k from t join u using (name) where k > 1',
      ['t.name:join', 'u.name:join', 't.amount:filter', 'u.x:filter'],
    ],
    ['ON', 'select 1 as one from t join u on t.id = u.x', ['t.id:join', 'u.x:join']],
    ['windows', 'select rank() over (partition by name order by id) as r from t', ['t.name:group', 't.id:order']],
    ['QUALIFY', 'select id from t qualify row_number() over (order by amount) = 1', ['t.amount:order']],
    ['ORDER BY an output column', 'select id as x from t order by x', ['t.id:order']],
    ['ORDER BY another column', 'select id as x from t order by amount', ['t.amount:order']],
    ['the filter of an aggregate', 'select sum(id) filter (where amount > 1) as v from t', ['t.amount:filter']],
    ['the order inside an aggregate', 'select string_agg(name, x order by id) as v from u', ['u.id:order']],
    [
      'a query behind EXISTS',
      'select id from t where exists (select 1 from u where u.id = t.id)',
      ['u.id:filter', 't.id:filter'],
    ],
    ['a query behind IN', 'select id from t where name in (select name from u)', ['t.name:filter', 'u.name:filter']],
    ['the other arm of INTERSECT', 'select id from t intersect select x from u', ['u.x:filter']],
    [
      'a common table that is read',
      'with c as (select id from t where amount > 1) select id from c',
      ['t.amount:filter'],
    ],
    ['nothing in a common table that is not read', 'with c as (select id from t where amount > 1) select 1 as one', []],
    ['DISTINCT ON', 'select distinct on (name) id from t', ['t.name:group']],
  ])('%s', (_, sql, expected) => {
    expect(filtersOf(inDuckdb(sql))).toEqual(expected);
  });
});

describe('relations', () => {
  it('tell which of their columns the result depends on', () => {
    const sql = 'with c as (select * from t) select c.id, u.x from c join u on u.name = c.name';
    expect(inDuckdb(sql).relations).toEqual([
      { name: 't', known: true, used: ['id', 'name'] },
      { name: 'u', known: true, used: ['x', 'name'] },
    ]);
  });

  it('are named as the schema does, or as the query does if the schema does not have them', () => {
    const { relations } = inSnowflake('select 1 as one from orders, other.place.things, raw.events');
    expect(relations.map(({ name, known }) => [name, known])).toEqual([
      ['raw.orders', true],
      ['OTHER.PLACE.THINGS', false],
      ['raw.events', false],
    ]);
  });

  it('are none for common tables and table functions', () => {
    expect(inDuckdb('with c as (select 1 as a) select * from c, range(3)').relations).toEqual([]);
  });
});
