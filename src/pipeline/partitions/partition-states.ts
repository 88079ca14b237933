import { nodeRelation, partitionsOf } from '../../1-parse/index.ts';
import { dataParents } from '../../2-graph/index.ts';
import type { CodeVersions } from '../../3-compile/index.ts';
import {
  type AssetState,
  assetStates,
  failedKeys,
  keptBackKeys,
  outdatedKeys,
  type PartitionState,
  type StateRecords,
} from '../../4-plan/index.ts';
import { lastSuccesses, runsThatDied, unbuiltAttempts } from '../../6-record/index.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import {
  askStretches,
  type LedgerStretch,
  ledgerOf,
  type Node,
  noKeys,
  type Relation,
  type RelationCache,
  type Session,
} from '../../core/index.ts';
import { withHistory } from '../history.ts';
import { targetKey } from '../locations.ts';
import { changedCode } from './changed-code.ts';

export interface StatesRequest {
  readonly call: Call;
  readonly session: Session;
  readonly relations: RelationCache;
  /** To find out which data was made by other code than there is now. Default: nobody looks, and no node is compiled. */
  readonly versionOf?: CodeVersions | undefined;
  /** Only what may be about these partitions, of the nodes and of what they read. Default: all. */
  readonly keys?: readonly string[] | undefined;
}

/**
 * What is recorded of some assets and their partitions. What was published, the ledgers in the warehouse say: they are
 * written in the transactions that publish, so that they are right whatever has died. What failed or goes on, the state
 * store says; without one, nothing has.
 */
export async function readStates(
  nodes: readonly Node[],
  loaded: Loaded,
  request: StatesRequest,
): Promise<ReadonlyMap<string, AssetState>> {
  const { graph, environment } = loaded;
  const all = new Map(nodes.flatMap((node) => [node, ...dataParents(node, graph)].map((one) => [one.unique_id, one])));
  const stretches = await readLedgers([...all.values()], loaded, request);
  const published = new Set(stretches.map(({ asset }) => asset));
  const codeVersions = new Map<string, string>();
  const { versionOf } = request;
  if (versionOf) {
    for (const { unique_id: id } of nodes) if (published.has(id)) codeVersions.set(id, await versionOf(id));
  }
  const changed = versionOf ? await changedCode(nodes, loaded, { ...request, stretches }) : {};
  const recorded = await readAttempts(nodes, loaded, request.call, published);
  const now = environment.startedAt.getTime();
  return assetStates(nodes, { graph, stretches, ...recorded, codeVersions, ...changed, now });
}

async function readLedgers(
  nodes: readonly Node[],
  { graph, shelves }: Loaded,
  { session, relations, keys }: StatesRequest,
): Promise<readonly LedgerStretch[]> {
  const { statements } = shelves.adapter;
  const ledgers = new Map<string, Relation>();
  const gone = new Set<string>();
  for (const node of nodes) {
    const { database, schema } = node;
    const target = nodeRelation(node, graph.project.settings.quoting);
    const ledger = ledgerOf(target);
    if (!(await relations.get(session, ledger))) continue;
    ledgers.set(JSON.stringify([database, schema]), ledger);
    const standing = await relations.get(session, target);
    const isKept = partitionsOf(node, graph.project.settings) !== undefined;
    if (!standing || (isKept && standing.type !== 'table')) gone.add(node.unique_id);
  }
  if (ledgers.size === 0) return [];
  const stretches = await askStretches([...ledgers.values()], { owners: nodes, keys }, session, statements);
  // A table that somebody dropped holds nothing, whatever was published into it.
  return stretches.filter(({ asset, event }) => event !== 'published' || !gone.has(asset));
}

async function readAttempts(
  nodes: readonly Node[],
  loaded: Loaded,
  call: Call,
  published: ReadonlySet<string>,
): Promise<Pick<StateRecords, 'attempts' | 'died'>> {
  const { graph, environment } = loaded;
  return withHistory(loaded, call, (store) => {
    if (!store) return { attempts: [] };
    const target = environment.target.name;
    const ids = nodes.map((node) => node.unique_id);
    const whole = nodes.filter((node) => partitionsOf(node, graph.project.settings) === undefined);
    const unrecorded = whole.map((node) => node.unique_id).filter((id) => !published.has(id));
    const unbuilt = unbuiltAttempts(store, { target, leasesOf: targetKey(loaded), nodes: ids });
    const attempts = [...unbuilt, ...lastSuccesses(store, { target, nodes: unrecorded })];
    return { attempts, died: runsThatDied(store, target) };
  });
}

/** The nodes whose tables are there. */
export async function standingTables(
  nodes: readonly Node[],
  relations: RelationCache,
  session: Session,
  { graph }: Pick<Loaded, 'graph'>,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const node of nodes) {
    const relation = await relations.get(session, nodeRelation(node, graph.project.settings.quoting));
    if (relation?.type === 'table') found.add(node.unique_id);
  }
  return found;
}

/** What a plan wants to know of an asset. Undefined: nothing is recorded. */
export function plannedState(state: AssetState | undefined): PartitionState {
  if (!state) return { filled: noKeys, failed: noKeys };
  const { filled, stale: causes, leftBehind } = state;
  const [failed, keptBack] = [failedKeys(state), keptBackKeys(state)];
  return { filled, failed, keptBack, stale: outdatedKeys(state), causes, leftBehind };
}
