import {
  boxesOf,
  formatKeySet,
  type MaterializationContext,
  type MaterializationResult,
  ordinalRanges,
  type PartitionSlice,
  type Relation,
  type StagedData,
  type StagedPreview,
  type Statements,
  sliceCondition,
  stagedRelation,
  windowOf,
} from '../../core/index.ts';
import { beforeStaging } from '../building/aside.ts';
import { assertContract } from '../building/contract.ts';
import { createTable } from '../building/create-table.ts';
import { asWhole, changeRows } from '../building/transaction.ts';
import { columnsOfTarget } from './increment.ts';
import { castRows, replacedPreview } from './preview.ts';
import { publishStaged } from './publish-staged.ts';
import { checkPartitionColumns, refuseRowsOutside } from './rows-outside.ts';
import { adaptTable, adaptTableByMacros, compareColumns, hasOwnChanges } from './schema-change.ts';
import { type IncrementalSettings, readSettings } from './settings.ts';

/** Stages the rows of some partitions. What the table will hold with them is shown to whom asks for it. */
export async function stagePartitions(context: MaterializationContext, slice: PartitionSlice): Promise<StagedData> {
  const { sql, target } = context;
  const { statements } = context.adapter;
  await beforeStaging(context);
  if (context.node.contract.enforced) await assertContract(context, sql);
  const relation = stagedRelation(target, 'table', context.environment, formatKeySet(slice.definition, slice.keys));
  // As dbt: what the query of a batch returns besides is not the batch's.
  const rows = isMicrobatch(context) ? `select *\nfrom (\n${sql}\n) as batch\nwhere ${condition(context, slice)}` : sql;
  const { rowsAffected } = await context.execute(
    statements.createTableAs(relation, rows, { replace: true, shortLived: true }),
  );
  return { content: 'rows', relation, preview: relation, rowsAffected };
}

/** What the table will hold with the rows of some partitions. */
export async function previewPartitions(
  context: MaterializationContext,
  slice: PartitionSlice,
  source: Relation,
): Promise<StagedPreview> {
  const { session, target } = context;
  const { statements } = context.adapter;
  const staged = await session.columnsOf(source);
  if (!context.existing) {
    const query = `select ${staged.map(({ name }) => statements.quote(name)).join(', ')}\nfrom ${statements.renderRelation(source)}`;
    return { query, changesRows: false };
  }
  const given = await readSettings(context);
  // Before all partitions are built anew, the table gets the columns that they have now.
  const settings = context.fullRefresh ? { ...given, onSchemaChange: 'sync_all_columns' as const } : given;
  // What is no table yet is made one, with other columns, before anything is published.
  const isTable = context.existing.type === 'table';
  const existing = isTable ? await columnsOfTarget(context, settings) : await session.columnsOf(target);
  const request = { context, settings, source, existing, staged };
  // Other partitions have tests of their own, when they are built with the new columns.
  return { query: replacedPreview(request, [others(context, slice)]), rows: castRows(request), changesRows: false };
}

/** Puts staged rows in the place of what the table has of their partitions. */
export async function publishPartitions(
  context: MaterializationContext,
  slice: PartitionSlice,
  settings: IncrementalSettings,
  staged: StagedData,
): Promise<MaterializationResult> {
  const { statements } = context.adapter;
  const own = condition(context, slice);
  // The rows of batches were chosen when they were staged.
  if (isMicrobatch(context)) {
    return publishStaged(context, settings, staged, (target, { source, columns }) => [
      statements.deleteWhere(target, [own]),
      statements.insertFrom(target, columns, source),
    ]);
  }
  return publishStaged(
    context,
    settings,
    staged,
    (target, { source, columns }) => {
      checkPartitionColumns(context, slice, columns);
      const rows = `select *\nfrom ${statements.renderRelation(source)}\nwhere ${own}`;
      return [statements.deleteWhere(target, [own]), statements.insertQuery(target, columns, rows)];
    },
    (written) => refuseRowsOutside(context, slice, own, staged, written),
  );
}

/** Makes the table that partitions are put into, without rows, as the SQL of a partition makes it. */
export async function createEmptyTable(context: MaterializationContext): Promise<Relation> {
  const target: Relation = { ...context.target, type: 'table' };
  const { statements } = context.adapter;
  if (context.existing) await context.execute(statements.dropRelation(context.existing));
  await createTable(context, target, `select *\nfrom (\n${context.sql}\n) as no_rows\nwhere false`);
  return target;
}

/** Gives the table the columns of what is staged, and takes out of it what is in none of some partitions. */
export async function keepPartitions(
  context: MaterializationContext,
  slice: PartitionSlice,
  { relation }: StagedData,
): Promise<void> {
  const { adapter, session } = context;
  const target: Relation = { ...context.target, type: 'table' };
  const [columns, existing] = [await session.columnsOf(relation), await session.columnsOf(target)];
  const change = compareColumns(columns, existing);
  const isOther = change.added.length + change.removed.length + change.retyped.length > 0;
  await asWhole(context, async () => {
    if (isOther && hasOwnChanges(context)) await adaptTableByMacros(context, 'sync_all_columns', target, relation);
    else if (isOther) await adaptTable(context, 'sync_all_columns', target, columns, existing);
    const deletion = adapter.statements.deleteWhere(target, [others(context, slice)]);
    await changeRows(context, [deletion], () => context.publication ?? []);
  });
}

/** A query for what the table has beside the partitions of the context. */
export function restOfPartitions(context: MaterializationContext): string {
  const table = `select *\nfrom ${context.adapter.statements.renderRelation(context.target)}`;
  return context.partitions ? `${table}\nwhere ${others(context, context.partitions)}` : table;
}

/** The condition on the table's rows that are in none of some partitions. */
const others = (context: MaterializationContext, slice: PartitionSlice): string =>
  `not coalesce(${condition(context, slice)}, false)`;

/** The condition on the table's own rows: a row that is in no partition of the slice stays. */
function condition(context: MaterializationContext, slice: PartitionSlice): string {
  const { statements } = context.adapter;
  if (isMicrobatch(context)) return batchCondition(slice, statements);
  return sliceCondition(slice, ({ column }) => column, statements);
}

const isMicrobatch = ({ node }: MaterializationContext): boolean => node.config.incremental_strategy === 'microbatch';

/** Batches are stretches of UTC, whatever the column's type. */
function batchCondition({ definition, keys }: PartitionSlice, statements: Statements): string {
  const [dimension] = definition.dimensions;
  if (dimension?.kind !== 'time') throw new Error('batches are stretches of time');
  const { column = '' } = dimension;
  const ranges = boxesOf(keys).flatMap(([places]) => (places?.kind === 'ranges' ? ordinalRanges(places.edges) : []));
  const conditions = ranges.map(([first, end]) => {
    const window = windowOf(dimension, first, end - 1);
    const [from, to] = [window.start, window.end].map((at) => statements.instant(new Date(at)));
    return `${column} >= ${from} and ${column} < ${to}`;
  });
  return conditions.length === 1 ? (conditions[0] ?? '') : `(${conditions.map((one) => `(${one})`).join(' or ')})`;
}
