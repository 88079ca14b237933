import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import snowflake from '../../../../src/adapters/snowflake/index.ts';
import { Problem, type Session, StatementError, type Warehouse } from '../../../../src/core/index.ts';
import { dropSchemas, findSchemas, makeSchemas } from '../../../../src/pipeline/ci/schemas.ts';
import { startServer, type TestServer } from './server/index.ts';

let server: TestServer;
let warehouse: Warehouse;
let session: Session;

const output = (more: Record<string, string | number | boolean> = {}) => ({
  type: 'snowflake',
  account: 'acme',
  host: server.host,
  port: server.port,
  protocol: 'http',
  user: 'INGOT',
  password: 'secret',
  warehouse: 'COMPUTE_WH',
  database: 'ANALYTICS',
  schema: 'PUBLIC',
  ...more,
});

const rows = async (sql: string) => (await session.query(sql)).rows;
const failureOf = async (work: Promise<unknown>): Promise<StatementError> => {
  const failure = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (failure instanceof StatementError) return failure;
  throw failure ?? new Error('it did not fail');
};

beforeAll(async () => {
  server = await startServer();
  warehouse = await snowflake.connect(output(), { threads: 2 });
  session = await warehouse.openSession();
}, 60_000);

afterAll(async () => {
  await warehouse.close();
  await server.close();
});

beforeEach(() => {
  server.faults.clear();
  server.log.clear();
});

describe('the schemas of a review', () => {
  const { statements } = snowflake;
  const wanted = ['ci_12', 'ci_12_gold'].map((schema) => ({ database: 'ANALYTICS', schema, identifier: null }));
  const note = { project: 'shop', pullRequest: '12', at: '2025-01-02T03:04:05.000Z' };
  // To make a schema is to go into it.
  let own: Session;
  beforeAll(async () => {
    own = await warehouse.openSession();
  });
  const found = () => findSchemas(['ANALYTICS'], 'shop', own, statements);

  test('say whose they are, are found under the names as they are stored, and are dropped', async () => {
    await own.execute('create schema analytics.somebodys');
    await makeSchemas(wanted, note, own, { adapter: snowflake });
    expect((await found()).map(({ schema, note: found }) => [schema.schema, found])).toEqual([
      ['CI_12', note],
      ['CI_12_GOLD', note],
    ]);
    await dropSchemas(await found(), own, statements);
    expect(await found()).toEqual([]);
    expect(await rows("show schemas like 'SOMEBODYS' in database analytics")).toHaveLength(1);
  });

  test('are made anew by the next review, and what is not known to be theirs is left alone', async () => {
    await makeSchemas(wanted, note, own, { adapter: snowflake });
    await own.execute('create table analytics.ci_12.orders as select 1 as id');
    await makeSchemas(wanted, note, own, { adapter: snowflake });
    expect(await own.listRelations('ANALYTICS', 'ci_12')).toEqual([]);
    await dropSchemas(await found(), own, statements);
    await own.execute('create schema analytics.ci_12');
    await own.execute('create table analytics.ci_12.orders as select 1 as id');
    await expect(makeSchemas(wanted, note, own, { adapter: snowflake })).rejects.toThrow(
      'The schema ANALYTICS.ci_12 holds tables, and no review of this project made it',
    );
    await own.execute('drop schema analytics.ci_12');
  });
});

describe('cells', () => {
  test('are numbers, texts and times in ISO form, as from every other warehouse', async () => {
    const found = await rows(
      `select 1 as a, 12345678901234567890 as b, 1.50::number(10, 2) as c, 1.5::float as d, true as e, null as f,
        'x' as g, '2024-03-31'::date as h, '2024-03-31 02:00:00.5'::timestamp_ntz as i`,
    );
    expect(found).toEqual([
      [1, 12345678901234567890n, '1.50', 1.5, true, null, 'x', '2024-03-31', '2024-03-31 02:00:00.5'],
    ]);
  });

  test('columns have the types that Snowflake describes', async () => {
    const columns = await session.describeQuery("select 1::number(10, 2) as a, 'x' as b, true as c, 1::float as d");
    expect(columns).toEqual([
      { name: 'A', type: 'NUMBER(10,2)' },
      { name: 'B', type: 'VARCHAR(16777216)' },
      { name: 'C', type: 'BOOLEAN' },
      { name: 'D', type: 'FLOAT' },
    ]);
  });
});

