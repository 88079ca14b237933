import duckdb from '../../../src/adapters/duckdb/index.ts';
import type { Materialization } from '../../../src/core/index.ts';
import incremental from '../../../src/materializations/incremental.ts';
import table from '../../../src/materializations/table.ts';
import view from '../../../src/materializations/view.ts';
import { type Bench, build } from './harness.ts';

// A script of its own, which the test bundles, starts with a database file, and kills.
await buildForever(process.argv[2] as string);

/**
 * Builds `m`, as a table and as a view in turns, and `i`, incrementally, until somebody kills the process. Every build
 * of `m` writes its number to `ledger` in its own transaction.
 */
async function buildForever(path: string): Promise<void> {
  const warehouse = await duckdb.connect({ type: 'duckdb', path }, { threads: 1 });
  const session = await warehouse.openSession();
  await session.execute('create table if not exists ledger (generation integer)');
  const database = path.replace(/^.*\/|\.duckdb$/g, '');
  const bench: Bench = {
    warehouse,
    session,
    rows: async (sql) => (await session.query(sql)).rows,
    given: async (...statements) => {
      for (const sql of statements) await session.execute(sql);
    },
    existing: async (name) =>
      (await session.listRelations(database, 'main')).find(({ identifier }) => identifier === name),
  };
  const last = (await session.query('select coalesce(max(generation), 0) from ledger')).rows[0]?.[0] as number;
  for (let number = last + 1; ; number += 1) {
    const sql = `select n, ${number} as generation from range(20000) as r(n)`;
    const kind: Materialization = number % 3 === 0 ? view : table;
    const target = (identifier: string) => ({ database, schema: 'main', identifier });
    await build(kind, bench, {
      sql,
      postHooks: [[`insert into ledger values (${number})`, true]],
      context: { target: target('m') },
    });
    const config = { materialized: 'incremental', unique_key: 'n' };
    await build(incremental, bench, { name: 'i', sql, config, context: { target: target('i') } });
    if (number === last + 1) console.log('building');
  }
}
