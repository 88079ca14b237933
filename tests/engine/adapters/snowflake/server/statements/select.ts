import type { Run } from '../engine/account.ts';
import { cellsOf, columnsOf } from '../engine/cells.ts';
import { describeQuery, refined } from '../engine/describe-query.ts';
import { inStatement } from '../engine/execute.ts';
import type { Outcome } from '../engine/session.ts';
import { unsupported } from '../errors.ts';
import type { Cursor } from '../sql/cursor.ts';
import { wholeQuery } from '../sql/names.ts';
import { readQuery } from '../sql/query.ts';
import { needWarehouse, scopeOf, status, typeIds } from './statement.ts';

/** SELECT, WITH, VALUES; and the one procedure there is. */
export async function runQuery(run: Run, cursor: Cursor, describeOnly: boolean): Promise<Outcome> {
  if (cursor.accept('CALL')) return callProcedure(cursor);
  const scope = scopeOf(run);
  const { sql: query, shape } = readQuery(cursor, scope);
  cursor.expectEnd();
  if (scope.uses.tables.size > 0) needWarehouse(run);
  const sql = wholeQuery(scope.uses, query);
  if (describeOnly) return { columns: await describeQuery(run, { sql, shape }), rows: [], typeId: typeIds.select };
  return inStatement(run, { reads: scope.uses.tables }, async (execute) => {
    const reader = await execute(sql);
    const columns = refined(columnsOf(reader), shape);
    return { columns, rows: cellsOf(reader, columns, run.parameter('TIMEZONE')), typeId: typeIds.select };
  });
}

function callProcedure(cursor: Cursor): Outcome {
  const name = cursor.expectPath().join('.');
  if (name !== 'SYSTEM$WAIT') throw unsupported(`procedure ${name}`);
  return status('waited', typeIds.select);
}
