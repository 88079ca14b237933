import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { StateSchema } from '../schema.ts';

/** What goes on, or died before its end, is found however many runs have ended. */
export async function up(db: Kysely<StateSchema>): Promise<void> {
  await sql`create index runs_unended on runs (target) where outcome = 'running'`.execute(db);
}