describe('statements', () => {
  test('of one text are sent one by one, without their semicolons', async () => {
    await session.execute("create or replace table t (a varchar); insert into t values ('x;y'); -- end\n");
    expect(server.log.sql()).toEqual(['create or replace table t (a varchar)', "insert into t values ('x;y')"]);
    expect(await rows('select a from t')).toEqual([['x;y']]);
  });

  test('say how many rows they changed', async () => {
    await session.execute('create or replace table t (a int)');
    expect((await session.execute('insert into t values (1), (2)')).rowsAffected).toBe(2);
    expect((await session.execute('delete from t where a = 1')).rowsAffected).toBe(1);
  });

  test('carry their time limits, and the tag of the node they are for', async () => {
    await session.enter?.({ nodeId: 'model.shop.orders', config: { query_tag: 'orders' } });
    await session.query('select 1');
    await session.enter?.({ nodeId: undefined, config: {} });
    await session.query('select 2');
    expect(server.log.statements.map(({ tag }) => tag)).toEqual(['orders', '']);
    expect(server.log.statements[0]?.parameters).toMatchObject({
      LOCK_TIMEOUT: '600',
      STATEMENT_QUEUED_TIMEOUT_IN_SECONDS: '3600',
    });
  });
});

describe('what is there', () => {
  test('is listed by one statement for a schema, and nothing where the schema is not there', async () => {
    await session.execute('create schema if not exists listed; create or replace table listed.t (a int)');
    await session.execute(
      'create or replace view listed.v as select a from listed.t; create or replace table listed."q" (a int)',
    );
    server.log.clear();
    const found = await session.listRelations('analytics', 'listed');
    expect(found.map(({ identifier, type, quote }) => [identifier, type, quote?.identifier])).toEqual([
      ['T', 'table', undefined],
      ['V', 'view', undefined],
      ['q', 'table', true],
    ]);
    expect(server.log.statements).toHaveLength(1);
    expect(await session.listRelations('analytics', 'nowhere')).toEqual([]);
  });

  test('has columns, and none where it is not there', async () => {
    await session.execute('create or replace table public.t (a int, b varchar(10))');
    const t = { database: 'analytics', schema: 'public', identifier: 't' };
    expect(await session.columnsOf(t)).toEqual([
      { name: 'A', type: 'NUMBER(38,0)' },
      { name: 'B', type: 'VARCHAR(10)' },
    ]);
    expect(await session.columnsOf({ ...t, identifier: 'nothing' })).toEqual([]);
  });
});

describe('errors', () => {
  test('have a code, the id of the query, and the place that Snowflake names', async () => {
    const sql = 'select 1 as a,\n  missing\nfrom (select 2 as b)';
    const failure = await failureOf(session.query(sql));
    expect(failure.vendorCode).toBe('000904');
    expect(failure.message).toMatch(
      /^SQL compilation error: .*invalid identifier 'MISSING'.*\(000904, query [\w-]+\)$/s,
    );
    expect(failure.sql.slice(failure.offset)).toMatch(/^missing/);
  });

  test('are placed in the whole text, of which they are one statement', async () => {
    const sql = 'select 1;\n\nselect missing from (select 2 as b)';
    const failure = await failureOf(session.query(sql));
    expect(sql.slice(failure.offset)).toMatch(/^missing/);
  });

  test('of a login say what to look at, and no password', async () => {
    const refused = await snowflake
      .connect(output({ password: 'wrong-secret' }), { threads: 1 })
      .catch((e: unknown) => e);
    expect(refused).toBeInstanceOf(Problem);
    const [problem] = (refused as Problem).diagnostics;
    expect(problem).toMatchObject({ code: 'snowflake/login', hint: "Look at 'user' and 'password' of the target." });
    expect(JSON.stringify(problem)).not.toContain('wrong-secret');
  });
});

