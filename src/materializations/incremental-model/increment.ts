import {
  type Column,
  didYouMeanHint,
  type MaterializationContext,
  type Relation,
  type StatementResult,
} from '../../core/index.ts';
import { assertContract } from '../building/contract.ts';
import { createTableAs, hasOwnStatement } from '../building/own-statements.ts';
import { changeRows } from '../building/transaction.ts';
import { sizeOf, widerTexts } from '../building/wider-texts.ts';
import { adaptTable, adaptTableByMacros, hasOwnChanges } from './schema-change.ts';
import { type IncrementalSettings, settingProblem } from './settings.ts';

/** Where new rows stand and which columns of the target they fill. */
export interface Staged {
  readonly source: Relation;
  readonly columns: readonly string[];
}

/**
 * Runs the query into a table of this session, so that it is run once and sees the target as it was, then makes the
 * target fit (`on_schema_change`) and sends the statements that bring the rows over. Where one statement does that, it may
 * read the query itself.
 */
export async function increment(
  context: MaterializationContext,
  settings: IncrementalSettings,
  sql: string,
  statementsFor: (staged: Staged) => readonly string[] | Promise<readonly string[]>,
): Promise<StatementResult> {
  const { statements } = context.adapter;
  if (context.node.contract.enforced) await assertContract(context, sql);
  const existing = await columnsOfTarget(context, settings);
  if (readsQuery(context, settings, existing)) {
    const source: Relation = { database: null, schema: null, identifier: null, expression: `(\n${sql}\n)` };
    return changeRows(context, await rowStatements(context, settings, source, statementsFor, existing));
  }
  const source = stagingTable(context, settings);
  if (hasOwnStatement(context, 'table')) await context.execute(statements.dropRelation(source));
  const shortLived = settings.stagedAs === 'transient';
  await createTableAs(context, source, sql, { temporary: !shortLived, shortLived, replace: true });
  const rows = await rowStatements(context, settings, source, statementsFor, existing);
  const result = await changeRows(context, rows);
  await context.execute(statements.dropRelation(source));
  return result;
}

/**
 * The statements that bring rows that stand elsewhere into the target, which is made to fit first.
 *
 * @param known the target's columns. Default: the warehouse is asked.
 */
export async function rowStatements(
  context: MaterializationContext,
  settings: IncrementalSettings,
  source: Relation,
  statementsFor: (staged: Staged) => readonly string[] | Promise<readonly string[]>,
  known?: readonly Column[],
): Promise<readonly string[]> {
  const existing = known ?? (await columnsOfTarget(context, settings));
  const columns = await columnsToFill(context, settings, source, existing);
  checkUniqueKey(context, settings, columns);
  return statementsFor({ source, columns });
}

/** Whether the one statement that needs the new rows reads the query, where the warehouse can do that. */
function readsQuery(
  context: MaterializationContext,
  settings: IncrementalSettings,
  existing: readonly Column[],
): boolean {
  const { longestText } = context.adapter.capabilities;
  const { strategy, uniqueKey, partitionBy, predicates, stagedAs } = settings;
  if (longestText === undefined || hasOwnStatement(context, 'table')) return false;
  if (stagedAs === 'table' || stagedAs === 'transient') return false;
  if (settings.onSchemaChange !== 'ignore' && hasOwnChanges(context)) return false;
  const inOneStatement =
    strategy === 'merge' ||
    strategy === 'append' ||
    (strategy === 'delete+insert' && uniqueKey.length === 0) ||
    (strategy === 'insert_overwrite' && partitionBy.length + predicates.length === 0);
  if (!inOneStatement) return false;
  // How long its texts are is not known of a query; only a table tells.
  return !existing.some(({ type }) => sizeOf(type) < longestText);
}

/** A table of this session; one that others see too, for those who want to find it in the warehouse's own lineage. */
function stagingTable(context: MaterializationContext, { stagedAs }: IncrementalSettings): Relation {
  const target: Relation = { ...context.target, type: 'table' };
  return stagedAs === 'transient'
    ? { ...target, identifier: `${target.identifier}__dbt_tmp` }
    : context.adapter.statements.temporaryRelation(target);
}

/** As long as nothing changes them, a look is enough for all partitions. */
function columnsOfTarget(
  context: MaterializationContext,
  { onSchemaChange }: IncrementalSettings,
): Promise<readonly Column[]> {
  const look = (): Promise<readonly Column[]> => context.session.columnsOf({ ...context.target, type: 'table' });
  return onSchemaChange === 'ignore' && context.remember ? context.remember('columns', look) : look();
}

/** A key may be an expression, of which the warehouse alone knows whether it works; a plain name has to be a column. */
export function checkUniqueKey(
  context: MaterializationContext,
  { uniqueKey }: IncrementalSettings,
  columns: readonly string[],
): void {
  const known = new Set(columns.map((name) => name.toLowerCase()));
  const missing = uniqueKey.find((key) => /^[a-z_]\w*$/i.test(key) && !known.has(key.toLowerCase()));
  if (missing === undefined) return;
  throw settingProblem(
    context,
    `The unique_key '${missing}' is not a column of '${context.node.name}'`,
    didYouMeanHint(missing, columns) ?? `Its columns: ${columns.join(', ')}`,
  );
}

async function columnsToFill(
  context: MaterializationContext,
  { onSchemaChange, strategy }: IncrementalSettings,
  source: Relation,
  existing: readonly Column[],
): Promise<readonly string[]> {
  const target: Relation = { ...context.target, type: 'table' };
  await widenTexts(context, target, source, existing);
  if (onSchemaChange !== 'ignore') {
    if (hasOwnChanges(context)) return adaptTableByMacros(context, onSchemaChange, target, source);
    return adaptTable(context, onSchemaChange, target, await context.session.columnsOf(source), existing);
  }
  // dbt merges by name: a column that the query no longer has stays null in new rows and as it is in old ones.
  const names = existing.map(({ name }) => name);
  return strategy === 'merge' ? common(names, await context.session.columnsOf(source)) : names;
}

/** Texts that are longer than the table has room for would be refused. */
async function widenTexts(
  { adapter, session, execute }: MaterializationContext,
  target: Relation,
  source: Relation,
  existing: readonly Column[],
): Promise<void> {
  const { longestText } = adapter.capabilities;
  if (longestText === undefined || !existing.some(({ type }) => sizeOf(type) < longestText)) return;
  for (const column of widerTexts(await session.columnsOf(source), existing)) {
    for (const sql of adapter.statements.alterColumnType(target, column)) await execute(sql);
  }
}

function common(names: readonly string[], source: readonly Column[]): readonly string[] {
  const present = new Set(source.map(({ name }) => name.toLowerCase()));
  return names.filter((name) => present.has(name.toLowerCase()));
}
