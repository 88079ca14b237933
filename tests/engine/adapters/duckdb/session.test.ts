import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import duckdb from '../../../../src/adapters/duckdb/index.ts';
import { type Session, StatementError, type Warehouse } from '../../../../src/core/index.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

let warehouse: Warehouse;
let session: Session;

beforeAll(async () => {
  warehouse = await duckdb.connect({ type: 'duckdb', path: ':memory:' }, { threads: 4 });
  session = await warehouse.openSession();
});
afterAll(() => warehouse.close());

const failure = (sql: string): Promise<StatementError> =>
  session.execute(sql).then(
    () => Promise.reject(new Error(`no failure: ${sql}`)),
    (thrown) => thrown,
  );

describe('cells', () => {
  test.each([
    ['true', true],
    ['5::utinyint', 5],
    ['-7::bigint', -7],
    ['9007199254740993', 9007199254740993n],
    ['12345678901234567890123::hugeint', 12345678901234567890123n],
    ['1.50::decimal(10,2)', '1.50'],
    ['12345678901234567890.123456789::decimal(38,9)', '12345678901234567890.123456789'],
    ['1e30::double', 1e30],
    ["'nan'::float", Number.NaN],
    ["date '2024-03-31'", '2024-03-31'],
    ["time '01:02:03'", '01:02:03'],
    ["timestamp '2024-03-31 02:00:00'", '2024-03-31 02:00:00'],
    ["timestamp '2024-03-31 02:00:00.25'", '2024-03-31 02:00:00.25'],
    ["timestamp_ns '2024-01-02 03:04:05.678901234'", '2024-01-02 03:04:05.678901234'],
    ["timestamptz '2024-01-02 03:04:05.5+02'", '2024-01-02 01:04:05.5+00'],
    ["timestamptz '1960-01-02 03:04:05.5+00'", '1960-01-02 03:04:05.5+00'],
    ["timestamp 'infinity'", 'infinity'],
    ["interval '1 day 2 hours'", '1 day 02:00:00'],
    ["'e4d909c2-90d0-4b1c-a068-ffaddf22cbd0'::uuid", 'e4d909c2-90d0-4b1c-a068-ffaddf22cbd0'],
    ["'\\xAA'::blob", '\\xAA'],
    ["'101'::bit", '101'],
    ["'b'::enum('a', 'b')", 'b'],
    ["'x'", 'x'],
    ['\'{"a": 1}\'::json', '{"a": 1}'],
    ['[1, null, 3]', [1, null, 3]],
    ["{'a': 1.5, 'b': [date '2024-01-01']}", { a: 1.5, b: ['2024-01-01'] }],
    ['[1.50::decimal(10,2)]', [1.5]],
    ['[12345678901234567890.5::decimal(38,1)]', ['12345678901234567890.5']],
    ["map {'k': 1}", { k: 1 }],
    ["union_value(k := 'v')", 'v'],
    ['[1, 2]::int[2]', [1, 2]],
    ['null', null],
  ])('%s', async (sql, expected) => {
    const table = await session.query(`select ${sql} as value`);
    expect(table.rows).toEqual([[expected]]);
  });

  test('columns carry names and types as DuckDB writes them', async () => {
    const table = await session.query("select 1.5::decimal(18, 2) as amount, 'x' as name, 1 as name");
    expect(table.columns).toEqual([
      { name: 'amount', type: 'DECIMAL(18,2)' },
      { name: 'name', type: 'VARCHAR' },
      { name: 'name', type: 'INTEGER' },
    ]);
  });
});

describe('rows affected', () => {
  test.each([
    ['create table affected as select * from range(7) as r(n)', 7],
    ['insert into affected select * from range(3)', 3],
    ['update affected set n = n + 1 where n > 4', 2],
    ['delete from affected where n = 0', 2],
    ['create view affected_view as select 1 as one', null],
    ['begin', null],
    ['commit', null],
    ['select 42 as "Count"', null],
  ])('%s', async (sql, rows) => {
    expect((await session.execute(sql)).rowsAffected).toBe(rows);
  });
});

