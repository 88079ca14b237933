import { partitionsOf } from '../../1-parse/index.ts';
import { mappingOf } from '../../2-graph/index.ts';
import {
  type CodeNode,
  type Node,
  type PartitionSlice,
  readSlice,
  type SourceNode,
  sliceCondition,
} from '../../core/index.ts';
import type { CompilerInput } from '../compilation.ts';

/**
 * The condition for the rows of a parent that a model reads by its partition mapping, for models that say
 * `narrow_refs: true`; undefined where it reads all of them. A parent that is not kept by partitions is narrowed by its
 * `event_time` to the time of the model's partitions.
 */
export function narrowedRef(
  node: CodeNode,
  parent: Node | SourceNode,
  slice: PartitionSlice,
  { graph, environment, shelves }: CompilerInput,
): string | undefined {
  if (node.unique_id === parent.unique_id) return undefined;
  const { statements } = shelves.adapter;
  const ofParent = parent.resource_type === 'source' ? undefined : partitionsOf(parent, graph.project.settings);
  if (!ofParent) return byEventTime(parent, slice, (column) => sliceCondition(slice, column, statements));
  const mapping = mappingOf(node, parent, slice.definition, ofParent);
  const extent = { now: environment.startedAt.getTime(), current: true };
  const read = readSlice(slice.definition, ofParent, { extent, mapping, keys: slice.keys });
  if (read.definition.dimensions.length === 0) return undefined;
  return sliceCondition(read, ({ column }) => column, statements);
}

type ConditionOf = (
  column: (dimension: PartitionSlice['definition']['dimensions'][number]) => string | undefined,
) => string;

function byEventTime(
  { config }: Node | SourceNode,
  { definition }: PartitionSlice,
  conditionOf: ConditionOf,
): string | undefined {
  const { event_time: column } = config;
  const [time, another] = definition.dimensions.filter(({ kind }) => kind === 'time');
  if (typeof column !== 'string' || !time || another) return undefined;
  return conditionOf((dimension) => (dimension === time ? column : undefined));
}
