import type { Run } from '../engine/account.ts';
import { fullName, type Table } from '../engine/catalog.ts';
import { beginTransaction, ownerOf } from '../engine/execute.ts';
import { requireObject } from '../engine/resolve.ts';
import { SqlError } from '../errors.ts';
import { needWarehouse } from './statement.ts';

/** The table that a statement changes. */
export function requireTable(run: Run, path: readonly string[]): Table {
  const object = requireObject(run, path);
  if (object.kind === 'TABLE' || object.kind === 'DYNAMIC TABLE') return object;
  throw new SqlError(
    '002003',
    '42S02',
    `SQL compilation error:\nTable '${fullName(object)}' does not exist or not authorized.`,
  );
}

/** A table whose rows a user may change: not a dynamic one. */
export function requireWritable(run: Run, path: readonly string[]): Table {
  const table = requireTable(run, path);
  if (table.kind === 'TABLE') return table;
  throw new SqlError('090302', '42601', `Invalid operation on dynamic table '${fullName(table)}'.`);
}

/** With autocommit off, the first statement that changes something begins a transaction. */
export function beginImplicitly(run: Run): void {
  if (run.parameter('AUTOCOMMIT').toLowerCase() === 'false') beginTransaction(run);
}

/**
 * Takes the lock of a table and then runs the work; outside a transaction the lock ends with the statement. While a
 * statement waited, its table may have been replaced: then it waits for the new one.
 */
export async function withLock<T>(run: Run, path: readonly string[], work: (table: Table) => Promise<T>): Promise<T> {
  needWarehouse(run);
  beginImplicitly(run);
  const owner = ownerOf(run);
  owner.queryId = run.queryId;
  try {
    let table = requireWritable(run, path);
    for (;;) {
      await run.account.locks.acquire(table, owner, Number(run.parameter('LOCK_TIMEOUT')), run.signal);
      const now = requireWritable(run, path);
      if (now === table) return await work(table);
      table = now;
    }
  } finally {
    if (run.session.transaction !== owner) run.account.locks.release(owner);
  }
}
