import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Client, connect, errorOf } from './server/client.ts';
import { startServer, type TestServer } from './server/index.ts';

let server: TestServer;
let [one, two]: Client[] = [];
const a = (): Client => one as Client;
const b = (): Client => two as Client;
beforeAll(async () => {
  server = await startServer({ abandonedAfter: 3000 });
  [one, two] = await Promise.all([connect(server), connect(server)]);
});
beforeEach(async () => {
  await a().rows('create or replace table t (id int, part int)');
  await a().rows('create or replace table other (id int)');
  await a().rows('insert into t values (1, 1), (2, 2)');
});
afterEach(async () => {
  await a().rows('rollback');
  await b().rows('rollback');
});
afterAll(async () => {
  await Promise.all([a().close(), b().close()]);
  await server.close();
});

const ids = async (client: Client): Promise<string> =>
  (await client.rows('select id from t order by id')).flat().join(' ');
const waiting = () => expect.poll(() => server.lockWaiters(), { interval: 5, timeout: 20_000 });

describe('a transaction', () => {
  it('is seen by others when it is committed, and not when it is rolled back', async () => {
    await a().rows('begin');
    await a().rows('insert into t values (3, 3)');
    expect([await ids(a()), await ids(b())]).toEqual(['1 2 3', '1 2']);
    await a().rows('commit');
    expect(await ids(b())).toBe('1 2 3');
    await a().rows('begin');
    await a().rows('delete from t');
    await a().rows('rollback');
    expect(await ids(a())).toBe('1 2 3');
  });

  it('sees what others commit while it has changed nothing: read committed', async () => {
    await a().rows('begin');
    expect(await ids(a())).toBe('1 2');
    await b().rows('insert into t values (3, 3)');
    expect(await ids(a())).toBe('1 2 3');
  });

  it('is not begun twice, and what ends none does nothing', async () => {
    await a().rows('begin');
    await a().rows('insert into t values (3, 3)');
    await a().rows('begin transaction');
    await a().rows('rollback');
    expect(await ids(a())).toBe('1 2');
    await a().rows('commit');
    await a().rows('rollback work');
  });

  it.each([
    'create or replace temporary table x (a int)',
    'truncate table other',
    'alter table other add column z int',
    "comment on table other is 'x'",
  ])('is committed by a definition: %s', async (definition) => {
    await a().rows('begin');
    await a().rows('insert into t values (3, 3)');
    await a().rows(definition);
    await a().rows('rollback');
    expect(await ids(b())).toBe('1 2 3');
  });

  it('keeps what it did before a statement that failed', async () => {
    await a().rows('begin');
    await a().rows('insert into t values (3, 3)');
    expect(await errorOf(a().rows("insert into t select 'x'::int, 1"))).toMatchObject({ code: '100038' });
    expect(await errorOf(a().rows('select nope from t'))).toMatchObject({ code: '000904' });
    await a().rows('insert into t values (4, 4)');
    await a().rows('commit');
    expect(await ids(b())).toBe('1 2 3 4');
  });

  it('begins by itself when autocommit is off', async () => {
    await a().rows('alter session set autocommit = false');
    await a().rows('insert into t values (3, 3)');
    expect(await ids(b())).toBe('1 2');
    await a().rows('commit');
    await a().rows('alter session set autocommit = true');
    expect(await ids(b())).toBe('1 2 3');
  });

  it('publishes a partition: others see the old rows or the new ones', async () => {
    await a().rows('create or replace temporary table stage as select 10 as id, 1 as part');
    await a().rows('begin');
    await a().rows('delete from t where part = 1');
    expect(await ids(b())).toBe('1 2');
    await a().rows('insert into t (id, part) select id, part from stage');
    expect(await ids(b())).toBe('1 2');
    await a().rows('commit');
    expect(await ids(b())).toBe('2 10');
  });
});

