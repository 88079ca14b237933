import { expect, it } from 'vitest';
import { findDialect, hasLastingRows, hasLastingValues, parse, queryOf } from '../../../src/sql/index.ts';

const dialect = findDialect('duckdb')!;

/** Whether the rows stay when the table `part` gets more rows. */
function stays(sql: string, lasts = hasLastingRows): boolean {
  const [statement] = parse(sql, { dialect: dialect.name }).statements;
  const query = statement && queryOf(statement);
  expect(query, sql).toBeDefined();
  return lasts(query!, { dialect, grows: (parts) => parts.at(-1) === 'part' });
}

it('a query that looks at each row by itself keeps its rows when a table gets more of them', () => {
  const lasting = [
    'select * from shop.main.part where amount < 0',
    'select * from (select * from part where day > current_date) as t where amount is null or amount > 5',
    'select p.id from part as p left join whole as w on p.id = w.id where w.id is null',
    'select p.id from whole as w right join part as p using (id) where w.id is null',
    'with p as (select * from part), w as (select * from whole) select p.id from p join w on p.id = w.id where p.x <> w.x',
    'select id from part where id not in (select id from whole)',
    'select id from part union all select id from whole',
    'select id from part except select id from whole',
    'select sum(amount) from whole having sum(amount) <> 5',
    'select (select max(id) from whole) from part',
  ];
  for (const sql of lasting) expect(stays(sql), sql).toBe(true);
});

it('groups stay that are chosen by their keys, or by having at least so many rows', () => {
  const lasting = [
    'select id, count(*) as n from part where id is not null group by id having count(*) > 1',
    'with n as (select id, count(*) as rows from part group by 1) select * from n where rows > 1',
    "with v as (select status as value, count(*) as n from part group by status) select * from v where value not in ('a')",
    'select id from part group by id having 2 <= count(distinct name)',
    'select count(*) from part',
  ];
  for (const sql of lasting) expect(stays(sql), sql).toBe(true);
});

it('what sums, outer joins, limits and subqueries decide may be otherwise with more rows', () => {
  const unsure = [
    'select w.id from whole as w left join part as p on w.id = p.id where p.id is null',
    'select * from whole full outer join part using (id)',
    'select w.id from whole as w anti join part as p on w.id = p.id',
    'select id from whole where id not in (select id from part)',
    'select id from whole where not exists (select 1 from part where part.id = whole.id)',
    'select id from whole except select id from part',
    'select day, sum(amount) as total from part group by day having sum(amount) <> 0',
    'with d as (select day, sum(amount) as total from part group by day) select * from d where total < 10',
    'with n as (select id, count(*) as rows from part group by id) select * from n where rows < 3',
    'with n as (select id, count(*) as rows from part group by id) select rows, count(*) from n group by 1',
    'select count(*) from part having count(*) = 0',
    'select * from (select count(*) as n from part) where n <> (select count(*) from whole)',
    'select id from part qualify row_number() over (partition by day order by id) = 2',
    'select id from part order by id limit 1 offset 3',
    'select * from (select (select count(*) from part) as n) where n < 3',
    'with recursive r as (select id from part union all select id + 1 from r where id < 3) select * from r',
    'pivot part on day using sum(amount)',
  ];
  for (const sql of unsure) expect(stays(sql), sql).toBe(false);
});

it('a name that is found in its own common table is looked at in all dialects', () => {
  const snowflake = findDialect('snowflake')!;
  const lasts = (sql: string): boolean => {
    const [statement] = parse(sql, { dialect: snowflake.name }).statements;
    return hasLastingRows(queryOf(statement!)!, { dialect: snowflake, grows: (parts) => parts.at(-1) === 'PART' });
  };
  expect(lasts('with p as (select * from part union all select * from whole) select * from p where id < 0')).toBe(true);
  expect(lasts('with p as (select id from part union all select id + 1 from p) select * from p')).toBe(false);
  expect(lasts('select w.id from whole w, part p where w.id = p.id (+) and p.id is null')).toBe(false);
});

it('nothing is said of a query that is nested too deeply', () => {
  const query = queryOf(parse('select * from part', { dialect: dialect.name }).statements[0]!)!;
  const grows = (): boolean => {
    throw new RangeError('Maximum call stack size exceeded');
  };
  expect(hasLastingRows(query, { dialect, grows })).toBe(false);
});

it('what reads no such table stays as it is, whatever it does', () => {
  expect(stays('select day, sum(amount) from whole group by day having sum(amount) <> 0 limit 3')).toBe(true);
});

it('values stay that come from one row each', () => {
  const lasting = [
    'select * from part where id > 3',
    'with p as (select id + 1 as id from part) select id from p join whole using (id)',
  ];
  for (const sql of lasting) expect(stays(sql, hasLastingValues), sql).toBe(true);
  const moving = [
    'select count(*) as n from part',
    'select *, n + 1 as more from (select id, max(day) as n from part group by id)',
    'select id, lag(day) over (order by day) from part',
  ];
  for (const sql of moving) expect(stays(sql, hasLastingValues), sql).toBe(false);
});
