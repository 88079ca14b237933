import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, connect, errorOf } from './server/client.ts';
import { type Fault, startServer, type TestServer } from './server/index.ts';

let server: TestServer;
let tables = 0;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

/** A client, its session, and an empty table of its own: the driver's pauses are long, so these tests run side by side. */
async function start(): Promise<{ client: Client; session: number; table: string; rows: () => Promise<unknown> }> {
  const client = await connect(server);
  const [[session] = []] = await client.rows('select current_session()');
  tables += 1;
  const table = `t${tables}`;
  await client.rows(`create table ${table} (id int)`);
  const rows = async (): Promise<unknown> => (await client.rows(`select count(*) from ${table}`))[0]?.[0];
  return { client, session: Number(session), table, rows };
}

describe.concurrent('a fault on order', () => {
  it.each<[string, Fault]>([
    ['HTTP 503', { kind: 'http', status: 503 }],
    ['HTTP 429', { kind: 'http', status: 429 }],
    ['a connection that breaks before', { kind: 'drop-before' }],
    ['a connection that breaks after', { kind: 'drop-after' }],
    ['an expired token', { kind: 'token-expired' }],
    ['a late answer', { kind: 'slow-answer', milliseconds: 50 }],
    ['a statement that is held', { kind: 'held', milliseconds: 50 }],
    ['a slow statement', { kind: 'slow-statement', milliseconds: 50 }],
  ])('is overcome by the driver, and the INSERT happens once: %s', async (_, fault) => {
    const { client, session, table, rows } = await start();
    const ordered = server.faults.order(fault, { sql: /^insert/, session });
    expect(await client.rows(`insert into ${table} values (1)`)).toEqual([['1']]);
    expect([await rows(), ordered.met]).toEqual(['1', 1]);
  });

  it.each<[string, Fault, string]>([
    ['a time-out', { kind: 'statement-timeout' }, '000630'],
    ['a lock time-out', { kind: 'lock-timeout' }, '000625'],
    ['no credits', { kind: 'credits-exhausted' }, '090073'],
    ['any error', { kind: 'error', code: '000603', sqlState: 'XX000', message: 'incident' }, '000603'],
  ])('ends the statement, which did nothing: %s', async (_, fault, code) => {
    const { client, session, table, rows } = await start();
    server.faults.order(fault, { sql: /^insert/, session });
    expect(await errorOf(client.rows(`insert into ${table} values (1)`))).toMatchObject({ code });
    expect(await rows()).toBe('0');
  });

  it('ends the session with its transaction: 390104', async () => {
    const { client, session, table } = await start();
    await client.rows('begin');
    await client.rows(`insert into ${table} values (1)`);
    server.faults.order({ kind: 'session-gone' }, { session });
    expect(await errorOf(client.rows(`insert into ${table} values (2)`))).toMatchObject({ code: 401004 });
    expect(await errorOf(client.rows('commit'))).toMatchObject({ code: 401004 });
    const next = await connect(server);
    expect(await next.rows(`select count(*) from ${table}`)).toEqual([['0']]);
  });

  it('meets the statement it was ordered for: the n-th, of a text, of a session', async () => {
    const [one, other] = [await start(), await start()];
    server.faults.order({ kind: 'credits-exhausted' }, { sql: /insert/, nth: 2, session: one.session });
    await one.client.rows(`insert into ${one.table} values (1)`);
    await other.client.rows(`insert into ${one.table} values (2)`);
    await one.client.rows('select 1');
    expect(await errorOf(one.client.rows(`insert into ${one.table} values (3)`))).toMatchObject({ code: '090073' });
    await one.client.rows(`insert into ${one.table} values (4)`);
    expect(await one.rows()).toBe('3');
  });

  it('breaks after the commit as well: what was committed stays, and is not done twice', async () => {
    const { client, session, table, rows } = await start();
    server.faults.order({ kind: 'drop-after' }, { sql: /^commit/, session });
    await client.rows('begin');
    await client.rows(`insert into ${table} values (1)`);
    await client.rows('commit');
    expect(await rows()).toBe('1');
    expect(server.log.sql(session).filter((sql) => sql === 'commit')).toHaveLength(1);
  });

  it('meets other requests too: here a heartbeat', async () => {
    const { client, session } = await start();
    server.faults.order({ kind: 'session-gone' }, { request: 'heartbeat', session });
    expect(await client.connection.isValidAsync()).toBe(false);
  });
});

describe('a login that fails on order', () => {
  it('is not retried when the account refuses it', async () => {
    server.faults.order({ kind: 'error', code: '390201', sqlState: '08001', message: 'no' }, { request: 'login' });
    expect(await errorOf(connect(server))).toMatchObject({ code: '390201' });
    await (await connect(server)).close();
  });
});

describe('a session that ends at the server', () => {
  it('takes its transaction with it and frees its locks', async () => {
    const [one, dead] = [await start(), await start()];
    await one.client.rows(`insert into ${one.table} values (1)`);
    await dead.client.rows('begin');
    await dead.client.rows(`delete from ${one.table}`);
    await server.endSession(dead.session);
    expect(await one.client.rows(`delete from ${one.table}`)).toEqual([['1']]);
  });
});
