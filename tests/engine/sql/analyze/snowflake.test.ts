import { describe, expect, it } from 'vitest';
import { errorCodes, inSnowflake, lineageOf } from './samples.ts';

const namesOf = (sql: string): string[] => inSnowflake(sql).columns.map(({ name }) => name);

describe('what Snowflake takes is no error', () => {
  it.each([
    'select "Region", NAME, Name from raw.customers',
    'select status, my_aggregate(amount) as a, db.s.other(id) as b, count(*) as n from raw.orders group by status',
    'select o.id, sum(o.amount) over (partition by o.customer_id order by o.ordered_at) as running from raw.orders o',
    'select amount * 2 as twice, twice + 1 as more from raw.orders where twice > 10',
    'select more + 1 as most, amount + 1 as more from raw.orders',
    'select o.amount as a, c.id as b from raw.orders o join raw.customers c on a = b',
    'select status as s, count(*) as n from raw.orders group by s having n > 1 order by n desc',
    "select date_trunc('month', ordered_at) as m, count(*) as n from raw.orders group by date_trunc('MONTH', ordered_at)",
    'select customer_id, count(*) as n from raw.orders group by 1 order by 2',
    'select status, customer_id, count(*) as n from raw.orders group by cube (status, customer_id)',
    'select max(amount) as m from raw.orders having max(amount) > 1',
    'select id from raw.orders o where o.amount > (select avg(amount) from raw.orders i where i.customer_id = o.customer_id)',
    'select f.value, f.index, f.key, f.this from raw.orders o, lateral flatten(input => o.payload, outer => true) f',
    "select index, value from table(split_to_table('a,b', ','))",
    'select seq4() as n, uniform(1, 10, random()) as u from table(generator(rowcount => 10))',
    'select * from table(result_scan(last_query_id())) where "status" = 1',
    'select seq.nextval as id, metadata$filename, metadata$file_row_number, $1 from @stage/path',
    'select column1 + 1 as a, $2 as b from values (1, 2), (3, 4)',
    "select * from (select customer_id, status, amount from raw.orders) pivot (sum(amount) for status in ('new', 'done')) as p (c, fresh, done) where fresh > 1",
    "select customer_id, \"'new'\" from (select customer_id, status, amount from raw.orders) pivot (sum(amount) for status in ('new'))",
    'select anything from (select customer_id, status, amount from raw.orders) pivot (sum(amount) for status in (any))',
    'select month, sales from (select id, amount as jan, amount * 2 as feb from raw.orders) unpivot (sales for month in (jan, feb))',
    "select level, connect_by_root name as top, sys_connect_by_path(name, '/') as p from raw.customers start with manager_id is null connect by prior id = manager_id",
    'with chain as (select id, manager_id from raw.customers union all select c.id, c.manager_id from raw.customers c join chain on c.manager_id = chain.id) select * from chain',
    'with orders as (select * from raw.orders) select id from orders',
    // an alias may have the name of a column that the other alias is made of
    'select min(amount) as low, low as amount from raw.orders',
    'select sum(amount) over (partition by status) as total, iff(total > 1, total, 0) as amount from raw.orders',
    // nothing is known of the columns: these may be some of them
    'select sum(delta) as delta from nowhere.x where abs(delta) > 0',
    'select row_number() over (order by a) as n from nowhere.x where n = 1',
    // the reference does not say that it is refused, and people have it
    'with a as (select 1 as x), a as (select 1 as x) select x from a',
    'select status, md5(id) as k from raw.orders where amount > 1 having k not in (select md5(id) from raw.customers)',
    'select max(month) as month, month as m from nowhere.x where m > 1 group by 2',
    'select my_udf(amount, status) as u, db.s.other(1) as o, a.b.c(2) as p from raw.orders',
    'select whatever, x.anything from nowhere.x join nowhere.y on x.a = y.b',
    'select e.a, missing_of_which from raw.events e, nowhere.z',
    'select $session as v, :bind as b, ? as q from raw.orders',
    'select a.id, b.amount from raw.orders a asof join raw.orders b match_condition (a.ordered_at >= b.ordered_at) on a.customer_id = b.customer_id',
    "select listagg(distinct status, ',') within group (order by status) as l, percentile_cont(0.5) within group (order by amount) as m from raw.orders",
    'select object_construct(*) as o, hash(*) as h, count(*) over () as n from raw.orders',
    'select * from raw.orders match_recognize (partition by customer_id order by ordered_at measures match_number() as m, classifier() as c all rows per match pattern (a b+) define b as amount > lag(amount))',
    'select filter(payload:items, i -> i:price > 1) as f, reduce([1, 2], 0, (acc, x) -> acc + x) as r from raw.orders',
    'select id from raw.orders union all (select id from raw.customers order by name limit 1) order by id',
    "select 'a' as id, null as n, ordered_at::date as d from raw.orders where id = '5' and ordered_at >= '2024-01-01'",
    'select coalesce(payload:a, status) as v, iff(amount > 1, amount, payload:b) as w from raw.orders',
    'select o.id from raw.orders o left join raw.customers c on o.customer_id = c.id qualify row_number() over (partition by o.id order by c.name) = 1',
    'select orders.id, raw.orders.amount from raw.orders',
    'select id, id as id2 from raw.orders order by id',
    'select a.id from raw.orders a join raw.customers b on a.customer_id = b.id order by id',
    'select t.* from (select * from raw.orders) t (a, b)',
    'select day, month from (select 1 as day, 2 as month)',
    "select value:a::int as v from table(flatten(input => parse_json('[1]')))",
    'select * from raw.orders sample (10) limit 5',
    'select * from raw.orders at (offset => -60)',
  ])('%s', (sql) => {
    expect(errorCodes(inSnowflake(sql))).toEqual([]);
  });
});