describe('the lock of a table', () => {
  it.each([
    'update t set part = 9 where id = 2',
    'delete from t where id = 2',
    'merge into t using other o on t.id = o.id when matched then delete',
    'insert overwrite into t select * from t',
  ])('is waited for by: %s', async (sql) => {
    await a().rows('begin');
    await a().rows('update t set part = 7 where id = 1');
    const second = b().rows(sql);
    await waiting().toBe(1);
    await a().rows('commit');
    await second;
    expect(await a().rows('select part from t where id = 1')).toEqual([['7']]);
  });

  it('does not keep an INSERT waiting, nor a query', async () => {
    await a().rows('begin');
    await a().rows('delete from t where id = 1');
    await b().rows('insert into t values (3, 3)');
    expect(await ids(b())).toBe('1 2 3');
    await a().rows('commit');
    expect(await ids(b())).toBe('2 3');
  });

  it('is not taken by an INSERT', async () => {
    await a().rows('begin');
    await a().rows('insert into t values (3, 3)');
    await b().rows('delete from t where id = 1');
    await a().rows('commit');
    expect(await ids(b())).toBe('2 3');
  });

  it('is waited for no longer than LOCK_TIMEOUT', async () => {
    await a().rows('begin');
    await a().rows('delete from t where id = 1');
    const error = await errorOf(b().rows('delete from t where id = 2', { parameters: { LOCK_TIMEOUT: 0.1 } }));
    expect(error).toMatchObject({ code: '000625', sqlState: '57014' });
    expect(error.message).toContain("has locked table 'T' in transaction");
  });

  it('is not waited for when that would never end: the later statement is the victim', async () => {
    await a().rows('insert into other values (1)');
    await a().rows('begin');
    await a().rows('delete from t where id = 1');
    await b().rows('begin');
    await b().rows('delete from other');
    const first = a().rows('delete from other');
    await waiting().toBe(1);
    const error = await errorOf(b().rows('delete from t where id = 2'));
    expect(error).toMatchObject({ code: '000625' });
    expect(error.message).toContain('deadlock');
    await b().rows('rollback');
    expect(await first).toEqual([['1']]);
  });

  it('is given up by a waiting statement that is stopped', async () => {
    await a().rows('begin');
    await a().rows('delete from t where id = 1');
    const sent = (statement: { cancel: (done: () => void) => void }) =>
      setTimeout(() => statement.cancel(() => undefined), 50);
    expect(await errorOf(b().rows('delete from t', { sent }))).toMatchObject({ code: '000604' });
    expect(server.lockWaiters()).toBe(0);
  });

  it('is taken from a client that died in a transaction', async () => {
    const dead = await connect(server);
    await dead.rows('begin');
    await dead.rows('delete from t');
    expect(await b().rows('delete from t where id = 1')).toEqual([['1']]);
    expect(await ids(b())).toBe('2');
    await dead.close();
  });

  it('lets twenty wait and refuses the next', async () => {
    await a().rows('begin');
    await a().rows('delete from t where id = 1');
    const many = await Promise.all(Array.from({ length: 21 }, () => connect(server)));
    const ended = many.map((client) =>
      client.rows('delete from t where id = 2').then(
        () => 'done',
        (error) => error.code,
      ),
    );
    await waiting().toBe(20);
    expect(await Promise.race(ended)).toBe('000625');
    await a().rows('commit');
    expect((await Promise.all(ended)).filter((end) => end === 'done')).toHaveLength(20);
    await Promise.all(many.map((client) => client.close()));
  });

  it('keeps 16 writers of one table apart: nothing is lost, nothing is doubled', async () => {
    await a().rows('create or replace table parts (part int, run int)');
    const many = await Promise.all(Array.from({ length: 16 }, () => connect(server)));
    await Promise.all(
      many.map(async (client, worker) => {
        for (let part = worker; part < 64; part += 16) {
          await client.rows(`create or replace temporary table stage as select ${part} as part, ${worker} as run`);
          await client.rows('begin');
          await client.rows(`delete from parts where part = ${part}`);
          await client.rows('insert into parts (part, run) select part, run from stage');
          await client.rows('commit');
        }
      }),
    );
    expect(await a().rows('select count(*), count(distinct part), sum(part) from parts')).toEqual([
      ['64', '64', '2016'],
    ]);
    await Promise.all(many.map((client) => client.close()));
  });
});
