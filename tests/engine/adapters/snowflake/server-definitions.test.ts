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
beforeEach(() => client.rows('create or replace schema analytics.public'));

const rows = (sql: string): Promise<unknown[][]> => client.rows(sql);
const fails = async (sql: string): Promise<unknown> => (await errorOf(client.rows(sql))).code;

/** The rows of SHOW or DESCRIBE, with these columns only. */
async function pick(sql: string, ...names: readonly string[]): Promise<unknown[][]> {
  const { columns: found, rows: all } = await client.run(sql);
  const columns = found.map((column) => column.getName());
  return all.map((row) => names.map((name) => row[columns.indexOf(name)]));
}

describe('names', () => {
  it('are folded to upper case unless they are quoted, and differ by case', async () => {
    await rows('create table Mixed (a int, "a" int, "B c" int)');
    await rows('insert into mixed (A, "a", "B c") values (1, 2, 3)');
    expect(await pick('describe table MIXED', 'name')).toEqual([['A'], ['a'], ['B c']]);
    expect(await rows('select a, "a", "A", m."B c" from "MIXED" as m')).toEqual([['1', '2', '1', '3']]);
    expect(await fails('select * from "mixed"')).toBe('002003');
    expect(await fails('select "b C" from mixed')).toBe('000904');
  });

  it('are completed by the session’s database and schema', async () => {
    await rows('create schema analytics.silver');
    await rows('create table gold_less (a int)');
    expect(await rows('select current_schema()')).toEqual([['SILVER']]);
    await rows('use schema public');
    expect(await fails('select * from gold_less')).toBe('002003');
    expect(await rows('select analytics.silver.gold_less.a from analytics.silver.gold_less')).toEqual([]);
    expect(await fails('select * from analytics.nowhere.t')).toBe('002003');
    expect(await fails('use schema nowhere')).toBe('002043');
    await rows('drop schema analytics.silver cascade');
  });
});

