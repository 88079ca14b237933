import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, connect, errorOf } from './server/client.ts';
import { startServer, type TestServer } from './server/index.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const other = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

let server: TestServer;
let client: Client;
beforeAll(async () => {
  const user = {
    name: 'INGOT',
    password: 'secret',
    role: 'TRANSFORMER',
    publicKey,
    oauthTokens: ['o-1'],
    accessTokens: ['p-1'],
  };
  server = await startServer({ users: [user], holdMilliseconds: 100, inlineRows: 10, chunkRows: 40 });
  client = await connect(server);
});
afterAll(async () => {
  await client.close();
  await server.close();
});

describe('login', () => {
  it.each([
    ['a password', {}],
    ['a key pair', { authenticator: 'SNOWFLAKE_JWT', privateKey, password: undefined }],
    ['an OAuth token', { authenticator: 'OAUTH', token: 'o-1', password: undefined }],
    ['a programmatic access token', { authenticator: 'PROGRAMMATIC_ACCESS_TOKEN', token: 'p-1', password: undefined }],
  ])('takes %s', async (_, options) => {
    const one = await connect(server, options);
    expect(
      await one.rows(
        'select current_user(), current_role(), current_database(), current_schema(), current_warehouse()',
      ),
    ).toEqual([['INGOT', 'TRANSFORMER', 'ANALYTICS', 'PUBLIC', 'COMPUTE_WH']]);
    await one.close();
  });

  it.each([
    ['a wrong password', { password: 'guess' }, '390100'],
    ['an unknown user', { username: 'nobody' }, '390100'],
    [
      'a key that is not the user’s',
      { authenticator: 'SNOWFLAKE_JWT', privateKey: other.privateKey, password: undefined },
      '390144',
    ],
    ['an OAuth token nobody gave out', { authenticator: 'OAUTH', token: 'o-2', password: undefined }, '390303'],
    [
      'an access token nobody gave out',
      { authenticator: 'PROGRAMMATIC_ACCESS_TOKEN', token: 'p-2', password: undefined },
      '394400',
    ],
  ])('refuses %s', async (_, options, code) => {
    expect(await errorOf(connect(server, options))).toMatchObject({ code });
  });

  it('does not mind a database that is not there: the session has none', async () => {
    const one = await connect(server, { database: 'nowhere' });
    expect(await one.rows('select current_database()')).toEqual([[null]]);
    expect(await errorOf(one.rows('select * from t'))).toMatchObject({ code: '090105', sqlState: '22000' });
    await one.close();
  });
});

describe('a session', () => {
  it('answers heartbeats until it is closed', async () => {
    const one = await connect(server);
    expect(await one.connection.isValidAsync()).toBe(true);
    await one.close();
    expect(await one.connection.isValidAsync()).toBe(false);
  });

  it('loses its temporary tables and its open transaction when it is closed', async () => {
    const one = await connect(server);
    await one.rows('create or replace table left_behind (a int)');
    await one.rows('create temporary table mine (a int)');
    await one.rows('begin');
    await one.rows('insert into left_behind values (1)');
    await one.close();
    expect(await client.rows('select * from left_behind')).toEqual([]);
    expect(await errorOf(client.rows('select * from mine'))).toMatchObject({ code: '002003' });
  });

  it('keeps parameters that are set, and a statement has its own over them', async () => {
    await client.rows("alter session set query_tag = 'session'");
    await client.rows('select 1');
    await client.rows('select 2', { parameters: { QUERY_TAG: 'statement' } });
    await client.rows('alter session unset query_tag');
    await client.rows('select 3');
    const tags = server.log.statements.filter(({ sql }) => /^select \d$/.test(sql)).map(({ tag }) => tag);
    expect(tags).toEqual(['session', 'statement', '']);
  });
});

