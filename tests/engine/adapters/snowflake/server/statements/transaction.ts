import { beginTransaction, endTransaction } from '../engine/execute.ts';
import { type Statement, status, typeIds } from './statement.ts';

/** BEGIN; inside a transaction it does nothing. */
export const begin: Statement = async (run, cursor) => {
  const word = cursor.accept('WORK') || cursor.accept('TRANSACTION');
  if (cursor.accept('NAME')) cursor.expectName();
  if (!word) cursor.expectEnd();
  cursor.expectEnd();
  beginTransaction(run);
  return status('Statement executed successfully.', typeIds.transaction);
};

/** COMMIT; outside a transaction it does nothing. */
export const commit: Statement = async (run, cursor) => {
  cursor.accept('WORK');
  cursor.expectEnd();
  await endTransaction(run.account, run.session, 'COMMIT');
  return status('Statement executed successfully.', typeIds.transaction);
};

/** ROLLBACK; outside a transaction it does nothing. */
export const rollback: Statement = async (run, cursor) => {
  cursor.accept('WORK');
  cursor.expectEnd();
  await endTransaction(run.account, run.session, 'ROLLBACK');
  return status('Statement executed successfully.', typeIds.transaction);
};
