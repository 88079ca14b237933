import type { Batch } from '../3-compile/index.ts';
import {
  batchId,
  batchLabel,
  batchSettings,
  type JsonObject,
  type ModelNode,
  type Node,
  pointAt,
  type RelationCache,
  type UnitTestNode,
  windowOf,
} from '../core/index.ts';
import type { StepContext } from './context.ts';
import { targetRelation } from './target-relation.ts';

/** The batch that the templates of a microbatch model see, where it is built by partitions. Undefined: it is none. */
export async function sliceBatch(node: Node | UnitTestNode, context: StepContext): Promise<Batch | undefined> {
  const slice = context.partition?.slice;
  if (node.resource_type !== 'model' || node.config.incremental_strategy !== 'microbatch' || !slice) return undefined;
  const [dimension] = slice.definition.dimensions;
  const [first, last] = [pointAt(slice.keys, 0), pointAt(slice.keys, -1)];
  if (dimension?.kind !== 'time' || !first || !last) return undefined;
  const window = windowOf(dimension, Number(first[0]), Number(last[0]));
  const [start, end] = [new Date(window.start), new Date(window.end)];
  const { size = 'day' } = batchSettings(node.config as JsonObject);
  const batch = [start, end] as const;
  return {
    start,
    end,
    id: batchId(batch, size),
    label: batchLabel(batch, size),
    incremental: await stoodBefore(node, context),
  };
}

/** By the run that it is of. */
const standing = new WeakMap<RelationCache, Map<string, Promise<boolean>>>();

/** Whether the table was there before the run: batches that run at the same time have to think the same. */
function stoodBefore(node: ModelNode, { graph, relations, session, environment }: StepContext): Promise<boolean> {
  const known = standing.get(relations) ?? new Map<string, Promise<boolean>>();
  standing.set(relations, known);
  const find = async (): Promise<boolean> => {
    const existing = await relations.get(session, targetRelation(node, graph));
    return existing?.type === 'table' && !environment.flags.fullRefresh;
  };
  const found = known.get(node.unique_id) ?? find();
  known.set(node.unique_id, found);
  return found;
}
