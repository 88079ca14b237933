import { setTimeout as pause } from 'node:timers/promises';
import { Migrator } from 'kysely';
import type Database from 'libsql';
import { kyselyOf } from './kysely.ts';
import { migrations } from './migrations/index.ts';
import { schemaVersion, versionOf } from './schema-version.ts';

/**
 * Applies the migrations that a store lacks. Two processes may start on the same new store: the one that comes second
 * fails on what the first has made, looks again, and finds the work done.
 */
export async function migrate(database: Database.Database): Promise<void> {
  for (let attempt = 1; versionOf(database) < schemaVersion; attempt += 1) {
    const failure = await applyAll(database);
    if (failure === undefined) return;
    if (attempt === 10) throw failure;
    await pause(20 * attempt);
  }
}

async function applyAll(database: Database.Database): Promise<unknown> {
  const db = kyselyOf(database);
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) return error;
  database.exec(`pragma user_version = ${schemaVersion}`);
  return undefined;
}
