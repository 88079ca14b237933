import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { StateSchema } from '../schema.ts';

/** Backfills with their runs, and who builds what at the moment. */
export async function up(db: Kysely<StateSchema>): Promise<void> {
  await db.schema
    .createTable('backfills')
    .addColumn('backfill_id', 'text', (column) => column.primaryKey())
    .addColumn('created_at', 'integer', (column) => column.notNull())
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('request', 'text', (column) => column.notNull())
    .addColumn('planned', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('finished_at', 'integer')
    .addColumn('cancelled_at', 'integer')
    .addColumn('pid', 'integer', (column) => column.notNull())
    .addColumn('host', 'text', (column) => column.notNull())
    .addColumn('process_started_at', 'integer', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('backfill_runs')
    .addColumn('backfill_id', 'text', (column) => column.notNull())
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('backfill_runs_key', ['backfill_id', 'run_id'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await createLeases(db);
}

async function createLeases(db: Kysely<StateSchema>): Promise<void> {
  await db.schema
    .createTable('leases')
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('asset', 'text', (column) => column.notNull())
    .addColumn('partition_key', 'text', (column) => column.notNull())
    .addColumn('batch', 'text', (column) => column.notNull())
    .addColumn('holder', 'text', (column) => column.notNull())
    .addColumn('pid', 'integer', (column) => column.notNull())
    .addColumn('host', 'text', (column) => column.notNull())
    .addColumn('process_started_at', 'integer', (column) => column.notNull())
    .addColumn('heartbeat_at', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('leases_key', ['target', 'asset', 'partition_key'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await db.schema.createIndex('leases_by_holder').on('leases').column('holder').execute();
  await db.schema
    .createTable('builders')
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('asset', 'text', (column) => column.notNull())
    .addColumn('holder', 'text', (column) => column.notNull())
    .addColumn('pid', 'integer', (column) => column.notNull())
    .addColumn('host', 'text', (column) => column.notNull())
    .addColumn('process_started_at', 'integer', (column) => column.notNull())
    .addColumn('ended_at', 'integer')
    .addPrimaryKeyConstraint('builders_key', ['target', 'asset', 'holder'])
    .modifyEnd(sql`without rowid`)
    .execute();
}