describe('when the network or the server fails', () => {
  beforeEach(async () => {
    await session.execute('create or replace table public.once (a int)');
    server.log.clear();
  });
  const count = async () => Number((await rows('select count(*) from public.once'))[0]?.[0]);

  test.each([
    ['an answer is lost', { kind: 'drop-after' }],
    ['a request never arrives', { kind: 'drop-before' }],
    ['the server is unavailable', { kind: 'http', status: 503 }],
    ['there are too many requests', { kind: 'http', status: 429 }],
    ['a token has expired', { kind: 'token-expired' }],
    ['the answer has to be waited for', { kind: 'held', milliseconds: 300 }],
  ] as const)(
    '%s: an insert is done, and once',
    async (_, fault) => {
      server.faults.order(fault, { sql: /^insert/ });
      expect((await session.execute('insert into public.once values (1)')).rowsAffected).toBe(1);
      expect(await count()).toBe(1);
    },
    60_000,
  );

  test('a commit whose answer is lost is done', async () => {
    server.faults.order({ kind: 'drop-after' }, { sql: /^commit/ });
    for (const sql of ['begin', 'insert into public.once values (1)', 'commit']) await session.execute(sql);
    expect(await count()).toBe(1);
  }, 60_000);

  test('a session that is gone is replaced where nothing was left in it', async () => {
    const own = await warehouse.openSession();
    server.faults.order({ kind: 'session-gone' }, { sql: /^insert/ });
    await own.execute('insert into public.once values (1)');
    await own.close();
    expect(await count()).toBe(1);
  });

  test('a transaction whose session is gone can be run again from its beginning', async () => {
    const own = await warehouse.openSession();
    await own.execute('begin');
    server.faults.order({ kind: 'session-gone' }, { sql: /^insert/ });
    expect(await failureOf(own.execute('insert into public.once values (1)'))).toMatchObject({ mayPass: true });
    expect(await count()).toBe(0);
    for (const sql of ['begin', 'insert into public.once values (1)', 'commit']) await own.execute(sql);
    expect(own.isClean?.()).toBe(true);
    await own.close();
    expect(await count()).toBe(1);
  });

  test.each([
    ['can be begun again', [], true],
    ['cannot be begun again once it has changed rows', ['insert into public.once values (1)'], false],
  ] as const)('a task that has lost a temporary table %s', async (_, before, lostTask) => {
    const own = await warehouse.openSession();
    await own.enter?.({ nodeId: 'model.shop.a', config: {} });
    for (const sql of before) await own.execute(sql);
    await own.execute('create temporary table public.mine (a int)');
    await own.execute('begin');
    server.faults.order({ kind: 'session-gone' }, { sql: /^insert/ });
    const failure = await failureOf(own.execute('insert into public.once select a from public.mine'));
    expect(failure).toMatchObject({ mayPass: false, lostTask });
    expect(own.isClean?.()).toBe(false);
    await own.close();
  });

  test('a statement that waited for a lock in vain is sent again, outside of a transaction', async () => {
    server.faults.order({ kind: 'lock-timeout' }, { sql: /^insert/, times: 2 });
    await session.execute('insert into public.once values (1)');
    expect(await count()).toBe(1);
  });

  test('in a transaction it says that the transaction can be run again', async () => {
    await session.execute('begin');
    server.faults.order({ kind: 'lock-timeout' }, { sql: /^insert/ });
    const failure = await failureOf(session.execute('insert into public.once values (1)'));
    expect(failure.mayPass).toBe(true);
    await session.execute('rollback');
  });

  test.each([
    ['000630', { kind: 'statement-timeout' }],
    ['090073', { kind: 'credits-exhausted' }],
  ] as const)('%s is told at once, with advice', async (code, fault) => {
    server.faults.order(fault, { sql: /^insert/ });
    const failure = await failureOf(session.execute('insert into public.once values (1)'));
    expect(failure.vendorCode).toBe(code);
    expect(failure.message.split('\n').length).toBeGreaterThan(1);
    expect(await count()).toBe(0);
  });

  test('cancelling stops what runs, on the server', async () => {
    const own = await snowflake.connect(output(), { threads: 1 });
    const busy = await own.openSession();
    server.faults.order({ kind: 'slow-statement', milliseconds: 20_000 }, { sql: /^select 'slow'/ });
    const running = failureOf(busy.query("select 'slow'"));
    while (!server.log.sql().includes("select 'slow'")) await new Promise((resolve) => setTimeout(resolve, 20));
    await own.cancelAll();
    expect((await running).cancelled).toBe(true);
    expect(server.log.statements.find(({ sql }) => sql === "select 'slow'")?.outcome).toMatchObject({ kind: 'error' });
    await own.close();
  }, 30_000);
});

describe('a session is clean', () => {
  test.each([
    ['a setting', "alter session set timezone = 'UTC'"],
    ['another schema', 'use schema public'],
    ['a temporary table', 'create temporary table mine (a int)'],
    ['a schema that it made', 'create schema if not exists made'],
    ['an open transaction', 'begin'],
  ])('not after %s', async (_, sql) => {
    const own = await warehouse.openSession();
    expect(own.isClean?.()).toBe(true);
    await own.execute(sql);
    expect(own.isClean?.()).toBe(false);
    await own.close();
  });

  test('after its temporary table was dropped, and its transaction has ended', async () => {
    const own = await warehouse.openSession();
    for (const sql of ['create temporary table mine (a int)', 'begin', 'commit', 'drop table if exists mine']) {
      await own.execute(sql);
    }
    expect(own.isClean?.()).toBe(true);
    await own.close();
  });

  test('with the warehouse that a node asks for, to which it goes and from which it comes back', async () => {
    const other = await startServer({ warehouses: ['COMPUTE_WH', 'BIG_WH'] });
    const open = await snowflake.connect({ ...output(), port: other.port }, { threads: 1 });
    const own = await open.openSession();
    await own.enter?.({ nodeId: 'model.a', config: { snowflake_warehouse: 'BIG_WH' } });
    await own.query('select 1');
    await own.enter?.({ nodeId: 'model.b', config: {} });
    await own.query('select 2');
    expect(other.log.statements.map(({ sql, warehouse: used }) => [sql, used])).toEqual([
      ['use warehouse BIG_WH', expect.anything()],
      ['select 1', 'BIG_WH'],
      ['use warehouse COMPUTE_WH', expect.anything()],
      ['select 2', 'COMPUTE_WH'],
    ]);
    expect(own.isClean?.()).toBe(true);
    await open.close();
    await other.close();
  });
});
