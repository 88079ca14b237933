import type { Run } from '../engine/account.ts';
import type { Table } from '../engine/catalog.ts';
import { type Execute, inStatement } from '../engine/execute.ts';
import type { Outcome } from '../engine/session.ts';
import { SqlError, syntaxError, unsupported } from '../errors.ts';
import type { Cursor } from '../sql/cursor.ts';
import { listOf, readExpression } from '../sql/expression.ts';
import { readFrom, readTableAlias } from '../sql/from.ts';
import { engineName, type Scope, withQueries } from '../sql/names.ts';
import { namesOf } from '../sql/query.ts';
import { counts, type Statement, scopeOf, typeIds } from './statement.ts';
import { withLock } from './target.ts';
import { readAssignments } from './update.ts';

interface Clause {
  readonly matched: boolean;
  readonly condition: string | undefined;
  readonly action: 'UPDATE' | 'DELETE' | 'INSERT';
  readonly sql: string;
}

interface Merge {
  readonly target: string;
  readonly alias: string;
  readonly source: string;
  readonly on: string;
  readonly clauses: readonly Clause[];
  readonly queries: string;
}

/** MERGE INTO t USING s ON … WHEN [NOT] MATCHED [AND …] THEN …. */
export const merge: Statement = async (run, cursor) => {
  cursor.expect('INTO');
  const path = cursor.expectPath();
  return withLock(run, path, async (table) => {
    const scope = scopeOf(run);
    const read = readMerge(cursor, scope, table, path.at(-1) ?? '');
    const touches = { reads: new Set([table, ...scope.uses.tables]), target: table };
    return inStatement(run, touches, (execute) => runMerge(run, read, execute));
  });
};

function readMerge(cursor: Cursor, scope: Scope, table: Table, name: string): Merge {
  const alias = engineName(readTableAlias(cursor) ?? name);
  cursor.expect('USING');
  const source = readFrom(cursor, scope).sql;
  cursor.expect('ON');
  const on = readExpression(cursor, scope);
  const clauses: Clause[] = [];
  while (!cursor.done) clauses.push(readClause(cursor, scope));
  if (clauses.length === 0) throw cursor.unexpected();
  return { target: table.physical, alias, source, on, clauses, queries: withQueries(scope.uses) };
}

function readClause(cursor: Cursor, scope: Scope): Clause {
  cursor.expect('WHEN');
  const matched = !cursor.accept('NOT');
  cursor.expect('MATCHED');
  if (cursor.accept('BY')) throw unsupported('WHEN NOT MATCHED BY');
  const condition = cursor.accept('AND') ? readExpression(cursor, scope) : undefined;
  cursor.expect('THEN');
  if (cursor.accept('DELETE')) return { matched, condition, action: 'DELETE', sql: 'DELETE' };
  if (cursor.accept('UPDATE')) {
    if (cursor.sees('ALL')) throw unsupported('MERGE UPDATE ALL BY NAME');
    cursor.expect('SET');
    return { matched, condition, action: 'UPDATE', sql: `UPDATE SET ${readAssignments(cursor, scope)}` };
  }
  cursor.expect('INSERT');
  if (matched) throw syntaxError({ line: 1, position: 0 }, 'INSERT');
  if (cursor.sees('ALL')) throw unsupported('MERGE INSERT ALL BY NAME');
  const columns = cursor.sees('VALUES') ? '' : ` (${namesOf(withoutTable(cursor)).join(', ')})`;
  cursor.expect('VALUES');
  const values = listOf(cursor.expectGroup().children, scope);
  return { matched, condition, action: 'INSERT', sql: `INSERT${columns} VALUES (${values.join(', ')})` };
}

/** `(t.a, t.b)` as `(a, b)`. */
function withoutTable(cursor: Cursor) {
  const { children } = cursor.expectGroup();
  return children.filter((node, index) => {
    const next = children[index + 1];
    const dot = node.kind === 'symbol' && node.text === '.';
    return !dot && !(next?.kind === 'symbol' && next.text === '.');
  });
}

async function runMerge(run: Run, read: Merge, execute: Execute): Promise<Outcome> {
  const { target, alias, source, on, clauses, queries } = read;
  if (run.parameter('ERROR_ON_NONDETERMINISTIC_MERGE').toLowerCase() !== 'false') await refuseSeveral(read, execute);
  const parts = clauses.map(({ matched, condition, sql }) => {
    return `WHEN ${matched ? '' : 'NOT '}MATCHED${condition === undefined ? '' : ` AND (${condition})`} THEN ${sql}`;
  });
  const merged = `MERGE INTO ${target} AS ${alias} USING ${source} ON (${on}) ${parts.join(' ')} RETURNING merge_action`;
  const actions = (await execute(queries + merged)).getRows().map(([action]) => String(action));
  const count = (action: Clause['action']): number => actions.filter((found) => found === action).length;
  const words = { INSERT: 'inserted', UPDATE: 'updated', DELETE: 'deleted' } as const;
  const used = (['INSERT', 'UPDATE', 'DELETE'] as const).filter((action) =>
    clauses.some((clause) => clause.action === action),
  );
  return counts(
    Object.fromEntries(used.map((action) => [`number of rows ${words[action]}`, count(action)])),
    typeIds.merge,
  );
}

/** A row of the target that several rows of the source would change differently is an error; the engine would take one of them. */
async function refuseSeveral(read: Merge, execute: Execute): Promise<void> {
  const matched = read.clauses.filter((clause) => clause.matched);
  if (!matched.some((clause) => clause.action === 'UPDATE')) return;
  const which = matched.map(({ condition, action }) => `WHEN ${condition ?? 'TRUE'} THEN '${action}'`).join(' ');
  const reader = await execute(
    `${read.queries}SELECT count(*) FROM (SELECT id FROM (SELECT ${read.alias}.rowid AS id, CASE ${which} END AS action ` +
      `FROM ${read.target} AS ${read.alias} JOIN ${read.source} ON (${read.on})) WHERE action IS NOT NULL ` +
      `GROUP BY id HAVING count(*) > 1 AND bool_or(action = 'UPDATE'))`,
  );
  if (Number(reader.getRows()[0]?.[0]) === 0) return;
  throw new SqlError('100090', '42P18', 'Duplicate row detected during DML action\nRow Values: [...]');
}
