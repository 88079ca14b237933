import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LeaseOptions, type OpenLeases, openLeases, openStore, type Store } from '../../../src/6-record/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

let folder: string;
const open: { close(): void }[] = [];

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  for (const one of open.splice(0).reverse()) one.close();
});

async function store(): Promise<Store> {
  const { store: opened, diagnostics } = await openStore(join(folder, 'state.db'));
  expect(diagnostics).toEqual([]);
  open.push(opened as Store);
  return opened as Store;
}

/** Each with a connection of its own, as two processes have. */
async function leases(holder: string, change: Partial<LeaseOptions> = {}): Promise<OpenLeases> {
  const opened = openLeases(await store(), { target: 'shop.dev', holder, since: Date.now(), ...change });
  open.push(opened);
  return opened;
}

/** Until what was given back is written. */
const written = (): Promise<void> => sleep(60);

describe('leases', () => {
  it('give a partition to one, until it is given back', async () => {
    const [one, other] = [await leases('one'), await leases('other')];
    const lease = one.take('orders', ['2024-01-01']);
    expect(lease?.holds()).toBe(true);
    expect(other.take('orders', ['2024-01-01'])).toBeUndefined();
    expect(other.take('orders', ['2024-01-02'])).toBeDefined();
    expect(other.take('items', ['2024-01-01'])).toBeDefined();
    lease?.release();
    await written();
    expect(other.take('orders', ['2024-01-01'])).toBeDefined();
  });

  it('give several partitions together, or none of them', async () => {
    const [one, other] = [await leases('one'), await leases('other')];
    one.take('orders', ['2']);
    expect(other.take('orders', ['1', '2', '3'])).toBeUndefined();
    expect(one.take('orders', ['1'])).toBeDefined();
    expect(one.take('orders', ['3'])).toBeDefined();
  });

  it('are apart for different targets', async () => {
    const [one, other] = [await leases('one'), await leases('other', { target: 'shop.prod' })];
    one.take('orders', ['1']);
    expect(other.take('orders', ['1'])?.contested).toBe(false);
  });

  it('say whether others build, or have built since, what may be the same', async () => {
    const [early, one] = [await leases('early'), await leases('one')];
    expect(one.take('orders', ['1'])?.contested).toBe(false);
    expect(early.take('orders', ['2'])?.contested).toBe(true);
    early.close();
    expect(one.take('orders', ['3'])?.contested).toBe(true);
    one.close();
    await sleep(5);
    expect((await leases('late')).take('orders', ['1'])?.contested).toBe(false);
  });

  it('are taken over from a process that is gone', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    const { database } = await store();
    const later = await leases('later');
    database
      .prepare('insert into leases values (?, ?, ?, ?, ?, ?, ?, ?)')
      .run(['shop.dev', 'orders', '1', 'gone', gone, hostname(), Date.now(), Date.now()]);
    const lease = later.take('orders', ['1']);
    expect(lease?.holds()).toBe(true);
    // It may have published before it died.
    expect(lease?.contested).toBe(true);
  });

  it('of processes that are gone are none any more for who comes after them', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    const { database } = await store();
    database
      .prepare('insert into leases values (?, ?, ?, ?, ?, ?, ?, ?)')
      .run(['shop.dev', 'orders', '1', 'gone', gone, hostname(), Date.now(), Date.now()]);
    await leases('later');
    expect(database.prepare('select * from leases').all()).toEqual([]);
  });

  it('are lost by who is not heard of for too long', async () => {
    // Whoever begins clears away what is abandoned: all are there before the lease that is about to be.
    const [patient, other] = [await leases('patient'), await leases('other', { patienceMs: 20 })];
    const silent = await leases('silent', { heartbeatMs: 60_000 });
    const lease = silent.take('orders', ['1']);
    await sleep(40);
    expect(patient.take('orders', ['1'])).toBeUndefined();
    expect(other.take('orders', ['1'])?.holds()).toBe(true);
    expect(lease?.holds()).toBe(false);
    // What is not its own any more is not given back by it.
    lease?.release();
    await written();
    expect(patient.take('orders', ['1'])).toBeUndefined();
  });

  it('are kept by who is heard of', async () => {
    const lively = await leases('lively', { heartbeatMs: 10 });
    const lease = lively.take('orders', ['1']);
    const other = await leases('other', { patienceMs: 300 });
    await sleep(500);
    expect(other.take('orders', ['1'])).toBeUndefined();
    expect(lease?.holds()).toBe(true);
  });

  it('tell of each run whether it has come to its end', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    const { database } = await store();
    const [one, other, ended] = [await leases('one'), await leases('1f0c-9a7e-lives'), await leases('ended')];
    database
      .prepare('insert into builders values (?, ?, ?, ?, ?, ?, null)')
      .run(['shop.dev', '', 'gone', gone, hostname(), Date.now()]);
    ended.close();
    const told = ['1f0c9a7e', 'ended', 'gone', 'unknown'].map((run) => one.hasEnded(run));
    expect(told).toEqual([false, true, true, undefined]);
    expect(other.hasEnded('one')).toBe(false);
  });

  it('are all given back at the end', async () => {
    const { database } = await store();
    const one = await leases('one');
    for (const key of ['1', '2', '3']) one.take('orders', [key])?.release();
    one.take('orders', ['4']);
    one.close();
    expect(database.prepare('select * from leases').all()).toEqual([]);
  });
});
