import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Client, connect, errorOf } from './server/client.ts';
import { startServer, type TestServer } from './server/index.ts';

let server: TestServer;
let client: Client;
beforeAll(async () => {
  server = await startServer();
  client = await connect(server);
});
afterAll(() => server.close());
beforeEach(async () => {
  await rows('create or replace table t (id int, name varchar)');
  await rows("insert into t values (1, 'a'), (2, 'b'), (3, 'c')");
});

const rows = (sql: string): Promise<unknown[][]> => client.rows(sql);
const fails = async (sql: string): Promise<unknown> => (await errorOf(client.rows(sql))).code;
const all = async (): Promise<string> => (await rows('select id || name from t order by 1')).flat().join(' ');

describe('INSERT', () => {
  it('takes values or a query, by columns or in order', async () => {
    expect(await rows("insert into t (name, id) values ('d', 4), (default, 5)")).toEqual([['2']]);
    expect(await rows('insert into analytics.public.t ( select id + 10, name from t where id = 1 )')).toEqual([['1']]);
    expect(await rows('insert into t (id, name) with x as (select 7 as i) select i, i::varchar from x')).toEqual([
      ['1'],
    ]);
    expect(await rows('select id, name from t where id > 3 order by id')).toEqual([
      ['4', 'd'],
      ['5', null],
      ['7', '7'],
      ['11', 'a'],
    ]);
    expect(await fails('insert into t (id, nope) values (1, 2)')).toBe('000904');
    expect(await fails('insert into t values (1)')).toBe('002020');
  });

  it('puts new rows in the place of all when it overwrites, even of those it reads', async () => {
    expect(await rows("insert overwrite into t select id, name || '!' from t where id > 1")).toEqual([['2']]);
    expect(await all()).toBe('2b! 3c!');
    expect(await rows('insert overwrite into t (id, name) select id, name from t where 1 = 0')).toEqual([['0']]);
    expect(await all()).toBe('');
  });
});

describe('UPDATE and DELETE', () => {
  it('count their rows, with an alias and with other tables', async () => {
    expect(await rows("update t as x set x.name = 'z' where x.id < 3")).toEqual([['2', '0']]);
    expect(await rows("update t set name = s.n from (select 3 as i, 'y' as n) s where t.id = s.i")).toEqual([
      ['1', '0'],
    ]);
    expect(await all()).toBe('1z 2z 3y');
    expect(await rows('delete from t using (select 1 as i) s where t.id = s.i')).toEqual([['1']]);
    expect(
      await rows('delete from t as x where (x.id, x.name) in (select distinct id, name from t where id = 2)'),
    ).toEqual([['1']]);
    expect(await rows('delete from analytics.public.t')).toEqual([['1']]);
  });
});

describe('MERGE', () => {
  it('updates, deletes and inserts by its first clause that fits', async () => {
    const merged = await client.run(
      `merge into analytics.public.t as d using (select * from values (1, 'x', false), (2, 'y', true), (4, 'w', false) v(id, name, gone)) as s
       on (s.id = d.id)
       when matched and s.gone then delete
       when matched then update set d.name = s.name
       when not matched and s.id < 9 then insert ("ID", "NAME") values ("ID", "NAME")`,
    );
    expect(merged.rows).toEqual([['1', '1', '1']]);
    expect(merged.columns.map((column) => column.getName())).toEqual([
      'number of rows inserted',
      'number of rows updated',
      'number of rows deleted',
    ]);
    expect(await all()).toBe('1x 3c 4w');
  });

  it('is refused when several rows of the source fit one of the target', async () => {
    const source = "(select 1 as id, 'x' as name union all select 1, 'y')";
    expect(
      await fails(`merge into t using ${source} s on t.id = s.id when matched then update set name = s.name`),
    ).toBe('100090');
    expect(await all()).toBe('1a 2b 3c');
    await rows(
      `merge into t using ${source} s on t.id = s.id when matched and s.name = 'y' then update set name = s.name`,
    );
    expect(await all()).toBe('1y 2b 3c');
    await rows(`merge into t using ${source} s on t.id = s.id when matched then delete`);
    expect(await all()).toBe('2b 3c');
  });
});

