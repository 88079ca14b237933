import { expect, test } from 'vitest';
import duckdb from '../../../../src/adapters/duckdb/index.ts';
import { StatementQueue, statementLimit, type Ticket } from '../../../../src/adapters/duckdb/statement-queue.ts';
import type { StatementError } from '../../../../src/core/index.ts';

const endless = 'select count(*) from range(100000000000) as a(x) where hash(x) = 1';
const soon = () => new Promise((resolve) => setTimeout(resolve, 100));

test('cancelAll stops running statements at once, and also those that wait for a thread', async () => {
  const warehouse = await duckdb.connect({ type: 'duckdb', path: ':memory:' }, { threads: 8 });
  const sessions = await Promise.all(Array.from({ length: 8 }, () => warehouse.openSession()));
  const started = sessions.map((session) => session.execute(endless).catch((thrown: StatementError) => thrown));
  await soon();
  const before = performance.now();
  await warehouse.cancelAll();
  const results = await Promise.all(started);
  expect(performance.now() - before).toBeLessThan(5000);
  expect(results).toHaveLength(8);
  for (const result of results) expect(result).toMatchObject({ cancelled: true, message: 'Cancelled' });
  for (const session of sessions) expect((await session.query('select 1 as x')).rows).toEqual([[1]]);
  await warehouse.close();
});

test('a transaction can be rolled back after its statement was cancelled', async () => {
  const warehouse = await duckdb.connect({ type: 'duckdb', path: ':memory:' }, { threads: 1 });
  const session = await warehouse.openSession();
  await session.execute('create table t as select 1 as x');
  await session.execute('begin');
  await session.execute('drop table t');
  const running = session.execute(endless).catch((thrown: StatementError) => thrown);
  await soon();
  await warehouse.cancelAll();
  expect(await running).toMatchObject({ cancelled: true });
  await session.execute('rollback');
  expect((await session.query('select * from t')).rows).toEqual([[1]]);
  await warehouse.close();
});

test('closing the warehouse ends what still runs', async () => {
  const warehouse = await duckdb.connect({ type: 'duckdb', path: ':memory:' }, { threads: 1 });
  const session = await warehouse.openSession();
  const running = session.execute(endless).catch((thrown: StatementError) => thrown);
  await soon();
  await warehouse.close();
  expect(await running).toMatchObject({ cancelled: true });
  await expect(session.query('select 1')).rejects.toMatchObject({ cancelled: true });
});

test('one thread of the pool is left to the file system', () => {
  expect([undefined, '1', '2', '32', 'x'].map(statementLimit)).toEqual([3, 1, 1, 31, 1]);
});

test('the queue lets in as many as it may, then the next in line', async () => {
  const queue = new StatementQueue(1);
  const ticket = (): Ticket => ({ cancelled: false, onCancel: undefined });
  const order: string[] = [];
  const [a, b, c] = [ticket(), ticket(), ticket()];
  const enter = (name: string, of: Ticket) =>
    queue.enter(of).then((turn) => {
      order.push(`${name} ${turn}`);
    });
  await enter('a', a);
  const waiting = [enter('b', b), enter('c', c)];
  b.cancelled = true;
  b.onCancel?.();
  await waiting[0];
  expect(order).toEqual(['a true', 'b false']);
  queue.leave();
  await waiting[1];
  expect(order).toEqual(['a true', 'b false', 'c true']);
});