describe('what Snowflake refuses is an error', () => {
  it.each([
    ['sql/unknown-column', 'select nam from raw.customers'],
    ['sql/unknown-column', 'select c.nam from raw.customers c'],
    ['sql/unknown-column', 'select region from raw.customers'],
    ['sql/unknown-column', 'select "name" from raw.customers'],
    ['sql/unknown-column', 'select * from raw.orders o join raw.customers c using (customer_id)'],
    ['sql/unknown-column', 'select * exclude (nope) from raw.orders'],
    ['sql/unknown-column', 'select * rename (nope as x) from raw.orders'],
    ['sql/unknown-column', 'with c as (select id from raw.orders) select amount from c'],
    ['sql/unknown-column', 'select nope from (select id from raw.orders) s'],
    [
      'sql/unknown-column',
      'select name from raw.customers where exists (select 1 from raw.orders o where o.customer = customers.id)',
    ],
    ['sql/unknown-column', 'select x.value from raw.orders o, lateral flatten(o.payloads) x'],
    ['sql/unknown-column', 'select status from raw.orders qualify rank() over (order by nope) = 1'],
    ['sql/unknown-column', 'select a + 1 as a from raw.orders'],
    ['sql/unknown-table', 'select id from raw.orders, (select orders.amount as x)'],
    ['sql/unknown-column', 'select id from raw.orders union select id from raw.customers order by amount'],
    ['sql/unknown-column', 'select column3 from values (1, 2)'],
    ['sql/unknown-table', 'select o.id from raw.customers c'],
    ['sql/unknown-table', 'select * from raw.ordesr'],
    ['sql/unknown-table', 'select customers.id from raw.customers c'],
    ['sql/unknown-table', 'select x.* from raw.orders'],
    ['sql/ambiguous-column', 'select id from raw.orders, raw.customers'],
    ['sql/ambiguous-column', 'select x from (select 1 as x, 2 as x)'],
    ['sql/ungrouped-column', 'select status, sum(amount) as s from raw.orders'],
    ['sql/ungrouped-column', 'select status, customer_id, sum(amount) as s from raw.orders group by status'],
    ['sql/ungrouped-column', "select max(id) as m from raw.orders having status = 'x'"],
    ['sql/aggregate-in-where', 'select status from raw.orders where sum(amount) > 1'],
    ['sql/aggregate-in-where', 'select status, sum(amount) as total from raw.orders where total > 1 group by status'],
    ['sql/window-in-where', 'select status from raw.orders where row_number() over (order by id) = 1'],
    ['sql/window-in-where', 'select row_number() over (order by id) as rn from raw.orders where rn = 1'],
    ['sql/nested-aggregate', 'select sum(count(*)) as n from raw.orders'],
    ['sql/set-operation-width', 'select 1 as a union all select 1, 2'],
    ['sql/order-by-position', 'select id from raw.orders order by 3'],
    ['sql/order-by-position', 'select id from raw.orders group by 2'],
    ['sql/subquery-columns', 'select id from raw.orders where id in (select id, name from raw.customers)'],
    ['sql/subquery-columns', 'select (select id, name from raw.customers) as v from raw.orders'],
    ['sql/missing-over', 'select row_number() as n from raw.orders'],
    ['sql/wrong-arity', 'select abs(1, 2) as v from raw.orders'],
    ['sql/unknown-date-part', 'select dateadd(dai, 1, ordered_at) as v from raw.orders'],
    ['sql/values-width', 'select * from (values (1, 2), (3)) v'],
    ['sql/too-many-names', 'select * from (select 1 as a) v (a, b)'],
    ['sql/duplicate-column', 'create table y as select id, id from raw.orders'],
    [
      'sql/duplicate-column',
      'create view y as select * from raw.orders o join raw.customers c on o.customer_id = c.id',
    ],
    ['sql/empty-star', 'select * exclude (id, name, manager_id, "Region") from raw.customers'],
  ])('%s: %s', (code, sql) => {
    expect(errorCodes(inSnowflake(sql))).toEqual([code]);
  });
});

