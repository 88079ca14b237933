import { closeSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Kysely } from 'kysely';
import type Database from 'libsql';
import { type Diagnostic, makeFolder, warning } from '../../core/index.ts';
import type { StateSchema } from './schema.ts';
import { schemaVersion, versionOf } from './schema-version.ts';
import { unusable } from './store-failure.ts';

/** An open state store. Two processes may have the same file open. */
export interface Store {
  readonly file: string;
  readonly database: Database.Database;
  /** Typed queries. Loads the query builder on first use: writing a run's events does not need it. */
  query(): Promise<Kysely<StateSchema>>;
  /** Sets how long a statement waits for another process that writes, in milliseconds. */
  waitForOthers(milliseconds: number): void;
  /** Safe to call twice. */
  close(): void;
}

export interface OpenedStore {
  /** Undefined where the store cannot be used; the diagnostics say why. */
  readonly store: Store | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** How long a statement waits for another process that writes, in milliseconds. */
const busyTimeout = 3000;

/**
 * Opens the state store and brings its schema up to date. A store that cannot be opened (read-only folder, full disk,
 * damaged file, schema of a newer Ingot) is a warning and no history: it must not stop a build.
 */
export async function openStore(file: string): Promise<OpenedStore> {
  let database: Database.Database | undefined;
  try {
    makeFolder(dirname(file));
    const { default: Libsql } = await import('libsql');
    database = new Libsql(file);
    prepare(database);
    const version = versionOf(database);
    if (version > schemaVersion) {
      database.close();
      return { store: undefined, diagnostics: [newerSchema(file, version)] };
    }
    if (version < schemaVersion) await (await import('./migrate.ts')).migrate(database);
    return { store: makeStore(file, database), diagnostics: [] };
  } catch (failure) {
    closeQuietly(database);
    return { store: undefined, diagnostics: [unusable(file, refusalOf(file) ?? failure)] };
  }
}

/** Why the system does not let anybody write the file: SQLite has one number for whatever stands in the way. */
function refusalOf(file: string): unknown {
  try {
    closeSync(openSync(file, 'a'));
    return undefined;
  } catch (refusal) {
    return refusal;
  }
}

function prepare(database: Database.Database): void {
  database.exec(`pragma busy_timeout = ${busyTimeout}`);
  database.exec('pragma journal_mode = wal');
  // A run's last events may be lost when the machine (not the process) dies; the file stays whole.
  database.exec('pragma synchronous = normal');
}

function makeStore(file: string, database: Database.Database): Store {
  let kysely: Promise<Kysely<StateSchema>> | undefined;
  let open = true;
  let patience = busyTimeout;
  return {
    file,
    database,
    query() {
      kysely ??= import('./kysely.ts').then(({ kyselyOf }) => kyselyOf(database));
      return kysely;
    },
    waitForOthers(milliseconds) {
      if (milliseconds !== patience) database.exec(`pragma busy_timeout = ${milliseconds}`);
      patience = milliseconds;
    },
    close() {
      if (open) closeQuietly(database);
      open = false;
    },
  };
}

function closeQuietly(database: Database.Database | undefined): void {
  try {
    database?.close();
  } catch {
    // Nothing is left to be done with a store that does not even close.
  }
}

function newerSchema(file: string, version: number): Diagnostic {
  return warning('record/newer-store', `${file} was written by a newer Ingot (schema ${version}): no history is kept`, {
    hint: 'Update Ingot, or give another file with --state-file',
  });
}