describe('errors', () => {
  test.each([
    ['select 1\nfrom nope as x', 'nope', 'Catalog'],
    ["select 'é𝄞', missing\nfrom (select 1 as a)", 'missing', 'Binder'],
    ['select 1; select 2; select lost', 'lost', 'Binder'],
    ['selec 1', 'selec', 'Parser'],
    ["create table t as (\n  select 'abc'::int\n)", '::int', 'Conversion'],
    ['insert into absent values (1)', 'absent', 'Catalog'],
  ])('%j points at %s', async (sql, place, kind) => {
    const thrown = await failure(sql);
    expect(thrown).toBeInstanceOf(StatementError);
    expect(sql.slice(thrown.offset).startsWith(place)).toBe(true);
    expect(thrown.vendorCode).toBe(kind);
    expect(thrown.message).toMatch(new RegExp(`^${kind} Error: `));
    expect(thrown.message).not.toMatch(/LINE \d|\^$|\{"/);
    expect(thrown.sql).toBe(sql);
    expect(thrown.cancelled).toBe(false);
  });

  test('at the end of the text point behind it', async () => {
    expect((await failure('select 1 +')).offset).toBe('select 1 +'.length);
  });

  test('without a place have no offset', async () => {
    expect((await failure("select error('boom')")).offset).toBeUndefined();
  });

  test.each([
    'select missing from (select 1 as a) t',
    'select t.missing from (select 1 as a) t',
    'select a from (select 1 as a) t qualify row_number() over (partition by missing) = 1',
    'select * exclude (missing) from (select 1 as a) t',
    'select * replace (2 as missing) from (select 1 as a) t',
    'select * from (select 1 as missing) t join (select 1 as a) u using (missing)',
    'unpivot (select 1 as a) on missing',
  ])('of %j name the column that is not there', async (sql) => {
    expect((await failure(sql)).missingColumn).toBe('missing');
  });

  test('leave the session usable', async () => {
    await failure('selec');
    expect((await session.query('select 1 as one')).rows).toEqual([[1]]);
  });
});

describe('catalog', () => {
  beforeAll(async () => {
    await session.execute(
      'create schema "Shop"; create table "Shop"."Orders" (id int, "the price" decimal(10, 2)); create view "Shop".v as select 1 as x',
    );
  });

  test('lists tables and views of a schema with their types', async () => {
    expect(await session.listRelations('memory', 'shop')).toEqual([
      { database: 'memory', schema: 'Shop', identifier: 'Orders', type: 'table' },
      { database: 'memory', schema: 'Shop', identifier: 'v', type: 'view' },
    ]);
    expect(await session.listRelations('memory', 'nowhere')).toEqual([]);
  });

  test('describes a relation', async () => {
    expect(await session.columnsOf({ database: 'memory', schema: 'Shop', identifier: 'Orders' })).toEqual([
      { name: 'id', type: 'INTEGER' },
      { name: 'the price', type: 'DECIMAL(10,2)' },
    ]);
  });

  test('a relation that does not exist has no columns, also inside a transaction', async () => {
    await session.execute('begin');
    expect(await session.columnsOf({ database: 'memory', schema: 'Shop', identifier: 'nope' })).toEqual([]);
    await session.execute('rollback');
  });

  test('describes a query without running it', async () => {
    const sql = "with q as (select error('ran') as a, 1.5 as b) select * from q -- the end";
    expect(await session.describeQuery(sql)).toMatchObject([{ name: 'a' }, { name: 'b', type: 'DECIMAL(2,1)' }]);
  });
});

describe('a file', () => {
  const folder = temporaryFolder();

  test('is made together with its folder, and holds everything once it is closed', async () => {
    const path = join(folder, 'deep/er/a.duckdb');
    const first = await duckdb.connect({ type: 'duckdb', path }, { threads: 1 });
    const writer = await first.openSession();
    await writer.execute('create table kept as select 42 as answer');
    await first.close();
    await first.close();
    expect(existsSync(`${path}.wal`)).toBe(false);
    const second = await duckdb.connect({ type: 'duckdb', path }, { threads: 1 });
    const reader = await second.openSession();
    expect((await reader.query('select * from a.main.kept')).rows).toEqual([[42]]);
    await second.close();
  });

  test.each([
    ['long', 1_000_000, true],
    ['short', 1000, false],
  ])('that is closed because somebody waits keeps a %s log for later: %d letters', async (name, letters, stays) => {
    const path = join(folder, `soon-${name}.duckdb`);
    const first = await duckdb.connect({ type: 'duckdb', path }, { threads: 1 });
    const writer = await first.openSession();
    await writer.execute('create table kept (letters varchar)');
    await writer.execute(`insert into kept select repeat('a', ${letters})`);
    await first.close(true);
    expect(existsSync(`${path}.wal`)).toBe(stays);
    const second = await duckdb.connect({ type: 'duckdb', path }, { threads: 1 });
    expect((await (await second.openSession()).query('select length(letters) from kept')).rows).toEqual([[letters]]);
    await second.close();
    expect(existsSync(`${path}.wal`)).toBe(false);
  });

  test('closing rolls an open transaction back', async () => {
    const path = join(folder, 'b.duckdb');
    const first = await duckdb.connect({ type: 'duckdb', path }, { threads: 1 });
    const writer = await first.openSession();
    await writer.execute('create table t (i int)');
    await writer.execute('begin');
    await writer.execute('insert into t values (1)');
    await first.close();
    const second = await duckdb.connect({ type: 'duckdb', path }, { threads: 1 });
    expect((await (await second.openSession()).query('select count(*) from t')).rows).toEqual([[0]]);
    await second.close();
  });

  test('a model finds the files of its project from anywhere', async () => {
    const root = join(folder, 'project');
    mkdirSync(join(root, 'data'), { recursive: true });
    writeFileSync(join(root, 'data/prices-1.csv'), 'a,b\n1,2\n');
    writeFileSync(join(root, 'data/prices-2.csv'), 'a,b\n3,4\n');
    const { output } = duckdb.resolveTarget({ type: 'duckdb', path: 'files.duckdb' }, root);
    const opened = await duckdb.connect(output, { threads: 1 });
    const user = await opened.openSession();
    expect((await user.query("select * from 'data/prices-*.csv' order by a")).rows).toEqual([
      [1, 2],
      [3, 4],
    ]);
    await opened.close();
    expect(existsSync(join(root, 'files.duckdb'))).toBe(true);
  });

  test('settings, attached files and secrets of the output are there', async () => {
    const other = join(folder, 'other.duckdb');
    const prepared = await duckdb.connect({ type: 'duckdb', path: other }, { threads: 1 });
    await (await prepared.openSession()).execute('create table there as select 1 as x');
    await prepared.close();
    const output = {
      type: 'duckdb',
      path: join(folder, 'c.duckdb'),
      settings: { TimeZone: 'Asia/Tokyo' },
      config_options: { threads: 2 },
      attach: [{ path: other, alias: 'elsewhere', read_only: true }],
    };
    const opened = await duckdb.connect(output, { threads: 1 });
    const user = await opened.openSession();
    expect(
      (await user.query("select current_setting('TimeZone'), current_setting('threads'), x from elsewhere.there")).rows,
    ).toEqual([['Asia/Tokyo', 2, 1]]);
    await expect(user.execute('insert into elsewhere.there values (2)')).rejects.toThrow(/read-only/);
    await opened.close();
  });
});

test('a statement may stand below any number of comments', async () => {
  const comments = '/* a line of a banner */\n'.repeat(60);
  expect((await session.query(`${comments}-- and\nselect 1 as x`)).rows).toEqual([[1]]);
});

describe('a statement that another transaction is in the way of', () => {
  let other: Session;
  beforeAll(async () => {
    other = await warehouse.openSession();
  });

  test('is sent again until that is done', async () => {
    await other.execute('begin');
    await other.execute('create table contested as select 1 as x');
    const mine = session.execute('-- mine\ncreate or replace table contested as select 2 as x');
    await sleep(50);
    await other.execute('rollback');
    await mine;
    expect((await session.query('select x from contested')).rows).toEqual([[2]]);
  });

  test.each([
    ['within a transaction, which is undone', ['/* mine */ begin'], 'create table taken as select 2 as x', 'rollback'],
    [
      'after another that was done already',
      [],
      'create table done as select 1 as x; create table taken as select 2 as x',
      'drop table done',
    ],
  ])('is told at once %s', async (_, before, sql, after) => {
    await other.execute('begin');
    await other.execute('create table taken as select 1 as x');
    for (const statement of before) await session.execute(statement);
    expect(await failure(sql)).toMatchObject({ mayPass: true });
    await session.execute(after);
    await other.execute('rollback');
  });

  test('is given up when it is cancelled', async () => {
    await other.execute('begin');
    await other.execute('create table withdrawn as select 1 as x');
    const mine = failure('create table withdrawn as select 2 as x');
    await sleep(30);
    await warehouse.cancelAll();
    expect(await mine).toMatchObject({ cancelled: true });
    await other.execute('rollback');
  });
});
