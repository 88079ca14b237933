import { nodeRelation, partitionsOf } from '../1-parse/index.ts';
import type { Graph } from '../2-graph/index.ts';
import { type Plan, withoutIdle } from '../4-plan/index.ts';
import { type BackfillRecord, endedSteps, runsOfBackfill, type Store } from '../6-record/index.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import {
  intersectKeys,
  type KeySet,
  type LedgerEntry,
  ledgerEntries,
  ledgerOf,
  type ModelNode,
  noKeys,
  type PartitionDefinition,
  type RelationCache,
  readKeySet,
  readLedger,
  type Session,
  stillThere,
  subtractKeys,
  unionKeys,
  type Warehouse,
} from '../core/index.ts';

/** Where the ledgers are. */
export interface Place {
  readonly warehouse: Pick<Warehouse, 'openSession'>;
  readonly relations: RelationCache;
}

/** What is left of a backfill. */
export interface Rest {
  /** Planned and not published since, by the unique id of their asset. */
  readonly left: ReadonlyMap<string, KeySet>;
  /** Nodes that its runs have built, or tested, well. */
  readonly done: ReadonlySet<string>;
}

/** What became of the partitions of an asset since a backfill was begun. */
export interface Since {
  readonly filled: KeySet;
  readonly failed: KeySet;
}

/** An asset of a backfill, as far as the project still has it. */
export interface Planned {
  readonly node: ModelNode;
  readonly definition: PartitionDefinition;
  readonly keys: KeySet;
}

/** What was planned, without partitions that are none any more: `start` was moved since, or a key was removed. */
export function plannedAssets(
  { planned }: BackfillRecord,
  { graph: { project, nodes }, environment }: Pick<Loaded, 'graph' | 'environment'>,
): readonly Planned[] {
  const now = environment.startedAt.getTime();
  const texts = JSON.parse(planned) as Readonly<Record<string, string>>;
  return Object.entries(texts).flatMap(([id, text]): Planned[] => {
    const node = nodes.get(id);
    const definition = node?.resource_type === 'model' ? partitionsOf(node, project.settings) : undefined;
    if (!definition || node?.resource_type !== 'model') return [];
    return [{ node, definition, keys: stillThere(definition, readKeySet(definition, text).set, now) }];
  });
}

/** What of a backfill is still to be done: the warehouse's ledgers say what was published since it was begun. */
export async function restOf(row: BackfillRecord, store: Store, loaded: Loaded, place: Place): Promise<Rest> {
  const steps = await endedSteps(store, await runsOfBackfill(store, row.backfill_id));
  const left = new Map<string, KeySet>();
  const session = await place.warehouse.openSession();
  try {
    for (const planned of plannedAssets(row, loaded)) {
      const { filled } = await sinceInLedger(planned, row.created_at, { loaded, session, relations: place.relations });
      left.set(planned.node.unique_id, subtractKeys(planned.keys, filled));
    }
  } finally {
    await session.close();
  }
  return { left, done: new Set(steps.filter(({ status }) => well.has(status)).map((step) => step.node_id)) };
}

const well: ReadonlySet<string> = new Set(['success', 'pass', 'warn', 'no-op']);

/** What the ledger beside an asset says of its partitions since a moment. */
export async function sinceInLedger(
  { node, definition }: Planned,
  since: number,
  { loaded, session, relations }: { loaded: Loaded; session: Session; relations: RelationCache },
): Promise<Since> {
  const { statements } = loaded.shelves.adapter;
  const ledger = ledgerOf(nodeRelation(node, loaded.graph.project.settings.quoting));
  if (!(await relations.get(session, ledger))) return { filled: noKeys, failed: noKeys };
  const table = await session.query(readLedger(ledger, statements, { owner: node, since }));
  return ledgerEntries(table).reduce((state, entry) => after(state, entry, definition), nothing);
}

const nothing: Since = { filled: noKeys, failed: noKeys };

function after(state: Since, { event, partitionKey }: LedgerEntry, definition: PartitionDefinition): Since {
  const keys = readKeySet(definition, partitionKey).set;
  if (event === 'published') {
    return { filled: unionKeys(state.filled, keys), failed: subtractKeys(state.failed, keys) };
  }
  if (event === 'narrowed') return { ...state, filled: subtractKeys(state.filled, keys) };
  if (event === 'kept') return { ...state, filled: intersectKeys(state.filled, keys) };
  return event === 'quarantined' ? { ...state, failed: unionKeys(state.failed, keys) } : state;
}

/** Leaves out what has no partitions, was built well, and reads nothing that is built now; not what has not tested it. */
export function withoutDone(plan: Plan, { done }: Rest, graph: Graph): Plan {
  const partitioned = new Set(
    plan.steps.flatMap(({ nodeId, partitions }) => (partitions === undefined ? [] : [nodeId])),
  );
  const again = new Set(partitioned);
  const planned = new Set(plan.steps.map(({ nodeId }) => nodeId));
  for (const id of graph.order) {
    if (!planned.has(id) || again.has(id)) continue;
    const isData = graph.nodes.get(id)?.resource_type !== 'test';
    if (!done.has(id) || (isData && (graph.parents.get(id) ?? []).some((parent) => again.has(parent)))) again.add(id);
  }
  const idle = new Set([...planned].filter((id) => graph.nodes.get(id)?.resource_type !== 'test' && !again.has(id)));
  return { ...plan, steps: withoutIdle(plan.steps, idle, graph, (id) => done.has(id)) };
}