describe('a query', () => {
  const one = async (expressions: string): Promise<unknown[]> => {
    const [row = []] = await rows(`select ${expressions}`);
    return row.map((cell) => (cell instanceof Date ? cell.toJSON() : cell));
  };

  it.each([
    [
      'v:a.b::string, v:l[1]::int, v[\'a\'], v:none is null from (select parse_json(\'{"a":{"b":"x"},"l":[1,2]}\') as v)',
      ['x', '2', { b: 'x' }, true],
    ],
    [
      'listagg(f.value::string, \'+\') within group (order by f.index desc) from (select parse_json(\'["a","b"]\') as v) x, lateral flatten(input => x.v) f',
      ['b+a'],
    ],
    [
      "count(*), count(f.value) from (select parse_json('[]') as v) x, lateral flatten(input => x.v, outer => true) f",
      ['1', '0'],
    ],
    [
      "object_construct('k', 1, 'none', null), array_construct(1, 'x'), array_size(parse_json('[1,2]'))",
      [{ k: 1 }, [1, 'x'], '2'],
    ],
    [
      "dateadd(month, 1, '2024-01-31'::date)::varchar, dateadd('hour', 1, '2024-01-31'::date)::varchar",
      ['2024-02-29', '2024-01-31 01:00:00.000'],
    ],
    [
      "datediff(day, '2024-01-01', '2024-02-01'), datediff('month', '2024-01-31'::date, '2024-02-01'::date)",
      ['31', '1'],
    ],
    [
      "date_trunc('month', '2024-05-06'::date)::varchar, to_char('2024-05-06 10:11:12'::timestamp_ntz, 'YYYY/MM/DD HH24:MI')",
      ['2024-05-01', '2024/05/06 10:11'],
    ],
    [
      "convert_timezone('UTC', '2024-01-01 00:00:00'::timestamp_ntz)::varchar, convert_timezone('UTC', 'Europe/Berlin', '2024-07-01 00:00:00'::timestamp_ntz)::varchar",
      ['2024-01-01 08:00:00.000', '2024-07-01 02:00:00.000'],
    ],
    [
      "to_timestamp_ntz('2024-01-01 10:00:00 +02:00')::varchar, to_timestamp_tz('2024-01-01 10:00:00 +0000')::varchar",
      ['2024-01-01 10:00:00.000', '2024-01-01 02:00:00.000 -0800'],
    ],
    [
      "iff(1 = 1, 'y', 'n'), nvl(null, 'x'), zeroifnull(null), div0(1, 0), decode(2, 1, 'a', 'b'), greatest(1, null)",
      ['y', 'x', '0', '0', 'b', null],
    ],
    ["1/3, 10/4, 2.5::float::int, '1.6'::int, 1.0::float::varchar, 7 % 3", ['0.333333', '2.5', '3', '2', '1', '1']],
    ['avg(x), sum(x), median(x) from (values (1), (2), (2)) q(x)', ['1.666667', '5', '2']],
    [
      "split_part('a-b-c', '-', 2), left('abc', 2), substr('abc', 0, 2), concat('a', null), lpad('7', 3, '0'), md5('a')",
      ['b', 'ab', 'ab', null, '007', '0cc175b9c0f1b6a831c399e269772661'],
    ],
    ["'it''s' || '\\t\\\\' || $$raw \\t$$", ["it's\t\\raw \\t"]],
    [
      "try_cast('x' as int), try_to_number('5'), try_to_date('nope'), try_cast('abcdef' as varchar(3))",
      [null, '5', null, null],
    ],
    [
      "'2024-01-01'::date + interval '1 day' = '2024-01-02'::date, '2024-03-01'::date - '2024-02-01'::date",
      [true, '29'],
    ],
    ['$1, column2 from values (1, 2)', ['1', '2']],
    [
      'x, last_value(x) over (order by x) from (values (1), (2)) q(x) qualify row_number() over (order by x) = 1',
      ['1', '2'],
    ],
    ['* exclude (b) rename (a as z) from (select 1 as a, 2 as b)', ['1']],
  ])('means what it means in Snowflake: %s', async (expressions, expected) => {
    expect(await one(expressions)).toEqual(expected);
  });

  it('puts NULL last going up and first going down', async () => {
    expect(await rows('select x from (values (1), (null)) q(x) order by x')).toEqual([['1'], [null]]);
    expect(await rows('select x from (values (1), (null)) q(x) order by x desc')).toEqual([[null], ['1']]);
  });

  it('calls a column without a name as it is written', async () => {
    const { columns } = await client.run("select count(*), upper('x')||'y', 1 as one, t.id from t group by id");
    expect(columns.map((column) => column.getName())).toEqual([
      'COUNT(*)',
      "UPPER('x')||'Y'".replace("'Y'", "'y'"),
      'ONE',
      'ID',
    ]);
  });

  it.each([
    ['select hash_agg(1)', 'function HASH_AGG'],
    ['select top 1 * from t', 'SELECT TOP'],
    ['select * from t at(offset => -60)', 'AT'],
    ['select * from t sample (10)', 'SAMPLE'],
    ["select * from t pivot (sum(id) for name in ('a'))", 'PIVOT'],
    ['select * from @stage', 'query over a stage'],
    ['copy into @stage from t', 'COPY INTO a stage'],
    ['insert all into t values (1, 2) select 1', 'multi-table INSERT'],
    ['create procedure p() returns int as $$ 1 $$', 'CREATE PROCEDURE'],
    ['alter session set week_start = 1', 'session parameter WEEK_START = 1'],
    ["select to_char(5, '999')", "format element in '999'"],
  ])('is refused by its name when this server does not know it: %s', async (sql, feature) => {
    expect(await errorOf(client.rows(sql))).toMatchObject({
      code: '000002',
      sqlState: '0A000',
      message: `Unsupported feature '${feature}'.`,
    });
  });

  it('needs a warehouse when it reads a table', async () => {
    const idle = await connect(server, { warehouse: 'nowhere' });
    expect(await idle.rows('select 1')).toEqual([['1']]);
    // The user's own warehouse stands in for one that is not there only when none is named.
    expect(await errorOf(idle.rows('select * from t'))).toMatchObject({ code: '000606', sqlState: '57P03' });
    await idle.close();
  });
});
