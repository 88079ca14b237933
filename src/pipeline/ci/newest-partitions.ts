import { partitionsOf } from '../../1-parse/index.ts';
import { dataParents, mappingOf } from '../../2-graph/index.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import {
  allPartitions,
  intersectKeys,
  isNone,
  type KeySet,
  keySetOf,
  linkPartitions,
  type Node,
  noKeys,
  type PartitionDefinition,
  type PartitionPoint,
  pointsOf,
  type RelationCache,
  type Session,
} from '../../core/index.ts';
import { readStates } from '../partitions/partition-states.ts';

export interface NewestRequest {
  readonly call: Call;
  /** Asked what production has. */
  readonly session: Session;
  readonly relations: RelationCache;
  readonly count: number;
}

/** What is built of a model with partitions. */
export interface BuiltPart {
  readonly keys: KeySet;
  /** All partitions of which these are the newest. */
  readonly of: KeySet;
  /** With how many `--partitions` it would be all of them. */
  readonly wholeCount: number;
}

/**
 * The newest partitions of some models, by unique id: of those that production has; of a model that is new there, of
 * those for which production has what it reads. Nothing is said of models without partitions.
 *
 * @param production the project with production's names.
 */
export async function newestPartitions(
  ids: readonly string[],
  production: Loaded,
  { count, ...request }: NewestRequest,
): Promise<ReadonlyMap<string, BuiltPart>> {
  const { graph, environment } = production;
  const definitionOf = (node: Node): PartitionDefinition | undefined =>
    node.resource_type === 'model' ? partitionsOf(node, graph.project.settings) : undefined;
  const nodes = ids.map((id) => graph.nodes.get(id) as Node).filter((node) => definitionOf(node) !== undefined);
  if (nodes.length === 0) return new Map();
  const parents = nodes.flatMap((node) => dataParents(node, graph)).filter((node) => definitionOf(node) !== undefined);
  const known = [...new Map([...nodes, ...parents].map((node) => [node.unique_id, node])).values()];
  const states = await readStates(known, production, request);
  const filledOf = ({ unique_id: id }: Node): KeySet => states.get(id)?.filled ?? noKeys;
  const extent = { now: environment.startedAt.getTime(), current: false };
  const withCurrent = { ...extent, current: true };
  return new Map(
    nodes.map((node) => {
      const definition = definitionOf(node) as PartitionDefinition;
      const all = allPartitions(definition, extent);
      const filled = intersectKeys(allPartitions(definition, withCurrent), filledOf(node));
      const readable = dataParents(node, graph).reduce((keys, parent) => {
        const ofParent = definitionOf(parent);
        if (!ofParent || isNone(filledOf(parent))) return keys;
        const link = linkPartitions(definition, ofParent, extent, mappingOf(node, parent, definition, ofParent));
        return intersectKeys(keys, link.downstream(filledOf(parent)));
      }, all);
      const from = [filled, readable].find((keys) => !isNone(keys)) ?? all;
      return [node.unique_id, newestOf(from, definition, count)];
    }),
  );
}

/** Of a time all that there is: the newest month of every region. Without a time, the last values. */
function newestOf(of: KeySet, { dimensions }: PartitionDefinition, count: number): BuiltPart {
  const time = dimensions.findIndex(({ kind }) => kind === 'time');
  const points: PartitionPoint[] = [...pointsOf(of, 'descending')];
  if (time < 0) return { keys: keySetOf(points.slice(0, count)), of, wholeCount: points.length };
  const moments = [...new Set(points.map((point) => Number(point[time])))].sort((one, other) => other - one);
  const newest = new Set(moments.slice(0, count));
  const keys = keySetOf(points.filter((point) => newest.has(Number(point[time]))));
  return { keys, of, wholeCount: moments.length };
}
