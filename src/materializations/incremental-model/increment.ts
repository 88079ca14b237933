import {
  type Column,
  didYouMeanHint,
  type MaterializationContext,
  type Relation,
  type StatementResult,
} from '../../core/index.ts';
import { assertContract } from '../building/contract.ts';
import { createTableAs, hasOwnStatement } from '../building/own-statements.ts';
import { adaptTable } from './schema-change.ts';
import { type IncrementalSettings, settingProblem } from './settings.ts';

/** Where new rows stand and which columns of the target they fill. */
export interface Staged {
  readonly source: Relation;
  readonly columns: readonly string[];
}

/**
 * Runs the query into a table of this session, so that it is run once and sees the target as it was, then makes the
 * target fit (`on_schema_change`) and sends the statements that bring the rows over.
 */
export async function increment(
  context: MaterializationContext,
  settings: IncrementalSettings,
  sql: string,
  statementsFor: (staged: Staged) => readonly string[] | Promise<readonly string[]>,
): Promise<StatementResult> {
  const { statements } = context.adapter;
  const source = statements.temporaryRelation({ ...context.target, type: 'table' });
  if (context.node.contract.enforced) await assertContract(context, sql);
  if (hasOwnStatement(context, 'table')) await context.execute(statements.dropRelation(source));
  await createTableAs(context, source, sql, { temporary: true, replace: true });
  const result = await bringOver(context, settings, source, statementsFor);
  await context.execute(statements.dropRelation(source));
  return result;
}

/** Brings rows that stand in another table into the target, which is made to fit first. */
export async function bringOver(
  context: MaterializationContext,
  settings: IncrementalSettings,
  source: Relation,
  statementsFor: (staged: Staged) => readonly string[] | Promise<readonly string[]>,
): Promise<StatementResult> {
  const columns = await columnsToFill(context, settings, { ...context.target, type: 'table' }, source);
  checkUniqueKey(context, settings, columns);
  let result: StatementResult = { rowsAffected: null };
  for (const statement of await statementsFor({ source, columns })) result = await context.execute(statement);
  return result;
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
  target: Relation,
  source: Relation,
): Promise<readonly string[]> {
  const look = (): Promise<readonly Column[]> => context.session.columnsOf(target);
  // Nothing changes them then, so that a look is enough for all partitions.
  const existing = await (onSchemaChange === 'ignore' && context.remember ? context.remember('columns', look) : look());
  if (onSchemaChange !== 'ignore') {
    return adaptTable(context, onSchemaChange, target, await context.session.columnsOf(source), existing);
  }
  // dbt merges by name: a column that the query no longer has stays null in new rows and as it is in old ones.
  const names = existing.map(({ name }) => name);
  return strategy === 'merge' ? common(names, await context.session.columnsOf(source)) : names;
}

function common(names: readonly string[], source: readonly Column[]): readonly string[] {
  const present = new Set(source.map(({ name }) => name.toLowerCase()));
  return names.filter((name) => present.has(name.toLowerCase()));
}
