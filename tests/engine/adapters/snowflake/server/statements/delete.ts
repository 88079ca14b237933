import { inStatement } from '../engine/execute.ts';
import { readExpression } from '../sql/expression.ts';
import { readFrom, readTableAlias } from '../sql/from.ts';
import { engineName, withQueries } from '../sql/names.ts';
import { countOf } from './insert.ts';
import { counts, type Statement, scopeOf, typeIds } from './statement.ts';
import { withLock } from './target.ts';

/** DELETE FROM t [alias] [USING …] [WHERE …]. */
export const deleteRows: Statement = async (run, cursor) => {
  cursor.expect('FROM');
  const path = cursor.expectPath();
  const deleted = await withLock(run, path, async (table) => {
    const scope = scopeOf(run);
    const alias = engineName(readTableAlias(cursor) ?? path.at(-1) ?? '');
    const using = cursor.accept('USING') ? ` USING ${readFrom(cursor, scope).sql}` : '';
    const where = cursor.accept('WHERE') ? ` WHERE ${readExpression(cursor, scope)}` : '';
    cursor.expectEnd();
    const touches = { reads: new Set([table, ...scope.uses.tables]), target: table };
    return inStatement(run, touches, async (execute) =>
      countOf(await execute(`${withQueries(scope.uses)}DELETE FROM ${table.physical} AS ${alias}${using}${where}`)),
    );
  });
  return counts({ 'number of rows deleted': deleted }, typeIds.delete);
};
