import { setTimeout as pause } from 'node:timers/promises';
import { type MaterializationContext, StatementError, type StatementResult } from '../../core/index.ts';

/** How many times a transaction is run, where others are in its way. */
const mostAttempts = 6;
/** Milliseconds before the second one; before each further one twice as many. */
const firstPause = 10;

/**
 * Runs the work between begin and commit; rolls back and fails with the first error if it does not succeed. Where the
 * warehouse says that it may pass, the work is done again from its beginning.
 */
export async function inTransaction<T>(context: MaterializationContext, work: () => Promise<T>): Promise<T> {
  const { statements } = context.adapter;
  for (let attempt = 1; ; attempt += 1) {
    await context.execute(statements.begin());
    try {
      const result = await work();
      await context.execute(statements.commit());
      return result;
    } catch (failure) {
      // A connection that is gone has rolled back by itself; the first error is the one to tell.
      await context.execute(statements.rollback()).catch(() => undefined);
      if (!(failure instanceof StatementError && failure.mayPass) || attempt >= mostAttempts) throw failure;
      await pause(firstPause * 2 ** (attempt - 1));
    }
  }
}

/**
 * The transaction around a build as a whole, where tables are made in transactions too. Elsewhere each of them is there at
 * once, and commits what is open: there, only rows have transactions (`changeRows`).
 */
export function asWhole<T>(context: MaterializationContext, work: () => Promise<T>): Promise<T> {
  return context.adapter.capabilities.transactionalDdl ? inTransaction(context, work) : work();
}

/**
 * Sends statements that change rows, and nothing else, so that readers see the work of all of them or of none; gives the
 * last one's result.
 *
 * @param note statements that say what was written, to be sent with it. Default: none.
 */
export function changeRows(
  context: MaterializationContext,
  statements: readonly string[],
  note?: (written: StatementResult) => readonly string[],
): Promise<StatementResult> {
  const isWithin = context.adapter.capabilities.transactionalDdl;
  const send = async (): Promise<StatementResult> => {
    const written = await sendAll(context, statements);
    await sendAll(context, note?.(written) ?? []);
    return written;
  };
  return isWithin || (statements.length < 2 && !note) ? send() : inTransaction(context, send);
}

/** Sends statements one after the other; gives the last one's result. */
export async function sendAll(
  context: MaterializationContext,
  statements: readonly string[],
): Promise<StatementResult> {
  let result: StatementResult = { rowsAffected: null };
  for (const statement of statements) result = await context.execute(statement);
  return result;
}
