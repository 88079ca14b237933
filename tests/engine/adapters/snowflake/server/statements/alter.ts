import type { Run } from '../engine/account.ts';
import { completeName, findObject } from '../engine/resolve.ts';
import type { Outcome } from '../engine/session.ts';
import { missingForCommand } from '../errors.ts';
import type { Cursor } from '../sql/cursor.ts';
import { alterColumns } from './alter-columns.ts';
import { alterDynamicTable } from './alter-dynamic-table.ts';
import { alterExternalTable } from './external-table.ts';
import { alterRows } from './materialized-view.ts';
import { groupText, settingNames, settingValue } from './options.ts';
import { renameObject, swapTables } from './rename.ts';
import { acceptIfExists, refuse, type Statement, status } from './statement.ts';
import { requireTable } from './target.ts';

const done = (): Outcome => status('Statement executed successfully.');

/** ALTER of whatever follows. */
export const alter: Statement = async (run, cursor) => {
  const dynamic = cursor.accept('DYNAMIC');
  if (!dynamic && !cursor.accept('ICEBERG')) cursor.accept('MATERIALIZED');
  if (cursor.accept('EXTERNAL', 'TABLE')) return alterExternalTable(run, cursor);
  const kind = cursor.expectWord();
  if (kind === 'WAREHOUSE') return alterWarehouse(run, cursor);
  if (kind !== 'TABLE' && kind !== 'VIEW') return refuse(cursor, cursor.offset);
  const ifExists = acceptIfExists(cursor);
  const path = cursor.expectPath();
  if (ifExists && !findObject(run, completeName(path, run.session))) return done();
  if (cursor.accept('RENAME', 'TO')) return renameObject(run, path, cursor);
  if (kind === 'VIEW') return alterView(run, cursor, path);
  if (cursor.accept('SWAP', 'WITH')) return swapTables(run, path, cursor);
  if (dynamic) return alterDynamicTable(run, cursor, path);
  return alterTable(run, cursor, path);
};

async function alterTable(run: Run, cursor: Cursor, path: readonly string[]): Promise<Outcome> {
  const table = requireTable(run, path);
  if (cursor.accept('CLUSTER', 'BY')) {
    table.clusterBy = groupText(run, cursor.expectGroup().open.start);
    cursor.expectEnd();
    return done();
  }
  if (cursor.accept('DROP', 'CLUSTERING', 'KEY')) {
    table.clusterBy = '';
    return done();
  }
  if (cursor.accept('SUSPEND', 'RECLUSTER')) {
    table.options.set('AUTO_CLUSTERING', 'OFF');
    return done();
  }
  if (cursor.accept('RESUME', 'RECLUSTER')) {
    table.options.set('AUTO_CLUSTERING', 'ON');
    return done();
  }
  if (cursor.sees('SET') || cursor.sees('UNSET')) return setOptions(cursor, table);
  return alterColumns(run, cursor, table);
}

/** SET a = b, UNSET a: facts of a table or a view. */
export function setOptions(
  cursor: Cursor,
  object: { comment: string; secure?: boolean; readonly options?: Map<string, string> },
): Outcome {
  const set = cursor.accept('SET');
  if (!set) cursor.expect('UNSET');
  if (cursor.sees('TAG') || cursor.sees('MASKING')) return refuse(cursor, cursor.offset + 1);
  while (!cursor.done) {
    if (!cursor.seesAny(settingNames) && !cursor.sees('SECURE')) throw cursor.unexpected();
    const name = cursor.expectWord();
    if (set && name !== 'SECURE') cursor.expectSymbol('=');
    const value = set && name !== 'SECURE' ? settingValue(cursor) : '';
    if (name === 'COMMENT') object.comment = value;
    else if (name === 'SECURE') object.secure = set;
    else if (set) object.options?.set(name, value);
    else object.options?.delete(name);
    cursor.acceptSymbol(',');
  }
  return done();
}

function alterView(run: Run, cursor: Cursor, path: readonly string[]): Outcome {
  const view = findObject(run, completeName(path, run.session));
  if (view?.kind !== 'VIEW') throw missingForCommand();
  const rows = view.materialized;
  return (rows && alterRows(run.sql, cursor, rows)) ?? setOptions(cursor, view);
}

function alterWarehouse(run: Run, cursor: Cursor): Outcome {
  acceptIfExists(cursor);
  if (!run.account.catalog.warehouses.has(cursor.expectName())) throw missingForCommand();
  return done();
}
