import { buildsInOneStep } from '../1-parse/index.ts';
import type { Graph } from '../2-graph/index.ts';
import { allPartitions, countKeys, type Node, type PartitionDefinition } from '../core/index.ts';
import { type ChosenKeys, chooseKeys } from './choose-keys.ts';
import { lookbackOf, mostUnnamed } from './newest.ts';
import type { PartitionPlanning } from './partition-planning.ts';

/** What a build chooses of a node that names no partitions, and that builds nothing else. */
export function chooseAlone(
  node: Node,
  definition: PartitionDefinition,
  { graph, ...known }: Pick<PartitionPlanning, 'state' | 'stands' | 'now'> & { readonly graph: Graph },
): ChosenKeys {
  const planning: PartitionPlanning = { ...known, request: {}, fullRefresh: false };
  return chooseKeys(node, definition, { graph, planning, planned: new Map(), extent: { now: known.now } });
}

/** Whether what a build chooses of a node's partitions depends on which are the newest. */
export const looksBack = (node: Node): boolean => buildsInOneStep(node) || lookbackOf(node) > 0;

/** Whether more may be missing than one build takes. */
export function hasMoreThanOneBuild(node: Node, definition: PartitionDefinition, now: number): boolean {
  return countKeys(allPartitions(definition, { now })) > mostUnnamed(node);
}
