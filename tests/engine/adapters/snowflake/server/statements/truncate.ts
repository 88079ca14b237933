import { endTransaction, inStatement } from '../engine/execute.ts';
import { completeName, findObject } from '../engine/resolve.ts';
import { forgetLoads } from '../files/load-history.ts';
import { acceptIfExists, type Statement, status } from './statement.ts';
import { withLock } from './target.ts';

/** TRUNCATE [TABLE] [IF EXISTS] t. */
export const truncate: Statement = async (run, cursor) => {
  cursor.accept('TABLE');
  const ifExists = acceptIfExists(cursor);
  const path = cursor.expectPath();
  cursor.expectEnd();
  if (ifExists && !findObject(run, completeName(path, run.session))) return status('Statement executed successfully.');
  await withLock(run, path, async (table) => {
    await inStatement(run, { reads: new Set(), target: table }, (execute) => execute(`DELETE FROM ${table.physical}`));
    forgetLoads(table);
  });
  await endTransaction(run.account, run.session, 'COMMIT');
  return status('Statement executed successfully.');
};