describe('output columns in Snowflake', () => {
  it.each<readonly [string, string, readonly string[]]>([
    [
      'names are in upper case unless quoted',
      'select id, "Region", name as "n", 1 as One from raw.customers',
      ['ID', 'Region', 'n', 'ONE'],
    ],
    [
      'an expression is called by its text',
      'select count(*), id + 1 from raw.customers group by id',
      ['COUNT(*)', 'ID + 1'],
    ],
    [
      'EXCLUDE and RENAME',
      'select * exclude "Region" rename (id as key) from raw.customers',
      ['KEY', 'NAME', 'MANAGER_ID'],
    ],
    ['ILIKE', "select * ilike '%ID' from raw.orders", ['ID', 'CUSTOMER_ID']],
    [
      'columns of USING come first and once',
      'select * from (select name, id from raw.customers) a join (select amount, id from raw.orders) b using (id)',
      ['ID', 'NAME', 'AMOUNT'],
    ],
    ['VALUES', 'select * from values (1, 2)', ['COLUMN1', 'COLUMN2']],
    [
      'PIVOT',
      "select * from (select status, amount from raw.orders) pivot (sum(amount) for status in ('new', 'done'))",
      ["'new'", "'done'"],
    ],
    [
      'UNPIVOT',
      'select * from (select id, amount as a, amount as b from raw.orders) unpivot (v for n in (a, b))',
      ['ID', 'N', 'V'],
    ],
    ['a column wins over an alias in SELECT', 'select id as status, status as s from raw.orders', ['STATUS', 'S']],
  ])('%s', (_, sql, expected) => {
    expect(namesOf(sql)).toEqual(expected);
  });

  it('have types, and are null only if they may be', () => {
    const sql = `select id, amount * 2 as twice, coalesce(amount, 0) as filled, count(*) as n, sum(amount) as total,
      payload:a::date as d, ordered_at from raw.orders group by all`;
    expect(inSnowflake(sql).columns.map(({ name, type, nullable }) => [name, type, nullable])).toEqual([
      ['ID', 'NUMBER(38,0)', true],
      ['TWICE', 'NUMBER(13,2)', true],
      ['FILLED', 'NUMBER(12,2)', false],
      ['N', 'NUMBER(18,0)', false],
      ['TOTAL', 'NUMBER(24,2)', true],
      ['D', 'DATE', true],
      ['ORDERED_AT', 'TIMESTAMP_NTZ(9)', true],
    ]);
  });

  it('may be null on the empty side of an outer join', () => {
    const sql = 'select a.x as a, b.x as b from (select 1 as x) a left join (select 2 as x) b on a.x = b.x';
    expect(inSnowflake(sql).columns.map(({ nullable }) => nullable)).toEqual([false, true]);
  });

  it('say where they stand', () => {
    const sql = 'select id, amount + 1 as more, c.* from raw.orders join raw.customers c using (id)';
    const texts = inSnowflake(sql).columns.map(({ start, end }) => sql.slice(start, end));
    expect(texts.slice(0, 3)).toEqual(['id', 'amount + 1', 'c.*']);
  });
});

describe('a word that could be a date part or a column', () => {
  const days = 'from (select ordered_at::date as d, ordered_at as month from raw.orders)';
  it.each([
    [`select date_trunc(week, d) as v ${days}`, 'DATE'],
    [`select date_trunc('month', d) as v ${days}`, 'DATE'],
    [`select date_trunc(d, 'month') as v ${days}`, 'DATE'],
    [`select trunc(d, month) as v ${days}`, 'DATE'],
    [`select date_trunc(day, month) as v ${days}`, 'TIMESTAMP_NTZ(9)'],
    [`select dateadd(month, 1, month) as v ${days}`, 'TIMESTAMP_NTZ(9)'],
  ])('is the column where the part stands beside it: %s', (sql, type) => {
    const found = inSnowflake(sql);
    expect(found.columns[0]?.type).toBe(type);
    expect(lineageOf(found)).toEqual(['V < raw.orders.ordered_at:computed']);
  });

  it('is the column of a table of which nothing is known, not an alias that stands further on', () => {
    expect(lineageOf(inSnowflake('select a + 1 as b, b as a from nowhere.x'))).toEqual([
      'B < NOWHERE.X.A:computed',
      'A < NOWHERE.X.A:computed',
    ]);
  });

  it('is still looked for where it is neither', () => {
    expect(errorCodes(inSnowflake(`select date_trunc(month, nothing) as v ${days}`))).toEqual(['sql/unknown-column']);
  });
});
