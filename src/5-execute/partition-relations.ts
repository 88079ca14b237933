import type { CompiledNode } from '../3-compile/index.ts';
import { formatKeySet, type Node, type PartitionSlice, previewRelation, type Relation } from '../core/index.ts';
import type { StepContext } from './context.ts';
import { executeRecorded } from './execute-recorded.ts';
import { type Publishable, prepareAside } from './publication.ts';

/**
 * Makes the table that partitions are put into, where there is none. Other processes make it as well: one at a time, and
 * who comes second finds it made.
 */
export async function makeTarget(node: Node, compiled: CompiledNode | undefined, context: StepContext): Promise<void> {
  const { leases, relations, session } = context;
  let lease = leases?.take(node.unique_id, '', ['']);
  while (leases && !lease) {
    await leases.pause();
    lease = leases.take(node.unique_id, '', ['']);
  }
  try {
    const standing = leases ? await session.listRelations(node.database, node.schema) : [];
    const found = standing.find(({ identifier }) => identifier?.toLowerCase() === node.alias.toLowerCase());
    if (found) await relations.put(found);
    if (found?.type === 'table') return;
    const { aside, materializing } = await prepareAside(node, compiled, context);
    const made = await aside.prepareTarget?.(materializing);
    if (made) await relations.put(made);
  } finally {
    lease?.release();
  }
}

/** Makes the view in which tests see what the table will hold with some staged partitions. */
export async function showPreview(
  { node, compiled, data }: Publishable,
  slice: PartitionSlice,
  context: StepContext,
): Promise<Relation> {
  const { statements } = context.shelves.adapter;
  const { aside, materializing } = await prepareAside(node, compiled, context);
  const query = await aside.preview?.(materializing, data.relation);
  if (query === undefined) return data.preview;
  const preview = previewRelation(materializing.target, formatKeySet(slice.definition, slice.keys));
  await executeRecorded(statements.createViewAs(preview, query, { replace: true }), node.unique_id, context);
  return preview;
}
