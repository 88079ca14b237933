import { partitionsOf } from '../1-parse/index.ts';
import { countBatches, type Plan } from '../4-plan/index.ts';
import { buildsOnItself, type Outcome } from '../5-execute/index.ts';
import {
  type BackfillStatus,
  backfillsNamed,
  beginBackfill,
  finishBackfill,
  inStore,
  isStoreFailure,
  type OpenLeases,
  openLeases,
  openStore,
  runningBackfills,
  type Store,
  unusable,
  watchBackfill,
} from '../6-record/index.ts';
import type { BackfillPlan } from '../cli/engine/backfill.ts';
import type { Call } from '../cli/engine/call.ts';
import type { Host } from '../cli/engine/host.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import { countKeys, type Diagnostic, type Leases, Problem, readKeySet } from '../core/index.ts';
import { stateFile, targetKey } from './locations.ts';
import { mayStage } from './partitions/partitions.ts';
import { type Place, type Rest, restOf } from './resumed.ts';

/** What a run shares with others that build the same: the store, leases, the backfill that it belongs to. */
export interface PartitionRun {
  /** Why nothing is shared, where it should be. */
  readonly diagnostics: readonly Diagnostic[];
  readonly leases: Leases | undefined;
  /** Aborted when the user wants the run to end, here or with `backfill cancel`. */
  readonly signal: AbortSignal;
  /** What is left of the backfill that the call goes on with. Undefined: it goes on with none. */
  rest(place: Place): Promise<Rest | undefined>;
  /** Notes the backfill, if the call is one. */
  begin(plan: Plan): void;
  /** Notes how it ended. */
  ended(outcome: Outcome['outcome']): void;
  close(): void;
}

/** A run that stages nothing, and builds nothing on what is there, shares nothing. */
export async function openPartitionRun(plan: Plan, loaded: Loaded, call: Call, host: Host): Promise<PartitionRun> {
  const { dryRun = false, id } = call.backfill ?? {};
  const isAlone =
    plan.action !== 'run' ||
    (dryRun && id === undefined) ||
    !(plan.steps.some(({ nodeId }) => needsTurns(nodeId, loaded)) || mayStage(plan, loaded, call));
  const store = isAlone ? undefined : (await openStore(stateFile(loaded, call))).store;
  if (!store) return alone(host);
  try {
    const since = await startOf(store, loaded, call);
    return sharedRun({ store, since, loaded, call, host });
  } catch (failure) {
    store.close();
    if (failure instanceof Problem) throw failure;
    return { ...alone(host), diagnostics: [unusable(store.file, failure)] };
  }
}

function alone({ signal }: Host): PartitionRun {
  return {
    diagnostics: [],
    leases: undefined,
    signal,
    rest: async () => undefined,
    begin() {},
    ended() {},
    close() {},
  };
}

interface Shared {
  readonly store: Store;
  readonly since: number;
  readonly loaded: Loaded;
  readonly call: Call;
  readonly host: Host;
}

function sharedRun({ store, since, loaded, call, host }: Shared): PartitionRun {
  const { environment } = loaded;
  const { invocationId: holder, target } = environment;
  const leases: OpenLeases = openLeases(store, { target: targetKey(loaded), holder, since });
  const cancelled = new AbortController();
  let id: string | undefined;
  let stopWatching = (): void => undefined;
  return {
    diagnostics: [],
    leases,
    signal: call.backfill ? AbortSignal.any([host.signal, cancelled.signal]) : host.signal,
    async rest(place) {
      if (call.backfill?.id === undefined) return undefined;
      const { id } = call.backfill;
      return inStore(store.file, async () => {
        const [earlier] = await backfillsNamed(store, id);
        return earlier && restOf(earlier, store, loaded, place);
      });
    },
    begin(plan) {
      if (!call.backfill || (plan.steps.length === 0 && call.backfill.id === undefined)) return;
      const newId = call.backfill.id ?? host.uuid().slice(0, 8);
      const summary = backfillPlan(newId, plan, loaded);
      const planned = Object.fromEntries(summary.assets.map(({ nodeId, partitions }) => [nodeId, partitions]));
      const row = {
        backfill_id: newId,
        created_at: since,
        target: target.name,
        request: JSON.stringify(call.args),
        planned: JSON.stringify(planned),
      };
      if (!noted(() => beginBackfill(store, row, holder))) return host.onBackfill?.({ ...summary, id });
      id = newId;
      stopWatching = watchBackfill(store, id, () => cancelled.abort());
      host.onBackfill?.(summary);
    },
    ended(outcome) {
      const ended = id;
      if (ended === undefined) return;
      const status: BackfillStatus = outcome === 'interrupted' && cancelled.signal.aborted ? 'cancelled' : outcome;
      noted(() => finishBackfill(store, ended, status, host.now().getTime()));
    },
    close() {
      stopWatching();
      leases.close();
      store.close();
    },
  };
}

/** Whether something could be noted of a run. It goes on where not: that the store is damaged or held, the history tells. */
function noted(note: () => void): boolean {
  try {
    note();
    return true;
  } catch (failure) {
    if (!isStoreFailure(failure)) throw failure;
    return false;
  }
}

/**
 * From when on partitions that others publish count as built. Where the same backfill runs already, it is the same work:
 * from its start on.
 */
async function startOf(store: Store, { environment }: Loaded, call: Call): Promise<number> {
  // Before it was looked what is there: what others publish after that, the plan knows nothing of.
  const startedAt = environment.startedAt.getTime();
  if (!call.backfill) return startedAt;
  const running = await runningBackfills(store, environment.target.name);
  const same = running.filter(({ request }) => isSameRequest(JSON.parse(request), call.args));
  return Math.min(startedAt, ...same.map((row) => row.created_at));
}

/** What says which partitions are meant. */
const meaning = ['select', 'exclude', 'selector', 'what', 'partition', 'from', 'to', 'dimension', 'vars'] as const;
const kinds = ['missing', 'failed_only', 'stale'] as const;

function isSameRequest(one: Call['args'], other: Call['args']): boolean {
  return [...meaning, ...kinds].every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]));
}

/** What a plan builds, for people. */
export function backfillPlan(id: string | undefined, plan: Plan, loaded: Loaded): BackfillPlan {
  const steps = plan.steps.filter(({ part }) => part !== 'stage' && part !== 'rest');
  const assets = steps.flatMap((step) => {
    const { nodeId, partitions = '' } = step;
    const definition = definitionOf(nodeId, loaded);
    if (!definition) return [];
    const count = countKeys(readKeySet(definition, partitions).set);
    return [{ nodeId, partitions, count, statements: countBatches(definition, step) }];
  });
  const others = steps.filter(({ nodeId }) => !definitionOf(nodeId, loaded)).map(({ nodeId }) => nodeId);
  const isTest = (nodeId: string): boolean => /^(unit_)?test\./.test(nodeId);
  return { id, assets, once: others.filter((nodeId) => !isTest(nodeId)), tests: others.filter(isTest).length };
}

const needsTurns = (nodeId: string, loaded: Loaded): boolean =>
  definitionOf(nodeId, loaded) !== undefined || buildsOnItself(loaded.graph.nodes.get(nodeId));

function definitionOf(nodeId: string, { graph }: Loaded): ReturnType<typeof partitionsOf> {
  const node = graph.nodes.get(nodeId);
  return node?.resource_type === 'model' ? partitionsOf(node, graph.project.settings) : undefined;
}
