import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { StateSchema } from '../schema.ts';

/** Keys of dynamic partitions, in the order in which they were added. */
export async function up(db: Kysely<StateSchema>): Promise<void> {
  await db.schema
    .createTable('partition_keys')
    .addColumn('position', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('list', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('added_at', 'integer', (column) => column.notNull())
    .execute();
  await sql`create unique index partition_keys_key on partition_keys (target, list, key)`.execute(db);
}
