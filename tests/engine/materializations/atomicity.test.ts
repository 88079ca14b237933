import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import duckdb from '../../../src/adapters/duckdb/index.ts';
import incremental from '../../../src/materializations/incremental.ts';
import table from '../../../src/materializations/table.ts';
import view from '../../../src/materializations/view.ts';
import { bundleScript } from '../bundle-script.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { build, useBench } from './harness.ts';

const bench = useBench();
const folder = temporaryFolder();

/** Every row of a generation says its number, so a mixture or a part of one shows. */
const generation = (number: number) => `select n, ${number} as generation from range(20000) as r(n)`;

test('a reader sees the old or the new rows, whatever takes their place', async () => {
  const reader = await bench.warehouse.openSession();
  await build(table, bench, { sql: generation(0) });
  let building = true;
  const seen = new Set<number>();
  const reading = (async () => {
    for (;;) {
      const last = !building;
      const { rows } = await reader.query('select count(*), min(generation), max(generation) from memory.main.m');
      const [count, least, greatest] = rows[0] as [number, number, number];
      expect([count, greatest]).toEqual([20000, least]);
      seen.add(least);
      if (last) return;
    }
  })();
  try {
    for (let number = 1; number <= 40; number += 1) {
      const sql = generation(number);
      if (number % 4 === 0) await build(view, bench, { sql });
      else if (number % 4 === 3) {
        await build(incremental, bench, { sql, config: { materialized: 'incremental', unique_key: 'n' } });
      } else await build(table, bench, { sql, postHooks: number % 4 === 1 ? [['select 1', true]] : [] });
    }
  } finally {
    building = false;
    await reading;
    await reader.close();
  }
  expect(seen.size).toBeGreaterThan(3);
  expect(seen.has(40)).toBe(true);
});

async function killedAfter(program: string, path: string, milliseconds: number): Promise<void> {
  const builder = spawn(process.execPath, [program, path]);
  const complaints: string[] = [];
  builder.stderr.on('data', (text) => complaints.push(String(text)));
  const ended = once(builder, 'exit');
  const started = await Promise.race([once(builder.stdout, 'data').then(() => true), ended.then(() => false)]);
  if (!started) throw new Error(complaints.join(''));
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  builder.kill('SIGKILL');
  expect((await ended)[1]).toBe('SIGKILL');
}

test('kill -9 in the middle leaves a whole generation, and running again is enough', async () => {
  const path = join(folder, 'killed.duckdb');
  const program = await bundleScript(join(import.meta.dirname, 'build-forever.ts'));
  let before = 0;
  for (const milliseconds of [150, 237, 411]) {
    await killedAfter(program, path, milliseconds);
    const warehouse = await duckdb.connect({ type: 'duckdb', path }, { threads: 1 });
    const session = await warehouse.openSession();
    const [ledger, whole, added] = await Promise.all([
      session.query('select max(generation) from ledger'),
      session.query('select count(*), min(generation), max(generation) from m'),
      session.query('select count(*), min(generation), max(generation) from i'),
    ]);
    const last = ledger.rows[0]?.[0] as number;
    expect(last).toBeGreaterThan(before);
    expect(whole.rows).toEqual([[20000, last, last]]);
    const generationOfIncrement = added.rows[0]?.[1] as number;
    expect(added.rows).toEqual([[20000, generationOfIncrement, generationOfIncrement]]);
    expect([last, last - 1]).toContain(generationOfIncrement);
    before = last;
    await warehouse.close();
  }
}, 30_000);
