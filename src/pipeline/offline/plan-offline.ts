import { sourceRelation } from '../../1-parse/index.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import type { GraphNode, LeftOut, SourceNode } from '../../core/index.ts';
import { type RecordedTable, readSample, sampleFolder } from '../sample/sample-file.ts';
import type { Examined } from './examine-offline.ts';

/** What is built without a warehouse, and from what. */
export interface OfflinePlan {
  /** Unique ids of what is built, in the order of the graph: what is wanted, and what that needs. */
  readonly ids: readonly string[];
  /** Those of `ids` that nobody wanted: something wanted reads them, and there is no sample of them. */
  readonly added: readonly string[];
  /** The recorded tables that are read, of sources and of models that are not built. */
  readonly recorded: readonly RecordedTable[];
  /** What is wanted and cannot be built, and why, in the order of the graph. */
  readonly leftOut: readonly LeftOut[];
  /** Hooks of the project that only another warehouse understands, by unique id. */
  readonly droppedHooks: readonly string[];
}

/**
 * What of the wanted nodes can be built from recorded samples, seeds and files of the project. Their parents are read from
 * samples where there are some, and built otherwise.
 *
 * @param loaded of `loadOffline`.
 * @param missing of `examineOffline`: what cannot be said here is left out.
 */
export function planOffline(loaded: Loaded, wanted: Iterable<string>, missing: Examined['missing']): OfflinePlan {
  const { graph } = loaded;
  const asked = new Set(wanted);
  const { sample } = readSample(sampleFolder(graph.project));
  const tables = new Map(sample?.tables.map((table) => [table.id, table]));
  const known = new Map<string, string | undefined>();
  /** Why a node cannot be had; undefined where it can. */
  const obstacle = (id: string): string | undefined => {
    if (!known.has(id)) known.set(id, lookAt(id, graph.nodes.get(id)));
    return known.get(id);
  };
  const isRecorded = (id: string): boolean => tables.has(id) && !asked.has(id);
  const lookAt = (id: string, node: GraphNode | undefined): string | undefined => {
    if (!node || isRecorded(id)) return undefined;
    if (node.resource_type === 'source') return isReadable(node) ? undefined : `There is no sample of ${nameOf(node)}`;
    const word = missing.get(id);
    if (word !== undefined) return `${nameOf(node)} cannot be built: ${word}`;
    return parentsOf(node)
      .map(obstacle)
      .find((found) => found !== undefined);
  };
  // What a unit test reads stands in it.
  const parentsOf = ({ unique_id: id, resource_type: type }: GraphNode): readonly string[] =>
    type === 'unit_test' ? [] : (graph.parents.get(id) ?? []);

  const leftOut: LeftOut[] = [];
  const needed = new Set<string>();
  for (const id of graph.order) {
    const node = graph.nodes.get(id);
    if (!node || !asked.has(id) || node.resource_type === 'source') continue;
    const reason = obstacle(id);
    if (reason === undefined) needed.add(id);
    else leftOut.push({ id, name: nameOf(node), reason });
  }
  for (const id of needed) {
    const node = graph.nodes.get(id);
    if (node && !isRecorded(id)) for (const parent of parentsOf(node)) needed.add(parent);
  }
  const isBuilt = (id: string): boolean =>
    needed.has(id) && !isRecorded(id) && graph.nodes.get(id)?.resource_type !== 'source';
  const ids = graph.order.filter(isBuilt);
  const recorded = [...needed].filter(isRecorded).flatMap((id) => tables.get(id) ?? []);
  const droppedHooks = [...missing.keys()].filter((id) => graph.nodes.get(id)?.resource_type === 'operation');
  return { ids, added: ids.filter((id) => !asked.has(id)), recorded, leftOut, droppedHooks };
}

/** A source that is a file of this machine, and not at some address. */
function isReadable(source: SourceNode): boolean {
  const { expression } = sourceRelation(source);
  return expression !== undefined && !expression.includes('://');
}

function nameOf(node: GraphNode): string {
  return node.resource_type === 'source' ? `source ${node.source_name}.${node.name}` : node.name;
}
