import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { StateSchema } from '../schema.ts';

/** Runs and everything that belongs to one: steps, statements, diagnostics, messages. */
export async function up(db: Kysely<StateSchema>): Promise<void> {
  await db.schema
    .createTable('runs')
    .addColumn('run_id', 'text', (column) => column.primaryKey())
    .addColumn('command', 'text', (column) => column.notNull())
    .addColumn('args', 'text', (column) => column.notNull())
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('started_at', 'integer', (column) => column.notNull())
    .addColumn('finished_at', 'integer')
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('elapsed_ms', 'integer')
    .addColumn('steps_planned', 'integer', (column) => column.notNull())
    .addColumn('pid', 'integer', (column) => column.notNull())
    .addColumn('host', 'text', (column) => column.notNull())
    .addColumn('process_started_at', 'integer', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('runs_by_start').on('runs').column('started_at').execute();
  await createSteps(db);
  await createStatements(db);
  await createMessages(db);
}

async function createSteps(db: Kysely<StateSchema>): Promise<void> {
  await db.schema
    .createTable('steps')
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('node_id', 'text', (column) => column.notNull())
    .addColumn('resource_type', 'text', (column) => column.notNull())
    .addColumn('partition_key', 'text', (column) => column.notNull().defaultTo(''))
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('started_at', 'integer', (column) => column.notNull())
    .addColumn('finished_at', 'integer')
    .addColumn('compile_started_at', 'integer')
    .addColumn('compile_finished_at', 'integer')
    .addColumn('thread', 'integer', (column) => column.notNull())
    .addColumn('message', 'text', (column) => column.notNull())
    .addColumn('failures', 'integer')
    .addColumn('rows_affected', 'integer')
    .addColumn('skipped_because', 'text')
    .addColumn('compiled_path', 'text')
    .addColumn('relation_name', 'text')
    .addPrimaryKeyConstraint('steps_key', ['run_id', 'position'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await db.schema.createIndex('steps_by_node').on('steps').columns(['node_id', 'started_at']).execute();
  await sql`create view test_results as
    select run_id, node_id, status, failures, message, finished_at
    from steps where resource_type in ('test', 'unit_test')`.execute(db);
}

async function createStatements(db: Kysely<StateSchema>): Promise<void> {
  await db.schema
    .createTable('sql_texts')
    .addColumn('sql_hash', 'text', (column) => column.primaryKey())
    .addColumn('sql', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('statements')
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('node_id', 'text', (column) => column.notNull())
    .addColumn('sql_hash', 'text', (column) => column.notNull())
    .addColumn('started_at', 'integer', (column) => column.notNull())
    .addColumn('finished_at', 'integer', (column) => column.notNull())
    .addColumn('rows_affected', 'integer')
    .addColumn('error', 'text')
    .addPrimaryKeyConstraint('statements_key', ['run_id', 'number'])
    .modifyEnd(sql`without rowid`)
    .execute();
}

async function createMessages(db: Kysely<StateSchema>): Promise<void> {
  await db.schema
    .createTable('diagnostics')
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('node_id', 'text')
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('severity', 'text', (column) => column.notNull())
    .addColumn('message', 'text', (column) => column.notNull())
    .addColumn('file', 'text')
    .addColumn('start_offset', 'integer')
    .addColumn('end_offset', 'integer')
    .addColumn('hint', 'text')
    .addColumn('notes', 'text')
    .addPrimaryKeyConstraint('diagnostics_key', ['run_id', 'number'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await db.schema
    .createTable('messages')
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('at', 'integer', (column) => column.notNull())
    .addColumn('level', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('node_id', 'text')
    .addPrimaryKeyConstraint('messages_key', ['run_id', 'number'])
    .modifyEnd(sql`without rowid`)
    .execute();
}
