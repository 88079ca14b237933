import { setTimeout as pause } from 'node:timers/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { describe, expect, test, vi } from 'vitest';
import duckdb from '../../../../src/adapters/duckdb/index.ts';
import { Workers } from '../../../../src/adapters/duckdb/workers.ts';
import type { Cell, Json, Session } from '../../../../src/core/index.ts';

const [away, helping] = ["set external_threads = current_setting('threads')", 'set external_threads = 1'];

describe('workers of DuckDB', () => {
  test('help a statement that takes long, and leave some time after', async () => {
    const { workers, sent } = recorded();
    await workers.during('select 1', async () => undefined);
    expect(sent).toEqual([away]);
    await workers.during('select 2', () => vi.waitUntil(() => sent.length === 2, { timeout: 5000 }));
    expect(sent).toEqual([away, helping]);
    await vi.waitUntil(() => sent.length === 3, { timeout: 5000 });
    expect(sent).toEqual([away, helping, away]);
    await workers.close();
  });

  test('are not called in where every core has a statement to run', async () => {
    const { workers, sent } = recorded();
    const all = pause(50);
    await Promise.all(Array.from({ length: 1000 }, () => workers.during('select 1', () => all)));
    expect(sent).toEqual([away]);
    await workers.close();
  });

  test.each([
    ['a statement that sets the number of threads', {}, 'set threads = 1', [1, 1]],
    ['a pragma that does', {}, 'select 1; pragma threads = 1', [1, 1]],
    ['a target whose settings do', { settings: { threads: 1 } }, undefined, [1, 1]],
    ['a target whose options do', { config_options: { threads: 3 } }, undefined, [1, 3]],
    ['a statement that locks the settings', {}, 'set lock_configuration = true', [1, expect.any(Number)]],
  ])('stay as DuckDB has them for %s', async (_, settings, sql, expected) => {
    await inSession({ path: ':memory:', ...settings }, async (session) => {
      if (sql) await session.execute(sql);
      expect(await threadsIn(session)).toEqual(expected);
    });
  });

  test('are as many as before for the parts of a statement', async () => {
    await inSession({ path: ':memory:' }, async (session) => {
      // On a slow machine the statements that open a database may have needed help, which leaves some time after.
      await vi.waitFor(
        async () => {
          const [external, all] = await threadsIn(session);
          expect(external).toBe(all);
        },
        { timeout: 5000 },
      );
    });
  });
});

function recorded(): { workers: Workers; sent: string[] } {
  const sent: string[] = [];
  const connection = { run: async (sql: string) => void sent.push(sql), disconnectSync() {} };
  return { workers: new Workers(connection as unknown as DuckDBConnection, true), sent };
}

async function inSession(target: Record<string, Json>, work: (session: Session) => Promise<void>): Promise<void> {
  const warehouse = await duckdb.connect({ type: 'duckdb', ...target }, { threads: 4 });
  try {
    await work(await warehouse.openSession());
  } finally {
    await warehouse.close();
  }
}

/** How many threads DuckDB does not start itself, and how many there are. */
async function threadsIn(session: Session): Promise<readonly Cell[]> {
  const { rows } = await session.query("select current_setting('external_threads'), current_setting('threads')");
  return rows[0] ?? [];
}
