import type Database from 'libsql';
import type { Batch } from './batch.ts';
import type { StateSchema } from './schema.ts';

/** What events are turned into. */
type Table = 'runs' | 'steps' | 'statements' | 'sql_texts' | 'diagnostics' | 'messages';

/** Column names of every table in the order of insertion; the types hold them to the schema. */
const columns: { readonly [T in Table]: readonly (keyof StateSchema[T] & string)[] } = {
  runs: [
    'run_id',
    'command',
    'args',
    'target',
    'version',
    'started_at',
    'finished_at',
    'outcome',
    'elapsed_ms',
    'steps_planned',
    'pid',
    'host',
    'process_started_at',
  ],
  steps: [
    'run_id',
    'position',
    'node_id',
    'resource_type',
    'partition_key',
    'status',
    'started_at',
    'finished_at',
    'compile_started_at',
    'compile_finished_at',
    'thread',
    'message',
    'failures',
    'rows_affected',
    'skipped_because',
    'compiled_path',
    'relation_name',
  ],
  statements: ['run_id', 'number', 'node_id', 'sql_hash', 'started_at', 'finished_at', 'rows_affected', 'error'],
  sql_texts: ['sql_hash', 'sql'],
  diagnostics: [
    'run_id',
    'number',
    'node_id',
    'code',
    'severity',
    'message',
    'file',
    'start_offset',
    'end_offset',
    'hint',
    'notes',
  ],
  messages: ['run_id', 'number', 'at', 'level', 'text', 'node_id'],
};

/** How many rows a statement takes, where it is not one. */
const rowsTogether = 16;

/** Writes batches with statements that are prepared once. Synchronous, so that it also works while a process exits. */
export class BatchWriter {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(database: Database.Database) {
    this.#database = database;
  }

  /** All of the batch or nothing of it. Throws what the database throws. */
  write(batch: Batch): void {
    this.#database.exec('begin immediate');
    try {
      if (batch.run) this.#insert('runs', [batch.run]);
      this.#insert('sql_texts', batch.texts);
      this.#insert('steps', batch.steps.values());
      this.#insert('statements', batch.statements);
      this.#insert('diagnostics', batch.diagnostics);
      this.#insert('messages', batch.messages);
      this.#database.exec('commit');
    } catch (failure) {
      if (this.#database.inTransaction) this.#database.exec('rollback');
      throw failure;
    }
  }

  /** Several rows at once: most of what a row takes is the way to the database. */
  #insert<T extends Table>(table: T, rows: Iterable<StateSchema[T]>): void {
    const all = [...rows];
    const whole = all.length - (all.length % rowsTogether);
    for (let from = 0; from < all.length; ) {
      const count = from < whole ? rowsTogether : 1;
      const some = all.slice(from, from + count);
      this.#statement(table, count).run(some.flatMap((row) => columns[table].map((column) => row[column])));
      from += count;
    }
  }

  #statement(table: Table, count: number): Database.Statement {
    const key = `${table} ${count}`;
    const known = this.#statements.get(key);
    if (known) return known;
    const names = columns[table];
    // A statement's text may be there from an earlier run; a step and a run are written again when they end.
    const verb = table === 'sql_texts' ? 'insert or ignore' : 'insert or replace';
    const row = `(${names.map(() => '?').join(', ')})`;
    const values = Array.from({ length: count }, () => row).join(', ');
    const statement = this.#database.prepare(`${verb} into ${table} (${names.join(', ')}) values ${values}`);
    this.#statements.set(key, statement);
    return statement;
  }
}
