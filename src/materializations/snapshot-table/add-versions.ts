import {
  type Column,
  ColumnValue,
  type CreateTableOptions,
  type MaterializationContext,
  mergeVersions,
  type Relation,
  type StatementResult,
} from '../../core/index.ts';
import { changeRows } from '../building/transaction.ts';
import { widerTexts } from '../building/wider-texts.ts';
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

/**
 * Compares the rows that the query returns now with the current versions: what has changed is staged, and then brought
 * over. The query runs once, so that all that is compared is of one moment.
 */
export async function addVersions(context: MaterializationContext): Promise<StatementResult> {
  const changes = context.adapter.statements.temporaryRelation({ ...context.target, type: 'table' });
  const found = await findChanges(context, changes, { temporary: true, replace: true });
  await fitTable(context, found);
  const result = await changeRows(context, await mergeStatements(context, changes, found));
  await callMacro(context, 'post_snapshot', relationValue(context, changes));
  return result;
}

/** Columns of changes, and of the table that they are to be brought into. */
export interface ChangedColumns {
  readonly staged: readonly Column[];
  readonly existing: readonly Column[];
}

/** Runs the query, and puts what has changed into a table; `result` says how many rows that has. */
export async function findChanges(
  context: MaterializationContext,
  changes: Relation,
  options: CreateTableOptions,
): Promise<ChangedColumns & { readonly result: StatementResult }> {
  const { statements } = context.adapter;
  const target: Relation = { ...context.target, type: 'table' };
  const strategy = await callStrategy(context, true);
  const existing = await context.session.columnsOf(target);
  requireVersionColumns(context, existing, shapeOf(context).columns, strategy.hardDeletes === 'new_record');
  const rows = await stageRows(context, strategy, target);
  const source = `select * from ${statements.renderRelation(rows)}`;
  const ofTarget = relationValue(context, target);
  const query = await sqlOfMacro(context, 'snapshot_staging_table', strategy.value, source, ofTarget);
  const result = await context.execute(statements.createTableAs(changes, query, options));
  await context.execute(statements.dropRelation(rows));
  const staged = await context.session.columnsOf(changes);
  await warnOfTimeTypes(context, staged);
  return { result, staged, existing };
}

/** What the table keeps of the columns of changes: others only say what becomes of a row. */
export function keptColumns(changes: readonly Column[]): readonly Column[] {
  return changes.filter(({ name }) => !/^dbt_(change_type|unique_key(_\d+)?)$/i.test(name));
}

/** What `snapshot_merge_sql` says: its statements one by one, unless a macro of the project has written them. */
export async function mergeStatements(
  context: MaterializationContext,
  changes: Relation,
  { staged }: Pick<ChangedColumns, 'staged'>,
): Promise<readonly string[]> {
  const { statements } = context.adapter;
  const target: Relation = { ...context.target, type: 'table' };
  const names = keptColumns(staged).map(({ name }) => statements.quote(name));
  const relations = [relationValue(context, target), relationValue(context, changes)];
  const written = await sqlOfMacro(context, 'snapshot_merge_sql', ...relations, names);
  const own = mergeVersions(statements, target, changes, names, shapeOf(context));
  return written === own.join(';\n\n') ? own : [written];
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

/** New columns of the query become columns of the table, null in versions from before; longer texts get room. */
export async function fitTable(context: MaterializationContext, { staged, existing }: ChangedColumns): Promise<void> {
  const { statements } = context.adapter;
  const target: Relation = { ...context.target, type: 'table' };
  const columns = keptColumns(staged);
  for (const column of widerTexts(columns, existing)) {
    for (const sql of statements.alterColumnType(target, column)) await context.execute(sql);
  }
  const known = new Set(existing.map(({ name }) => name.toLowerCase()));
  const missing = columns.filter(({ name }) => !known.has(name.toLowerCase()));
  if (missing.length === 0) return;
  const values = missing.map((column) => new ColumnValue(column, statements));
  await callMacro(context, 'create_columns', relationValue(context, target), values);
}
