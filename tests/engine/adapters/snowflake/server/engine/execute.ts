import type { DuckDBResultReader } from '@duckdb/node-api';
import { unsupported } from '../errors.ts';
import type { Account, Run } from './account.ts';
import { fullName, type Table } from './catalog.ts';
import { readAll } from './engine.ts';
import { fromEngine } from './engine-errors.ts';
import type { LockOwner } from './locks.ts';
import type { Session, Transaction } from './session.ts';

/** Runs SQL of the engine for a statement. */
export type Execute = (sql: string) => Promise<DuckDBResultReader>;

/** What a statement reads and changes. */
export interface Touches {
  readonly reads: ReadonlySet<Table>;
  readonly target?: Table;
}

/** The open transaction, or one that lasts as long as the statement. */
export const ownerOf = (run: Run): LockOwner =>
  run.session.transaction ?? { transaction: `${run.began.getTime()}000000`, queryId: run.queryId };

/** Runs the work of a statement in the open transaction, or in one of its own. */
export function inStatement<T>(run: Run, touches: Touches, work: (execute: Execute) => Promise<T>): Promise<T> {
  const { session } = run;
  session.writing = touches.target;
  const done = session.transaction ? inTransaction(run, session.transaction, touches, work) : alone(run, touches, work);
  return done.finally(() => {
    session.writing = undefined;
  });
}

/** Whether another session is changing the table, or has changed it and not committed yet. */
export const isBeingWritten = ({ account, session }: Run, table: Table): boolean =>
  [...account.sessions.values()].some(
    (other) => other !== session && (other.writing === table || other.transaction?.written.has(table)),
  );

async function alone<T>(run: Run, touches: Touches, work: (execute: Execute) => Promise<T>): Promise<T> {
  const { connection } = run.session;
  if (!touches.target) return work((sql) => interruptible(run, sql));
  await connection.run('BEGIN');
  try {
    const result = await work((sql) => interruptible(run, sql));
    await connection.run('COMMIT');
    changed(run.account, [touches.target]);
    return result;
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => undefined);
    throw fromEngine(error, run.sql);
  }
}

async function inTransaction<T>(
  run: Run,
  transaction: Transaction,
  touches: Touches,
  work: (execute: Execute) => Promise<T>,
): Promise<T> {
  if (transaction.broken !== undefined) throw unsupported(transaction.broken);
  await refresh(run, transaction, touches.reads);
  const journal: string[] = [];
  try {
    const result = await work((sql) => {
      journal.push(sql);
      return interruptible(run, sql);
    });
    if (touches.target) {
      transaction.written.add(touches.target);
      transaction.journal.push(...journal.map((sql) => ({ sql, reads: touches.reads })));
    }
    return result;
  } catch (error) {
    await recover(run, transaction);
    throw error;
  }
}

/** Each statement sees what was committed before it began; the engine's transactions see what was when they began. */
async function refresh(run: Run, transaction: Transaction, reads: ReadonlySet<Table>): Promise<void> {
  const { connection } = run.session;
  const stale = [...reads].find((table) => table.version > transaction.snapshot);
  if (transaction.open && !stale) return;
  if (transaction.open && stale && transaction.written.size > 0) {
    throw unsupported(`reading ${fullName(stale)} after another session changed it during this transaction`);
  }
  if (transaction.open) await connection.run('ROLLBACK');
  transaction.open = true;
  transaction.snapshot = run.account.catalog.commits;
  await connection.run('BEGIN');
}

/** A statement that fails takes back itself only; the engine may have given up the whole transaction. */
async function recover(run: Run, transaction: Transaction): Promise<void> {
  const { connection } = run.session;
  if (
    await connection.run('SELECT 1').then(
      () => true,
      () => false,
    )
  )
    return;
  await connection.run('ROLLBACK').catch(() => undefined);
  transaction.open = false;
  const reads = new Set(transaction.journal.flatMap((entry) => [...entry.reads]));
  const stale = [...reads].find((table) => table.version > transaction.snapshot);
  if (stale) {
    transaction.broken = `going on after an error in a transaction that read ${fullName(stale)}`;
    return;
  }
  if (transaction.journal.length === 0) return;
  transaction.open = true;
  transaction.snapshot = run.account.catalog.commits;
  await connection.run('BEGIN');
  for (const { sql } of transaction.journal) await connection.run(sql);
}

/** Runs SQL until it ends or the statement is stopped. */
async function interruptible(run: Run, sql: string): Promise<DuckDBResultReader> {
  run.signal.throwIfAborted();
  const { connection } = run.session;
  let again: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    connection.interrupt();
    // An interrupt that comes before the engine has begun is lost.
    again = setInterval(() => connection.interrupt(), 20);
  };
  run.signal.addEventListener('abort', interrupt);
  try {
    return await readAll(connection, sql);
  } catch (error) {
    run.signal.throwIfAborted();
    throw fromEngine(error, run.sql);
  } finally {
    clearInterval(again);
    run.signal.removeEventListener('abort', interrupt);
  }
}

/** Begins a transaction, unless one is open. Others that wait for it end it when its session is silent for too long. */
export function beginTransaction(run: Run): void {
  const { account, session, queryId, began } = run;
  session.transaction ??= {
    transaction: `${began.getTime()}000000`,
    queryId,
    begun: began,
    open: false,
    snapshot: 0,
    written: new Set(),
    journal: [],
    atCommit: [],
    broken: undefined,
    abandon: async () => {
      const silent = Date.now() - session.lastUsed >= account.abandonedAfter;
      if (silent && !session.busy) await endTransaction(account, session, 'ROLLBACK');
    },
  };
}

/** Ends the open transaction, if there is one. */
export async function endTransaction(account: Account, session: Session, how: 'COMMIT' | 'ROLLBACK'): Promise<void> {
  const { transaction } = session;
  if (!transaction) return;
  const broken = how === 'COMMIT' ? transaction.broken : undefined;
  session.transaction = undefined;
  try {
    if (transaction.open) await session.connection.run(broken === undefined ? how : 'ROLLBACK');
    if (how === 'COMMIT' && broken === undefined) {
      changed(account, transaction.written);
      for (const keep of transaction.atCommit) keep();
    }
  } catch (error) {
    throw fromEngine(error, how);
  } finally {
    account.locks.release(transaction);
  }
  if (broken !== undefined) throw unsupported(broken);
}

function changed(account: Account, tables: Iterable<Table>): void {
  account.catalog.commits += 1;
  for (const table of tables) {
    table.version = account.catalog.commits;
    table.altered = new Date();
  }
}