describe('a table', () => {
  it('has columns with types, defaults, comments and constraints, of which NOT NULL is held', async () => {
    await rows(
      "create table t (id int not null, name varchar(3) default 'x' comment 'who', price number(10,2), at timestamp_ltz, v variant, primary key (id), constraint u unique (name))",
    );
    expect(await pick('describe table t', 'name', 'type', 'null?', 'default', 'primary key', 'comment')).toEqual([
      ['ID', 'NUMBER(38,0)', 'N', null, 'Y', null],
      ['NAME', 'VARCHAR(3)', 'Y', "'x'", 'N', 'who'],
      ['PRICE', 'NUMBER(10,2)', 'Y', null, 'N', null],
      ['AT', 'TIMESTAMP_LTZ(9)', 'Y', null, 'N', null],
      ['V', 'VARIANT', 'Y', null, 'N', null],
    ]);
    await rows('insert into t (id) values (1), (1)');
    expect(await rows('select name from t')).toEqual([['x'], ['x']]);
    expect(await fails('insert into t (id) values (null)')).toBe('100072');
    expect(await fails("insert into t (id, name) values (1, 'long')")).toBe('100078');
    expect(await fails('create table t2 (a int check (a > 0))')).toBe('000002');
  });

  it('is made of a query, with the query’s columns or given ones', async () => {
    await rows(
      "create or replace transient table t cluster by (a) comment = 'c' copy grants as ( select 1 as a, 'x' as b )",
    );
    expect(await pick('show tables', 'name', 'kind', 'cluster_by', 'comment')).toEqual([
      ['T', 'TRANSIENT', '(a)', 'c'],
    ]);
    await rows('create or replace table t (x number(5,0) not null, y) as select 1, 2');
    expect(await pick('describe table t', 'name', 'type', 'null?')).toEqual([
      ['X', 'NUMBER(5,0)', 'N'],
      ['Y', 'NUMBER(38,0)', 'Y'],
    ]);
    expect(await fails('create table t as select 1 as a')).toBe('002002');
    expect(await fails('create or replace table twins as select 1 as a, 2 as a')).toBe('002025');
    expect(await rows('create table if not exists t as select 1 as a')).toEqual([
      ['T already exists, statement succeeded.'],
    ]);
  });

  it('stays as it was when its replacement fails', async () => {
    await rows('create table t as select 1 as a');
    expect(await fails("create or replace table t as select 'x'::int as a")).toBe('100038');
    expect(await rows('select * from t')).toEqual([['1']]);
  });

  it('hides another one when it is temporary, for its session only', async () => {
    await rows('create table t as select 1 as a');
    const other = await connect(server);
    await rows('create temporary table analytics.public.t as select 2 as a');
    expect([await rows('select * from analytics.public.t'), await other.rows('select * from t')]).toEqual([
      [['2']],
      [['1']],
    ]);
    await rows('drop table t');
    expect(await rows('select * from t')).toEqual([['1']]);
    await other.close();
  });

  it('is cloned, renamed, swapped, truncated and dropped', async () => {
    await rows('create table a as select 1 as x');
    await rows('create table b clone a');
    await rows('insert into b values (2)');
    await rows('alter table a swap with b');
    expect([await rows('select count(*) from a'), await rows('select count(*) from b')]).toEqual([[['2']], [['1']]]);
    await rows('alter table b rename to c');
    expect(await fails('select * from b')).toBe('002003');
    await rows('truncate table a');
    expect(await rows('select * from a')).toEqual([]);
    await rows('drop table a');
    expect(await fails('drop table a')).toBe('002003');
    await rows('drop table if exists a');
    expect(await fails('undrop table a')).toBe('000002');
    await rows('create transient table tr (x int)');
    expect(await fails('create table perm clone tr')).toBe('002119');
  });

  it('gains, loses and changes columns', async () => {
    await rows("create table t as select 1 as a, 'x'::varchar(5) as b");
    await rows('alter table t add column c number(5,2), d boolean');
    await rows('alter table t rename column d to e');
    await rows('alter table t alter "C" set data type number(10,2)');
    await rows('alter table t drop column a, b');
    expect(await pick('describe table t', 'name', 'type')).toEqual([
      ['C', 'NUMBER(10,2)'],
      ['E', 'BOOLEAN'],
    ]);
    expect(await rows('select * from t')).toEqual([[null, null]]);
    expect(await fails('alter table t alter c set data type varchar')).toBe('002108');
    expect(await fails('alter table t add column e int')).toBe('001430');
    expect(await fails('alter table t drop column nope')).toBe('000904');
  });
});

describe('a view', () => {
  it('is read anew each time: what it reads may have been replaced', async () => {
    await rows('create table t as select 1 as a');
    await rows('create view v as select a from t');
    await rows('create view w (x comment $$the x$$) as select a + 1 from v');
    await rows('create or replace table t as select 5 as a, 6 as b');
    expect(await rows('select x, v.a from w, v')).toEqual([['6', '5']]);
    expect(await pick('describe view w', 'name', 'comment')).toEqual([['X', 'the x']]);
    await rows('drop table t');
    expect(await fails('select * from w')).toBe('002003');
  });

  it('is secure when it says so, and no table', async () => {
    await rows('create secure view v as select 1 as a');
    expect(await pick('show views', 'name', 'is_secure')).toEqual([['V', 'true']]);
    expect(await fails('drop table v')).toBe('002203');
    expect(await fails('create or replace table v as select 1 as a')).toBe('002203');
    expect(await fails('create view bad as select nope from v')).toBe('000904');
  });
});

