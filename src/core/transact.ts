import { setTimeout as pause } from 'node:timers/promises';
import { StatementError } from './adapter.ts';
import type { Statements } from './statements.ts';

/** How many times a transaction is run, where others are in its way. */
const mostAttempts = 6;
/** Milliseconds before the second one; before each further one twice as many. */
const firstPause = 10;

/**
 * Runs the work between begin and commit; rolls back and fails with the first error if it does not succeed. Where the
 * warehouse says that it may pass, the work is done again from its beginning.
 */
export async function transact<T>(
  send: (sql: string) => Promise<unknown>,
  { begin, commit, rollback }: Pick<Statements, 'begin' | 'commit' | 'rollback'>,
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    await send(begin());
    try {
      const result = await work();
      await send(commit());
      return result;
    } catch (failure) {
      // A connection that is gone has rolled back by itself; the first error is the one to tell.
      await send(rollback()).catch(() => undefined);
      if (!(failure instanceof StatementError && failure.mayPass) || attempt >= mostAttempts) throw failure;
      await pause(firstPause * 2 ** (attempt - 1));
    }
  }
}
