import { inStatement } from '../engine/execute.ts';
import type { Cursor } from '../sql/cursor.ts';
import { readExpression } from '../sql/expression.ts';
import { readFrom, readTableAlias } from '../sql/from.ts';
import { engineName, type Scope, withQueries } from '../sql/names.ts';
import { countOf } from './insert.ts';
import { counts, type Statement, scopeOf, typeIds } from './statement.ts';
import { withLock } from './target.ts';

/** UPDATE t [alias] SET … [FROM …] [WHERE …]. */
export const update: Statement = async (run, cursor) => {
  const path = cursor.expectPath();
  const updated = await withLock(run, path, async (table) => {
    const scope = scopeOf(run);
    const alias = engineName(readTableAlias(cursor) ?? path.at(-1) ?? '');
    cursor.expect('SET');
    const set = readAssignments(cursor, scope);
    const from = cursor.accept('FROM') ? ` FROM ${readFrom(cursor, scope).sql}` : '';
    const where = cursor.accept('WHERE') ? ` WHERE ${readExpression(cursor, scope)}` : '';
    cursor.expectEnd();
    const touches = { reads: new Set([table, ...scope.uses.tables]), target: table };
    return inStatement(run, touches, async (execute) =>
      countOf(
        await execute(`${withQueries(scope.uses)}UPDATE ${table.physical} AS ${alias} SET ${set}${from}${where}`),
      ),
    );
  });
  return counts({ 'number of rows updated': updated, 'number of multi-joined rows updated': 0 }, typeIds.update);
};

/** `a = 1, t.b = 2`: a column may be written with its table, which the engine does not allow. */
export function readAssignments(cursor: Cursor, scope: Scope): string {
  const parts: string[] = [];
  do {
    const column = engineName(cursor.expectPath().at(-1) ?? '');
    cursor.expectSymbol('=');
    parts.push(`${column} = ${cursor.accept('DEFAULT') ? 'DEFAULT' : readExpression(cursor, scope)}`);
  } while (cursor.acceptSymbol(','));
  return parts.join(', ');
}
