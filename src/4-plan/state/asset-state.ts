import { partitionsOf } from '../../1-parse/index.ts';
import { dataParents, type Graph, mappingOf } from '../../2-graph/index.ts';
import {
  allPartitions,
  type CodeLogic,
  intersectKeys,
  isNone,
  type KeySet,
  type LedgerStretch,
  linkPartitions,
  type Node,
  noKeys,
  type PartitionDefinition,
  type PartitionExtent,
  readKeySet,
  subtractKeys,
  unionAllKeys,
  unionKeys,
  unpartitioned,
  wholeKey,
} from '../../core/index.ts';
import { foldLedger, nothingPublished, type Published } from './publications.ts';
import { rebuildsFor } from './rebuilds.ts';
import { type ReadParent, type StaleKeys, staleKeys, type UnaffectedKeys, unaffectedKeys } from './stale.ts';

/** The last time that something of a node was to be built, and how that ended, or that it goes on. */
export interface RecordedAttempt {
  readonly nodeId: string;
  /** As the step had it: a key, or a set of them; empty for a node that is always built whole. */
  readonly partitionKey: string;
  readonly runId: string;
  /** `success` only of what has no publications in a ledger. */
  readonly status: 'success' | 'error' | 'skipped' | 'running';
  readonly rows: number | null;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly message: string;
  /** `skipped`: the id of what failed, or `interrupted`, `fail-fast`, `hook`. */
  readonly because: string | null;
}

/** The last attempt for some partitions, after which none was published. */
export interface Attempt extends Omit<RecordedAttempt, 'nodeId' | 'partitionKey'> {
  readonly keys: KeySet;
}

/** All that is recorded of an asset and its partitions. */
export interface AssetState extends Published {
  readonly node: Node;
  /** `unpartitioned` for an asset that is always built whole: its one partition is `wholeKey`. */
  readonly definition: PartitionDefinition;
  /** The newest first. */
  readonly attempts: readonly Attempt[];
  readonly stale: readonly StaleKeys[];
  /** What of that a run was to build and has not come to, because it died, or was stopped, or something else had failed. */
  readonly leftBehind: readonly StaleKeys[];
  readonly unaffected: readonly UnaffectedKeys[];
  /** The parents of whose partitions or publications something is recorded, with the way from one to the other. */
  readonly parents: readonly ReadParent[];
}

