import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { StateSchema } from '../schema.ts';

/** What failed or was left out is found by its node, however many steps went well. */
export async function up(db: Kysely<StateSchema>): Promise<void> {
  await sql`create index steps_unbuilt on steps (node_id, partition_key) where status in ('error', 'skipped')`.execute(
    db,
  );
}
