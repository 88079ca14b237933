import { type MaterializationContext, type StatementResult, transact } from '../../core/index.ts';

/** As `transact`, with the statements of a materialization's warehouse. */
export function inTransaction<T>(context: MaterializationContext, work: () => Promise<T>): Promise<T> {
  return transact((sql) => context.execute(sql), context.adapter.statements, work);
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