describe('a dynamic table', () => {
  it('keeps its definition and is filled anew by a refresh', async () => {
    await rows('create table t as select 1 as a');
    await rows(
      "create dynamic table d target_lag = '1 hour' warehouse = compute_wh refresh_mode = full as select a from t",
    );
    await rows('insert into t values (2)');
    expect(await rows('select count(*) from d')).toEqual([['1']]);
    await rows('alter dynamic table d refresh');
    expect(await rows('select count(*) from d')).toEqual([['2']]);
    await rows("alter dynamic table d set target_lag = '5 minutes'");
    expect(
      await pick(
        "show dynamic tables like 'D' in schema analytics.public",
        'name',
        'target_lag',
        'warehouse',
        'refresh_mode',
        'text',
      ),
    ).toEqual([['D', '5 minutes', 'COMPUTE_WH', 'FULL', 'select a from t']]);
    expect(await pick('show objects', 'name', 'kind', 'is_dynamic')).toEqual([
      ['D', 'TABLE', 'Y'],
      ['T', 'TABLE', 'N'],
    ]);
    expect(await fails('insert into d values (1)')).toBe('090302');
    expect(await fails('create dynamic table e warehouse = compute_wh as select 1 as a')).toBe('002029');
  });
});

describe('SHOW', () => {
  it('lists objects in order, page by page', async () => {
    for (const name of ['C', 'A', 'B']) await rows(`create table ${name} (x int)`);
    await rows('create view v as select 1 as x');
    const page = (sql: string): Promise<unknown[][]> => pick(sql, 'name');
    expect(await page('show objects in analytics.public limit 2')).toEqual([['A'], ['B']]);
    expect(await page("show objects in analytics.public limit 2 from 'B'")).toEqual([['C'], ['V']]);
    expect(await page("show objects like 'b' in schema analytics.public")).toEqual([['B']]);
    expect(await page("show objects in analytics.public starts with 'V' limit 1")).toEqual([['V']]);
    expect(await page("show objects in analytics.public starts with 'v' limit 1")).toEqual([]);
    expect(await fails('show objects in analytics.nowhere limit 10')).toBe('002043');
    expect(await page('show terse schemas in database analytics limit 10')).toEqual([['PUBLIC']]);
    expect(await page('show user functions in analytics.public')).toEqual([]);
  });

  it('can be read like a table afterwards', async () => {
    await rows('create table t (a int, b varchar(7))');
    await rows('show columns in table t');
    expect(
      await rows(
        'select "column_name", parse_json("data_type"):length::int as l from table(result_scan(last_query_id()))',
      ),
    ).toEqual([
      ['A', null],
      ['B', '7'],
    ]);
    expect(
      await rows(
        "select column_name, data_type, character_maximum_length from information_schema.columns where table_name = 'T' order by ordinal_position",
      ),
    ).toEqual([
      ['A', 'NUMBER', null],
      ['B', 'TEXT', '7'],
    ]);
    expect(await rows('select table_schema, table_name, table_type from analytics.information_schema.tables')).toEqual([
      ['PUBLIC', 'T', 'BASE TABLE'],
    ]);
  });

  it('tells grants, comments and parameters', async () => {
    await rows('create table t (a int)');
    await rows('grant select, insert on t to role reporter');
    await rows('revoke insert on table t from role reporter');
    expect(await pick('show grants on t', 'privilege', 'granted_to', 'grantee_name')).toEqual([
      ['OWNERSHIP', 'ROLE', 'TRANSFORMER'],
      ['SELECT', 'ROLE', 'REPORTER'],
    ]);
    await rows('create or replace table t copy grants as select 1 as a');
    expect(await pick('show grants on t', 'privilege')).toHaveLength(2);
    await rows('create or replace table t as select 1 as a');
    expect(await pick('show grants on t', 'privilege')).toHaveLength(1);
    await rows('comment on table t is $$it’s ours$$');
    await rows("comment on column t.a is 'first'");
    expect(await pick('show tables', 'comment')).toEqual([['it’s ours']]);
    expect(await pick('describe table t', 'comment')).toEqual([['first']]);
    expect(await pick("show parameters like 'timezone' in session", 'key', 'value')).toEqual([
      ['TIMEZONE', 'America/Los_Angeles'],
    ]);
  });
});
