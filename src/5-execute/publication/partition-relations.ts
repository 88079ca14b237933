import { partitionsOf } from '../../1-parse/index.ts';
import type { ExceptedPartitions } from '../../4-plan/index.ts';
import {
  allPartitions,
  error,
  findInLedger,
  formatKeySet,
  type LedgerEntry,
  ledgerOf,
  type Node,
  type PartitionSlice,
  Problem,
  previewRelation,
  type Relation,
  readKeySet,
  writeLedger,
} from '../../core/index.ts';
import type { StepContext } from '../context.ts';
import { executeRecorded } from '../execute-recorded.ts';
import { targetRelation } from '../target-relation.ts';
import { ledgerStatement, type Publishable, prepareAside } from './publication.ts';

/**
 * Makes the table that partitions are put into, where there is none. Other processes make it as well: one at a time, and
 * who comes second finds it made. What was published into one that is gone is there no more.
 *
 * @param entry for the ledger: which partitions are still there. None are.
 */
export async function makeTarget(
  { node, compiled }: Publishable,
  entry: LedgerEntry,
  context: StepContext,
): Promise<void> {
  const { leases, relations, session } = context;
  let lease = leases?.take(node.unique_id, ['']);
  while (leases && !lease) {
    await leases.pause();
    lease = leases.take(node.unique_id, ['']);
  }
  try {
    const standing = leases
      ? await session.listRelations(node.database, node.schema, targetRelation(node, context.graph).quote)
      : [];
    const found = standing.find(({ identifier }) => identifier?.toLowerCase() === node.alias.toLowerCase());
    if (found) await relations.put(found);
    if (found?.type === 'table') return;
    await noteNone(node, entry, context);
    const { aside, materializing } = await prepareAside(node, compiled, context);
    const made = await aside.prepareTarget?.(materializing);
    if (made) await relations.put(made);
  } finally {
    lease?.release();
  }
}

/** Of what no build has made before there is nothing to note. */
async function noteNone(node: Node, entry: LedgerEntry, context: StepContext): Promise<void> {
  const { statements } = context.shelves.adapter;
  const ledger = ledgerOf(targetRelation(node, context.graph));
  const { rows } = await context.session.query(findInLedger(ledger, node, statements));
  if (rows.length === 0) return;
  await executeRecorded(
    writeLedger(ledger, { ...entry, partitionKey: '', rows: null }, statements),
    node.unique_id,
    context,
  );
}

/**
 * Before all partitions of a node are built anew: its table gets the columns that they have now, and loses the rows that
 * are in no partition. All others stay for readers until their partition is published.
 *
 * @param entry for the ledger: which partitions are still there.
 */
export async function beginAnew(
  { node, compiled, data }: Publishable,
  entry: LedgerEntry,
  context: StepContext,
): Promise<void> {
  const { partition, environment } = context;
  if (!partition?.slice) return;
  const { definition } = partition.slice;
  const keys = allPartitions(definition, { now: environment.startedAt.getTime(), current: true });
  const all = { key: formatKeySet(definition, keys), slice: { definition, keys } };
  const { aside, materializing } = await prepareAside(node, compiled, { ...context, partition: all });
  const note = ledgerStatement(data, { ...entry, partitionKey: all.key, rows: null }, context);
  await aside.beginAnew?.({ ...materializing, publication: [note] }, data);
}

/** What a node's table holds beside some of its partitions. */
export async function restOf({ nodeId, partitions }: ExceptedPartitions, context: StepContext): Promise<Relation> {
  const node = context.graph.nodes.get(nodeId);
  const definition = node?.resource_type === 'model' ? partitionsOf(node, context.graph.project.settings) : undefined;
  if (node?.resource_type !== 'model' || !definition) throw new Error(`${nodeId} has no partitions`);
  const partition = { key: partitions, slice: { definition, keys: readKeySet(definition, partitions).set } };
  const { aside, materializing } = await prepareAside(node, undefined, { ...context, partition });
  const query = aside.rest?.(materializing);
  return { ...materializing.target, expression: query && `(\n${query}\n)` };
}

/**
 * Where the rows of some staged partitions stand as the table will hold them: it may have other types.
 *
 * @param isAnew whether all partitions are built anew.
 */
export async function rowsAsKept(
  { node, compiled, data }: Publishable,
  context: StepContext,
  isAnew = false,
): Promise<Relation> {
  const { aside, materializing } = await prepareAside(node, compiled, context);
  const shown = await aside.preview?.({ ...materializing, fullRefresh: isAnew }, data.relation);
  return shown?.rows === undefined ? data.relation : { ...data.relation, expression: `(\n${shown.rows}\n)` };
}

/** The first partition of a table makes its columns, while others have been tested with those that they have themselves. */
export async function refuseOtherColumns(waiting: Publishable, context: StepContext): Promise<void> {
  if ((await rowsAsKept(waiting, context)).expression === undefined) return;
  const { node } = waiting;
  const message = `Another partition has made the table of '${node.name}', with other columns than those that were tested here`;
  const hint =
    'Nothing was changed. Build it again, without --full-refresh: it is tested with the columns of the table then';
  throw new Problem(error('execute/other-columns', message, { span: node.origin.definition, hint }));
}

/**
 * Makes the view in which tests see what the table will hold with some staged partitions.
 *
 * @param isAnew whether all partitions are built anew.
 */
export async function showPreview(
  { node, compiled, data }: Publishable,
  slice: PartitionSlice,
  context: StepContext,
  isAnew = false,
): Promise<Relation> {
  const { statements } = context.shelves.adapter;
  const { aside, materializing } = await prepareAside(node, compiled, context);
  const shown = await aside.preview?.({ ...materializing, fullRefresh: isAnew }, data.relation);
  if (!shown) return data.preview;
  const preview = previewRelation(
    materializing.target,
    context.environment,
    formatKeySet(slice.definition, slice.keys),
  );
  await executeRecorded(statements.createViewAs(preview, shown.query, { replace: true }), node.unique_id, context);
  return preview;
}
