import {
  type Column,
  didYouMeanHint,
  type Json,
  jsonToValue,
  type MaterializationContext,
  type Relation,
  RelationValue,
  type StatementResult,
} from '../../core/index.ts';
import { str } from '../../jinja/index.ts';
import { assertContract } from '../building/contract.ts';
import { createTableAs, hasOwnStatement } from '../building/own-statements.ts';
import { relationValue } from '../building/relation-value.ts';
import { changeRows } from '../building/transaction.ts';
import { sizeOf, widerTexts } from '../building/wider-texts.ts';
import { adaptTable, adaptTableByMacros, hasOwnChanges } from './schema-change.ts';
import { type IncrementalSettings, settingProblem, stagingKind } from './settings.ts';

/** Where new rows stand and which columns of the target they fill. */
export interface Staged {
  readonly source: Relation;
  readonly columns: readonly string[];
}

export interface IncrementOptions {
  /** Statements that are sent together with those that bring the rows over. Default: none. */
  readonly note?: ((written: StatementResult) => readonly string[]) | undefined;
  /** Whether the table of the new rows is left: the next batch puts its own in its place. Default false. */
  readonly keepsStaging?: boolean;
}

/**
 * Runs the query into a table of this session, so that it is run once and sees the target as it was, then makes the
 * target fit (`on_schema_change`) and sends the statements that bring the rows over. Where one statement does that, it may
 * read the query itself.
 */
export async function increment(
  context: MaterializationContext,
  given: IncrementalSettings,
  sql: string,
  statementsFor: (staged: Staged) => readonly string[] | Promise<readonly string[]>,
  { note, keepsStaging = false }: IncrementOptions = {},
): Promise<StatementResult> {
  const { statements } = context.adapter;
  const settings = await withOwnStaging(context, given);
  if (context.node.contract.enforced) await assertContract(context, sql);
  const existing = await columnsOfTarget(context, settings);
  if (readsQuery(context, settings, existing)) {
    const source: Relation = { database: null, schema: null, identifier: null, expression: `(\n${sql}\n)` };
    return changeRows(context, await rowStatements(context, settings, source, statementsFor, existing), note);
  }
  const source = await stagingTable(context, settings);
  if (hasOwnStatement(context, 'table')) await context.execute(statements.dropRelation(source));
  const shortLived = settings.stagedAs === 'transient';
  await createTableAs(context, source, sql, { temporary: !shortLived, shortLived, replace: true });
  const rows = await rowStatements(context, settings, source, statementsFor, existing);
  const result = await changeRows(context, rows, note);
  if (!keepsStaging) await context.execute(statements.dropRelation(source));
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
  return !isSized(context, existing);
}

/** Whether some texts have less room than they could have. */
function isSized({ adapter }: MaterializationContext, columns: readonly Column[]): boolean {
  const { longestText } = adapter.capabilities;
  return longestText !== undefined && columns.some(({ type }) => sizeOf(type) < longestText);
}

/**
 * A table of this session; one that others see too, for those who want to find it in the warehouse's own lineage. A macro
 * of the project may give it a name of its own.
 */
async function stagingTable(context: MaterializationContext, { stagedAs }: IncrementalSettings): Promise<Relation> {
  const target: Relation = { ...context.target, type: 'table' };
  const suffix = '__dbt_tmp';
  const byDefault =
    stagedAs === 'transient'
      ? { ...target, identifier: `${target.identifier}${suffix}` }
      : context.adapter.statements.temporaryRelation(target);
  const own = await context.ownMacro?.('make_temp_relation')?.(relationValue(target, context), suffix);
  const named = own instanceof RelationValue ? { ...byDefault, identifier: own.relation.identifier } : byDefault;
  const { stagingMacros: macros } = context.adapter.capabilities;
  const placed = macros && (await context.ownMacro?.(macros.place)?.(relationValue(named, context)));
  return placed instanceof RelationValue ? { ...placed.relation, type: 'table' } : named;
}

/** A macro of the project may decide what new rows are staged in. */
async function withOwnStaging(
  context: MaterializationContext,
  settings: IncrementalSettings,
): Promise<IncrementalSettings> {
  const { stagingMacros: macros } = context.adapter.capabilities;
  const own = macros && context.ownMacro?.(macros.kind);
  if (!own) return settings;
  const { incremental_strategy: strategy, unique_key: key } = context.node.config;
  const kind = await own(
    String(strategy ?? 'default'),
    jsonToValue((key ?? null) as Json),
    context.node.language ?? 'sql',
  );
  return { ...settings, stagedAs: stagingKind(kind === null ? null : str(kind)) };
}

/** As long as nothing changes them, a look is enough for all partitions and batches. */
export async function columnsOfTarget(
  context: MaterializationContext,
  { onSchemaChange }: IncrementalSettings,
): Promise<readonly Column[]> {
  const look = (): Promise<readonly Column[]> => context.session.columnsOf({ ...context.target, type: 'table' });
  if (onSchemaChange !== 'ignore' || !context.remember) return look();
  let isNews = false;
  const known = await context.remember('columns', () => {
    isNews = true;
    return look();
  });
  // Its texts may have got more room since.
  return isNews || !isSized(context, known) ? known : look();
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
