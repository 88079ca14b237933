import { type DuckDBConnection, DuckDBInstance, type DuckDBResultReader } from '@duckdb/node-api';
import { macros } from './macros.ts';

/** One engine for the whole account; a session has a connection of its own. */
export interface Engine {
  readonly connect: (timezone: string) => Promise<DuckDBConnection>;
  /** Drops what nobody can be reading any more. */
  readonly bury: (physical: string) => void;
  readonly enter: () => void;
  readonly leave: () => Promise<void>;
  readonly close: () => void;
}

/**
 * Opens the engine. A table that was dropped or replaced stays until no statement and no transaction is under way: one
 * that began before may still be reading it.
 */
export async function openEngine(): Promise<Engine> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const own = await instance.connect();
  await own.run(`SET default_null_order = 'nulls_last_on_asc_first_on_desc'`);
  for (const macro of macros) await own.run(macro);
  const graves = new Set<string>();
  let busy = 0;
  return {
    connect: async (timezone) => {
      const connection = await instance.connect();
      await connection.run(`SET TimeZone = '${timezone.replaceAll("'", '')}'`);
      return connection;
    },
    bury: (physical) => graves.add(physical),
    enter: () => {
      busy += 1;
    },
    leave: async () => {
      busy -= 1;
      if (busy > 0 || graves.size === 0) return;
      const dropped = [...graves];
      graves.clear();
      for (const physical of dropped) await own.run(`DROP TABLE IF EXISTS ${physical}`);
    },
    close: () => {
      own.closeSync();
      instance.closeSync();
    },
  };
}

/** Runs one statement to its end and gives all rows. */
export const readAll = (connection: DuckDBConnection, sql: string): Promise<DuckDBResultReader> =>
  connection.runAndReadAll(sql);