export interface StateRecords {
  readonly graph: Graph;
  /** Of the nodes and of what their data is made of, the newest first. */
  readonly stretches: readonly LedgerStretch[];
  /** The newest first. */
  readonly attempts: readonly RecordedAttempt[];
  /** Runs that have not come to their end, and never will. Default: none. */
  readonly died?: ReadonlySet<string> | undefined;
  /** Of the nodes' logic as it is now. What is not there counts as unchanged. */
  readonly codeVersions: ReadonlyMap<string, string>;
  /** What versions of code do, by asset and version. Default: nobody knows. */
  readonly logics?: ReadonlyMap<string, ReadonlyMap<string, CodeLogic>> | undefined;
  /** The columns of a parent that a node uses, by node and parent; all of those that are not here. Default: of none. */
  readonly used?: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>> | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The states of some assets by their id. */
export function assetStates(nodes: readonly Node[], records: StateRecords): ReadonlyMap<string, AssetState> {
  const { graph, codeVersions } = records;
  const extent: PartitionExtent = { now: records.now, current: true };
  const stretches = groupBy(records.stretches, ({ asset }) => asset);
  const attempts = groupBy(records.attempts, ({ nodeId }) => nodeId);
  const folded = new Map<string, Published>();
  const published = (node: Node): Published => {
    const { unique_id: id } = node;
    const known = folded.get(id) ?? foldLedger(stretches.get(id) ?? [], partitionsOf(node, graph.project.settings));
    folded.set(id, known);
    return known;
  };
  const states = nodes.map((node): [string, AssetState] => {
    const definition = definitionOf(node, graph);
    const found = published(node);
    const parents = dataParents(node, graph).flatMap((parent): ReadParent[] => {
      const ofParent = definitionOf(parent, graph);
      const { publications, history, filled } = stretches.has(parent.unique_id) ? published(parent) : nothingPublished;
      const logics = records.logics?.get(parent.unique_id);
      const used = records.used?.get(node.unique_id)?.get(parent.unique_id);
      const rebuilds = logics && rebuildsFor({ history, logics, used });
      if (publications.length === 0 && ofParent === unpartitioned) return [];
      const link = linkPartitions(definition, ofParent, extent, mappingOf(node, parent, definition, ofParent));
      return [{ id: parent.unique_id, publications, filled, link, rebuilds }];
    });
    const stale = staleKeys({ ...found, codeVersion: codeVersions.get(node.unique_id), parents });
    const unaffected = unaffectedKeys({ ...found, parents });
    const open = openAttempts(attempts.get(node.unique_id) ?? [], definition, found);
    const inParts = parents.filter(({ id }) => definitionOf(graph.nodes.get(id) as Node, graph) !== unpartitioned);
    const leftBehind = leftBehindKeys(stale, open, inParts, records.died);
    return [node.unique_id, { ...found, node, definition, attempts: open, stale, leftBehind, unaffected, parents }];
  });
  return new Map(states);
}

function definitionOf(node: Node, { project }: Graph): PartitionDefinition {
  return partitionsOf(node, project.settings) ?? unpartitioned;
}

/** What was published later has made an attempt good. */
function openAttempts(
  attempts: readonly RecordedAttempt[],
  definition: PartitionDefinition,
  { publications }: Published,
): Attempt[] {
  return attempts.flatMap(({ nodeId: _, partitionKey, ...attempt }): Attempt[] => {
    const tried = definition.dimensions.length === 0 ? wholeKey : readKeySet(definition, partitionKey).set;
    const builtSince = attempts.some(({ status, at }) => status === 'success' && at > attempt.at);
    if (builtSince && attempt.status !== 'running') return [];
    const since = publications.filter(({ to }) => to > attempt.at && attempt.status !== 'running');
    const keys = subtractKeys(tried, unionAllKeys(since.map((publication) => publication.keys)));
    return isNone(keys) ? [] : [{ ...attempt, keys }];
  });
}

/**
 * What a run that died had in mind nobody knows: all that reads partitions that it has built counts as that. A parent
 * without partitions is no reason for a build to make its readers anew.
 */
function leftBehindKeys(
  stale: readonly StaleKeys[],
  attempts: readonly Attempt[],
  inParts: readonly ReadParent[],
  died: ReadonlySet<string> = new Set(),
): readonly StaleKeys[] {
  const skipped = unionAllKeys(attempts.flatMap(({ status, keys }) => (status === 'skipped' ? [keys] : [])));
  return stale.flatMap(({ cause, keys }): StaleKeys[] => {
    if (cause.kind === 'code') return [];
    const isMeant = died.has(cause.runId) && inParts.some(({ id }) => id === cause.parent);
    // Very many runs may each have made something out of date.
    if (!isMeant && isNone(skipped)) return [];
    const left = isMeant ? keys : intersectKeys(keys, skipped);
    return isNone(left) ? [] : [{ cause, keys: left }];
  });
}

/** `stale`, `failed`, `quarantined` may have data from before, which readers see. */
export const partitionStatuses = ['filled', 'stale', 'missing', 'failed', 'quarantined', 'running'] as const;
export type PartitionStatus = (typeof partitionStatuses)[number];

/**
 * The partitions that there are by status, each in one. A partition that is still going on is one as soon as something
 * is known of it.
 */
export function byStatus(state: AssetState, now: number): Readonly<Record<PartitionStatus, KeySet>> {
  const { definition, filled } = state;
  const running = keysWith(state, 'running');
  const held = unionAllKeys(state.held.map(({ keys }) => keys));
  const failed = keysWith(state, 'error');
  const known = unionAllKeys([filled, running, held, failed]);
  const all = unionKeys(
    allPartitions(definition, { now }),
    intersectKeys(known, allPartitions(definition, { now, current: true })),
  );
  let left = all;
  const take = (keys: KeySet): KeySet => {
    const taken = intersectKeys(left, keys);
    left = subtractKeys(left, keys);
    return taken;
  };
  const taken = { running: take(running), quarantined: take(held), failed: take(failed) };
  const stale = take(intersectKeys(filled, unionAllKeys(state.stale.map(({ keys }) => keys))));
  return { filled: take(filled), stale, missing: left, ...taken };
}

/** Built and not published well since, whether tests stood against it or it could not be built at all. */
export function failedKeys(state: AssetState): KeySet {
  return unionAllKeys([keysWith(state, 'error'), ...state.held.map(({ keys }) => keys)]);
}

/** Not come to because something else had failed, and not published since. What stops a run as a whole has no id. */
export function keptBackKeys({ attempts }: AssetState): KeySet {
  const isKeptBack = ({ status, because }: Attempt): boolean => status === 'skipped' && because?.includes('.') === true;
  return unionAllKeys(attempts.filter(isKeptBack).map(({ keys }) => keys));
}

/** Published, and out of date. */
export function outdatedKeys({ stale }: AssetState): KeySet {
  return unionAllKeys(stale.map(({ keys }) => keys));
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

function keysWith({ attempts }: AssetState, status: Attempt['status']): KeySet {
  const keys = attempts.filter((attempt) => attempt.status === status).map((attempt) => attempt.keys);
  return keys.length === 0 ? noKeys : unionAllKeys(keys);
}
