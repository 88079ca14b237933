import {
  type Column,
  ColumnValue,
  keyColumns,
  type MaterializationContext,
  mergeVersions,
  type Relation,
  type StatementResult,
} from '../../core/index.ts';
import { refuseRepeatedKeys } from './repeated-keys.ts';
import { requireColumns, requireFreeNames, requireVersionColumns } from './requirements.ts';
import {
  addedColumns,
  callMacro,
  callStrategy,
  relationValue,
  type Strategy,
  shapeOf,
  sqlOfMacro,
} from './strategy.ts';
import { warnOfTimeTypes } from './time-types.ts';
import { widerTexts } from './wider-texts.ts';

/**
 * Compares the rows that the query returns now with the current versions: what has changed is staged, and then brought
 * over. The query runs once, so that all that is compared is of one moment.
 */
export async function addVersions(context: MaterializationContext): Promise<StatementResult> {
  const { statements } = context.adapter;
  const target: Relation = { ...context.target, type: 'table' };
  const strategy = await callStrategy(context, true);
  const existing = await context.session.columnsOf(target);
  requireVersionColumns(context, existing, shapeOf(context).columns, strategy.hardDeletes === 'new_record');
  const rows = await stageRows(context, strategy, target);
  const changes = await stageChanges(context, strategy, target, rows);
  const staged = await context.session.columnsOf(changes);
  const internal = new Set(['dbt_change_type', ...keyColumns(strategy.uniqueKey)]);
  const kept = staged.filter(({ name }) => !internal.has(name.toLowerCase()));
  await fitTable(context, target, kept, existing);
  await warnOfTimeTypes(context, staged);
  const result = await merge(context, target, changes, kept);
  await callMacro(context, 'post_snapshot', relationValue(context, changes));
  await context.execute(statements.dropRelation(rows));
  return result;
}

/** Sends what `snapshot_merge_sql` says: its statements one by one, unless a macro of the project has written them. */
async function merge(
  context: MaterializationContext,
  target: Relation,
  changes: Relation,
  columns: readonly Column[],
): Promise<StatementResult> {
  const { statements } = context.adapter;
  const names = columns.map(({ name }) => statements.quote(name));
  const relations = [relationValue(context, target), relationValue(context, changes)];
  const written = await sqlOfMacro(context, 'snapshot_merge_sql', ...relations, names);
  const own = mergeVersions(statements, target, changes, names, shapeOf(context));
  let result: StatementResult = { rowsAffected: null };
  for (const sql of written === own.join(';\n\n') ? own : [written]) result = await context.execute(sql);
  return result;
}

/** The query's rows, checked, in a table of this session. */
async function stageRows(context: MaterializationContext, strategy: Strategy, target: Relation): Promise<Relation> {
  const { statements } = context.adapter;
  const rows = statements.temporaryRelation({ ...target, identifier: `${target.identifier}__rows` });
  await context.execute(statements.createTableAs(rows, context.sql, { temporary: true, replace: true }));
  const columns = await context.session.columnsOf(rows);
  requireColumns(context, columns);
  requireFreeNames(context, columns, addedColumns(context, strategy));
  await refuseRepeatedKeys(context, rows, strategy.uniqueKey);
  return rows;
}

async function stageChanges(
  context: MaterializationContext,
  strategy: Strategy,
  target: Relation,
  rows: Relation,
): Promise<Relation> {
  const { statements } = context.adapter;
  const source = `select * from ${statements.renderRelation(rows)}`;
  const query = await sqlOfMacro(
    context,
    'snapshot_staging_table',
    strategy.value,
    source,
    relationValue(context, target),
  );
  const changes = statements.temporaryRelation(target);
  await context.execute(statements.createTableAs(changes, query, { temporary: true, replace: true }));
  return changes;
}

/** New columns of the query become columns of the table, null in versions from before; longer texts get room. */
async function fitTable(
  context: MaterializationContext,
  target: Relation,
  staged: readonly Column[],
  existing: readonly Column[],
): Promise<void> {
  const { statements } = context.adapter;
  for (const column of widerTexts(staged, existing)) {
    for (const sql of statements.alterColumnType(target, column)) await context.execute(sql);
  }
  const known = new Set(existing.map(({ name }) => name.toLowerCase()));
  const missing = staged.filter(({ name }) => !known.has(name.toLowerCase()));
  if (missing.length === 0) return;
  const values = missing.map((column) => new ColumnValue(column, statements));
  await callMacro(context, 'create_columns', relationValue(context, target), values);
}
