import {
  formatKeySet,
  type MaterializationContext,
  type MaterializationResult,
  type PartitionSlice,
  type Relation,
  type StagedData,
  sliceCondition,
  stagedRelation,
} from '../../core/index.ts';
import { beforeStaging, publishing } from '../building/aside.ts';
import { assertContract } from '../building/contract.ts';
import { createTable } from '../building/create-table.ts';
import { bringOver } from './increment.ts';
import type { IncrementalSettings } from './settings.ts';

/** Stages the rows of some partitions. What the table will hold with them is shown to whom asks for it. */
export async function stagePartitions(context: MaterializationContext, slice: PartitionSlice): Promise<StagedData> {
  const { sql, target } = context;
  const { statements } = context.adapter;
  await beforeStaging(context);
  if (context.node.contract.enforced) await assertContract(context, sql);
  const relation = stagedRelation(target, 'table', formatKeySet(slice.definition, slice.keys));
  const { rowsAffected } = await context.execute(statements.createTableAs(relation, sql, { replace: true }));
  return { content: 'rows', relation, preview: relation, rowsAffected };
}

/** A query for what the table will hold with the rows of some partitions. */
export async function previewPartitions(
  context: MaterializationContext,
  slice: PartitionSlice,
  relation: Relation,
): Promise<string> {
  const { statements } = context.adapter;
  const names = (await context.session.columnsOf(relation)).map(({ name }) => statements.quote(name));
  const rows = `select ${names.join(', ')}\nfrom ${statements.renderRelation(relation)}`;
  if (!context.existing) return rows;
  const before = `select ${names.join(', ')}\nfrom ${statements.renderRelation(context.target)}`;
  return `${before}\nwhere not coalesce(${condition(context, slice)}, false)\nunion all\n${rows}`;
}

/** Puts staged rows in the place of what the table has of their partitions. */
export async function publishPartitions(
  context: MaterializationContext,
  slice: PartitionSlice,
  settings: IncrementalSettings,
  { relation, preview }: StagedData,
): Promise<MaterializationResult> {
  const { statements } = context.adapter;
  const target: Relation = { ...context.target, type: 'table' };
  const result = await publishing(context, 'table', async () => {
    if (preview !== relation) await context.execute(statements.dropRelation(preview));
    const written = await bringOver(context, settings, relation, ({ source, columns }) => [
      statements.deleteWhere(target, [condition(context, slice)]),
      statements.insertFrom(target, columns, source),
    ]);
    await context.execute(statements.dropRelation(relation));
    return written;
  });
  return { relations: [target], rowsAffected: result.rowsAffected, message: result.message ?? 'OK' };
}

/** Makes the table that partitions are put into, without rows, as the SQL of a partition makes it. */
export async function createEmptyTable(context: MaterializationContext): Promise<Relation> {
  const target: Relation = { ...context.target, type: 'table' };
  const { statements } = context.adapter;
  if (context.existing) await context.execute(statements.dropRelation(context.existing));
  await createTable(context, target, `select *\nfrom (\n${context.sql}\n) as no_rows\nwhere false`);
  return target;
}

/** The condition on the table's own rows: a row that is in no partition of the slice stays. */
function condition({ adapter }: MaterializationContext, slice: PartitionSlice): string {
  return sliceCondition(slice, ({ column }) => column, adapter.statements);
}