describe('an answer', () => {
  it('comes in packed parts when it is long', async () => {
    const rows = await client.rows("select seq4() as n, 'x' || n from table(generator(rowcount => 95))");
    expect(rows).toHaveLength(95);
    expect(rows[94]).toEqual(['94', 'x94']);
    expect(server.log.requests.filter(({ path }) => path.startsWith('/chunks/'))).toHaveLength(3);
  });

  it('has Snowflake’s types', async () => {
    const { columns, rows } = await client.run(
      "select 12345678901234567890::number(38,2), 1.5::float, 'x', true, '2024-02-29'::date, '10:11:12'::time, " +
        "'2024-02-29 10:11:12.123456'::timestamp_ntz, to_binary_free, parse_json('{\"a\":[1]}'), null::varchar " +
        "from (select 'b' as to_binary_free)",
    );
    expect(columns.map((column) => column.getType())).toEqual([
      'fixed',
      'real',
      'text',
      'boolean',
      'date',
      'time',
      'timestamp_ntz',
      'text',
      'variant',
      'text',
    ]);
    expect([columns[0]?.getPrecision(), columns[0]?.getScale()]).toEqual([38, 2]);
    expect(
      rows[0]?.slice(0, 5).map((cell) => (cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell))),
    ).toEqual(['12345678901234567890.00', '1.5', 'x', 'true', '2024-02-29']);
    expect(rows[0]?.slice(5, 10).map((cell) => (cell === null ? null : JSON.stringify(cell)))).toEqual([
      '"10:11:12"',
      '"2024-02-29 10:11:12.123"',
      '"b"',
      '{"a":[1]}',
      null,
    ]);
  });

  it('has the columns only when the statement is not to run', async () => {
    const { columns } = await client.run('select 1 as a, \'x\' as "b"', { describeOnly: true });
    expect(columns.map((column) => column.getName())).toEqual(['A', 'b']);
  });

  it('takes binds, and rows of them', async () => {
    expect(await client.rows('select ?, ? + 1, :1', { binds: ['a', 1] })).toEqual([['a', '2', 'a']]);
    await client.rows('create or replace table bound (a int, b varchar)');
    expect(
      await client.rows('insert into bound values (?, ?)', {
        binds: [
          [1, 'x'],
          [2, null],
        ],
      }),
    ).toEqual([['2']]);
    expect(await client.rows('select count(*), count(b) from bound')).toEqual([['2', '1']]);
  });

  it('is asked for again while a statement goes on (333333)', async () => {
    expect(await client.rows('select system$wait(0.25)')).toEqual([['waited 0.25 seconds']]);
    expect(server.log.requests.filter(({ path }) => path.endsWith('/result')).length).toBeGreaterThan(0);
  });

  it('is fetched later when the statement runs asynchronously (333334)', async () => {
    const { statement } = await client.run('select system$wait(0.1), 7', { asyncExec: true });
    const queryId = statement.getQueryId();
    expect(await client.connection.getQueryStatus(queryId)).toBe('RUNNING');
    const result = await client.connection.getResultsFromQueryId({ queryId, sqlText: '' });
    const rows: unknown[] = [];
    for await (const row of result.streamRows()) rows.push(row);
    expect(rows).toEqual([['waited 0.1 seconds', '7']]);
    expect(await client.connection.getQueryStatus(queryId)).toBe('SUCCESS');
  });
});

describe('a statement', () => {
  const endless =
    'select count(*) from table(generator(rowcount => 1000000)) a, table(generator(rowcount => 1000000)) b';

  it.each([
    ['before its id is known', 20],
    ['by its id', 300],
  ])('is stopped %s', async (_, milliseconds) => {
    const sent = (statement: { cancel: (done: () => void) => void }) =>
      setTimeout(() => statement.cancel(() => undefined), milliseconds);
    expect(await errorOf(client.rows(endless, { sent }))).toMatchObject({ code: '000604', sqlState: '57014' });
    expect(await client.rows('select 1')).toEqual([['1']]);
  });

  it('is stopped by another session', async () => {
    const one = await connect(server);
    const [[id] = []] = await one.rows('select current_session()');
    const running = errorOf(one.rows(endless));
    await expect.poll(() => server.log.statements.at(-1)?.outcome.kind, { timeout: 20_000 }).toBe('running');
    expect(await client.rows(`select system$cancel_all_queries(${String(id)})`)).toEqual([['1 cancelled.']]);
    expect(await running).toMatchObject({ code: '000604' });
    await one.close();
  });

  it('ends at its time-out', async () => {
    const parameters = { STATEMENT_TIMEOUT_IN_SECONDS: 0.1 };
    expect(await errorOf(client.rows(endless, { parameters }))).toMatchObject({ code: '000630', sqlState: '57014' });
  });

  it('runs once, however often its request is sent', async () => {
    await client.rows('create or replace table once (a int)');
    const again = { requestId: 'f3a1c1f0-5f3e-4a53-9d6a-6b3c1ad0a001' };
    expect(await client.rows('insert into once values (1)', again)).toEqual([['1']]);
    expect(await client.rows('insert into once values (1)', again)).toEqual([['1']]);
    expect(await client.rows('select count(*) from once')).toEqual([['1']]);
  });

  it('is one: two at once are refused', async () => {
    expect(await errorOf(client.rows('select 1; select 2'))).toMatchObject({ code: '000008', sqlState: '0A000' });
    expect(await client.rows('select 1;')).toEqual([['1']]);
  });

  it('says where it is wrong', async () => {
    expect(await errorOf(client.rows('select 1 as a,\n  b c d from (select 1)'))).toMatchObject({
      code: '001003',
      message: "SQL compilation error:\nsyntax error line 2 at position 6 unexpected 'd'.",
    });
    expect(await errorOf(client.rows('select\n  nope from (select 1 as a)'))).toMatchObject({
      code: '000904',
      sqlState: '42000',
      message: "SQL compilation error: error line 2 at position 2\ninvalid identifier 'NOPE'",
      data: { line: 2, pos: 2 },
    });
  });

  it('is in the log with its session, id, tag and outcome', async () => {
    const { statement } = await client.run("select 'logged'", { parameters: { QUERY_TAG: 'mine' } });
    await errorOf(client.rows('select logged_too'));
    const [first, second] = server.log.statements.slice(-2);
    expect(first).toMatchObject({
      queryId: statement.getQueryId(),
      sql: "select 'logged'",
      tag: 'mine',
      outcome: { kind: 'success', rows: 1 },
    });
    expect(second).toMatchObject({ session: first?.session, outcome: { kind: 'error', code: '000904' } });
    expect(server.log.sql(first?.session).slice(-2)).toEqual(["select 'logged'", 'select logged_too']);
  });
});
