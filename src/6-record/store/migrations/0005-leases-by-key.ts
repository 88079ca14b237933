import type { Kysely } from 'kysely';
import type { StateSchema } from '../schema.ts';

/** What is staged says itself by whom: which partitions a lease was taken with is asked no more. */
export async function up(db: Kysely<StateSchema>): Promise<void> {
  await db.schema.alterTable('leases').dropColumn('batch').execute();
}
