import { Kysely, SqliteDialect } from 'kysely';
import type Database from 'libsql';
import type { StateSchema } from './schema.ts';

/** The query builder over an open database. Apart from the rest, because loading it takes longer than opening a file. */
export function kyselyOf(database: Database.Database): Kysely<StateSchema> {
  return new Kysely<StateSchema>({ dialect: new SqliteDialect({ database }) });
}
