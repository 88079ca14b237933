import { partitionsOf } from '../../1-parse/index.ts';
import { dataParents, mappingProblems } from '../../2-graph/index.ts';
import { type CodeVersions, createCodeVersions } from '../../3-compile/index.ts';
import {
  type AssetState,
  asPlanned,
  canBeHeldBack,
  type EventTime,
  holdBack,
  namesPartitions,
  type Plan,
  planPartitions,
  type Step,
} from '../../4-plan/index.ts';
import { canStage } from '../../5-execute/index.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import {
  type Diagnostic,
  type Flags,
  isNone,
  type KeySet,
  type Node,
  noKeys,
  type RelationCache,
  subtractKeys,
  type Warehouse,
  warning,
} from '../../core/index.ts';
import { testsBlock } from '../plan/choose-steps.ts';
import { clockProblem } from './clock-problem.ts';
import { plannedState, readStates, standingTables } from './partition-states.ts';
import { passedTests } from './passed-tests.ts';

export interface PartitionsAsked {
  readonly plan: Plan;
  readonly loaded: Loaded;
  readonly call: Call;
  readonly warehouse: Warehouse;
  readonly relations: RelationCache;
  /** Exactly these, whatever the call names, by the unique id of their asset. Default: what the call names. */
  readonly exactly?: ReadonlyMap<string, KeySet> | undefined;
  /** Explains the plan: what is left out, and what other code has made, even if nobody asked to build that again. */
  readonly explain?: CodeVersions | undefined;
}

/**
 * The plan with the partitions that it builds, of the assets that have some, and with what tests hold back of what it
 * builds. Asks the warehouse what is filled.
 */
export async function withPartitions({
  plan,
  loaded,
  call,
  warehouse,
  relations,
  exactly,
  explain,
}: PartitionsAsked): Promise<{
  readonly plan: Plan;
  readonly diagnostics: readonly Diagnostic[];
  /** Of the assets that have partitions, and of what they read. */
  readonly states: ReadonlyMap<string, AssetState>;
  /** What is built of them. */
  readonly keys: ReadonlyMap<string, KeySet>;
}> {
  const { graph, environment } = loaded;
  const nodes = plan.steps.flatMap(({ nodeId }) => partitionedNode(loaded, nodeId) ?? []);
  if (plan.action !== 'run' || nodes.length === 0) {
    const held = { ...plan, steps: heldBack(plan.steps, loaded, call) };
    return { plan: held, diagnostics: idleFlags(plan, call), states: new Map(), keys: new Map() };
  }
  const wrong = nodes.flatMap((node) => mappingProblems(node, graph));
  if (wrong.length > 0) return { plan, diagnostics: wrong, states: new Map(), keys: new Map() };
  const session = await warehouse.openSession();
  try {
    const asked = call.partitions;
    const known = await readStates(withParents(nodes, loaded, call), loaded, {
      call,
      session,
      relations,
      versionOf: explain ?? (asked?.only.includes('stale') ? createCodeVersions(loaded) : undefined),
    });
    const standing = await standingTables(nodes, relations, session, loaded);
    const {
      steps: built,
      keys,
      leftOut,
      diagnostics,
    } = planPartitions(plan.steps, graph, {
      request: { keys: asked?.keys, from: asked?.from, to: asked?.to, dimensions: asked?.dimensions },
      now: environment.startedAt.getTime(),
      eventTime: eventTimeOf(environment.flags),
      stands: (id) => standing.has(id),
      isNowhere: (id) => !call.defer && !standing.has(id),
      state: (id) => plannedState(known.get(id)),
      fullRefresh: environment.flags.fullRefresh,
      all: asked?.all,
      only: asked?.only,
      exactly,
      batchSize: asked?.batchSize,
      explain: explain !== undefined,
      hasPassed: await passedTests(plan, loaded, call, { states: known, standing }),
    });
    // What is built anew as a whole leaves nothing as it was.
    const hasOthers = ({ nodeId, reason }: Step): boolean => {
      const filled = standing.has(nodeId) ? (known.get(nodeId)?.filled ?? noKeys) : noKeys;
      return reason !== 'full-refresh' && !isNone(subtractKeys(filled, keys.get(nodeId) ?? noKeys));
    };
    const steps = heldBack(built, loaded, call, hasOthers);
    return {
      plan: {
        ...plan,
        steps: call.planned ? asPlanned(steps, call.planned) : steps,
        leftOut,
        newestFirst: call.backfill?.newestFirst,
      },
      diagnostics: [...clockProblem(known, keys, loaded), ...diagnostics],
      states: known,
      keys,
    };
  } finally {
    await session.close();
  }
}

/** What has nothing to build holds nobody back: only now is it known. */
function heldBack(
  steps: Plan['steps'],
  { graph, shelves, environment }: Loaded,
  call: Call,
  hasOthers?: (step: Step) => boolean,
): Plan['steps'] {
  if (!testsBlock(call)) return steps;
  const { warnError, failsForWarnings = warnError } = environment.flags;
  return holdBack(steps, graph, {
    canStage: (node) => canStage(node, { graph, shelves }),
    warnError: failsForWarnings,
    hasOthers,
  });
}

/** Whether something of a plan may have to wait for its tests. */
export const mayStage = ({ steps }: Plan, { graph, shelves }: Loaded, call: Call): boolean =>
  testsBlock(call) &&
  steps.some(({ nodeId }) =>
    canBeHeldBack(graph.nodes.get(nodeId), graph, (node) => canStage(node, { graph, shelves })),
  );

/** Partitions that are named where nothing has any change nothing. */
function idleFlags({ action }: Plan, { partitions }: Call): readonly Diagnostic[] {
  if (action !== 'run' || !namesPartitions(partitions ?? {})) return [];
  const hint =
    "Say in a model's config by which it is kept: partitions: {time: day, start: 2024-01-01, column: sold_at}";
  const message =
    'Nothing that is selected is kept by partitions: all of it is built whole, whatever partitions are named';
  return [warning('plan/no-partitions', message, { hint })];
}

const eventTimeOf = ({ eventTimeStart: start, eventTimeEnd: end }: Flags): EventTime | undefined =>
  start || end ? { start, end } : undefined;

/** Partitions wait for what they read; what is deferred is read from elsewhere, and nobody waits for it. */
function withParents(nodes: readonly Node[], loaded: Loaded, { defer }: Call): readonly Node[] {
  const parents = defer ? [] : nodes.flatMap((node) => dataParents(node, loaded.graph));
  const partitioned = parents.flatMap(({ unique_id: id }) => partitionedNode(loaded, id) ?? []);
  return [...new Map([...nodes, ...partitioned].map((node) => [node.unique_id, node])).values()];
}

function partitionedNode({ graph }: Loaded, id: string): Node | undefined {
  const node = graph.nodes.get(id);
  return node?.resource_type === 'model' && partitionsOf(node, graph.project.settings) ? node : undefined;
}
