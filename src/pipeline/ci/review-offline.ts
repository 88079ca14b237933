import { withBase } from '../../cli/base/with-base.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { Host } from '../../cli/engine/host.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import type { ReviewOutcome, ReviewRequest } from '../../cli/engine/review.ts';
import { type GraphNode, type LeftOut, type ProjectChanges, RelationCache } from '../../core/index.ts';
import { type ChangesOutcome, changesOf } from '../changes/changes.ts';
import { offlineCall, readyOffline } from '../offline/build-offline.ts';
import { type Examined, examineOffline } from '../offline/examine-offline.ts';
import { loadOffline } from '../offline/load-offline.ts';
import { type OfflinePlan, planOffline } from '../offline/plan-offline.ts';
import { runLoaded } from '../run.ts';
import { hasError } from '../unusable.ts';
import { type BuiltChange, nothingBuilt } from './build-change.ts';
import { chooseNodes } from './choose-nodes.ts';
import { failingRows } from './failing-rows.ts';
import { endOf, finishReview, type Looked, lintChanged, nothingFound } from './finish-review.ts';
import { type Meter, shareWarehouse } from './metered.ts';
import { newestPartitions } from './newest-partitions.ts';
import { withOthers } from './prepare-build.ts';
import { notRun, reviewResults } from './results.ts';
import { undecidedTests } from './undecided-tests.ts';

/**
 * Reviews a change without a warehouse: what needs none is done as ever, and what the change can alter is built in this
 * process from recorded samples. Throws `Problem` where there is nothing to review.
 */
export async function reviewOffline(request: ReviewRequest, given: Call, host: Host): Promise<ReviewOutcome> {
  const startedAt = host.now().getTime();
  const loaded = await loadOffline({ ...given, command: 'build' }, host);
  host.onProject?.({ ...loaded, diagnostics: [] });
  const meter: Meter = { statements: 0, milliseconds: 0 };
  const looked = await look({ request, loaded, given, host, meter, until: endOf(request, startedAt) });
  return finishReview({ request, looked, loaded, meter, host, startedAt });
}

interface Looking {
  readonly request: ReviewRequest;
  readonly loaded: Loaded;
  readonly given: Call;
  readonly host: Host;
  readonly meter: Meter;
  /** Nothing is begun after this moment, in milliseconds since 1970. */
  readonly until: number;
}

async function look(looking: Looking): Promise<Looked> {
  const { request, loaded, given, host } = looking;
  const { state } = given;
  if (hasError(loaded.diagnostics)) return nothingFound(state ?? request.base, loaded);
  const compared = await withBase(state === undefined ? { ref: request.base } : { state }, loaded, host, (base) =>
    changesOf(loaded, base, given, host),
  );
  const examined = await examineOffline(loaded);
  const { changes, base } = compared;
  const problems = [...loaded.diagnostics, ...compared.diagnostics, ...examined.problems];
  const told = [...compared.diagnostics, ...(await lintChanged(changes, loaded, given))];
  if (hasError(problems) || host.signal.aborted) return { changes, base, built: nothingBuilt, problems, told };
  const built = await build(looking, planWithin(request.mostNodes, loaded, compared, examined), changes);
  return { changes, base, built, problems: [...problems, ...built.problems], told };
}

interface BudgetedPlan {
  readonly plan: OfflinePlan;
  /** What the plan leaves out, and the budget. */
  readonly leftOut: readonly LeftOut[];
}

async function build(
  { request, loaded, given, host, meter, until }: Looking,
  { plan, leftOut }: BudgetedPlan,
  changes: ProjectChanges,
): Promise<BuiltChange> {
  const { graph } = loaded;
  if (plan.ids.length === 0) return { ...nothingBuilt, leftOut };
  const ready = await readyOffline(loaded, plan);
  const shared = shareWarehouse(ready.shelves.adapter, () => host.now().getTime());
  const { adapter } = shared;
  const building: Loaded = { ...ready, shelves: { ...ready.shelves, adapter } };
  const session = await (await adapter.connect({}, { threads: loaded.environment.target.threads })).openSession();
  try {
    const call = offlineCall(loaded, plan, { ...given, partitions: undefined });
    const asked = { call, session, relations: new RelationCache(), count: request.partitions };
    const parts = await newestPartitions(plan.ids, building, asked);
    const partitions = new Map([...parts].map(([id, part]) => [id, withOthers(part, false)]));
    const undecided = await undecidedTests(building, { built: plan.ids, tests: plan.ids, changes, partitions });
    const keys = new Map([...parts].map(([id, part]) => [id, part.keys]));
    const onlyWarning = new Set(undecided.keys());
    const outcome = await runLoaded(building, call, host, { partitions: keys, onlyWarning, until });
    const examples = await failingRows(outcome, { loaded: building, given: call, host, session });
    return {
      ...nothingBuilt,
      results: (placeOf) => reviewResults(outcome.results, { graph, placeOf, examples, unjudged: undecided }),
      leftOut: [...leftOut, ...notRun(outcome.results, graph)],
      problems: outcome.diagnostics,
    };
  } finally {
    await shared.close();
    Object.assign(meter, shared.meter);
  }
}

/** What is built, within the budget: what has to be built only because something reads it counts too. Pure. */
export function planWithin(
  most: number | undefined,
  loaded: Loaded,
  { changes, tests }: Pick<ChangesOutcome, 'changes' | 'tests'>,
  { missing }: Pick<Examined, 'missing'>,
): BudgetedPlan {
  const { graph } = loaded;
  for (let mostNodes = most; ; ) {
    const chosen = chooseNodes(graph, { changes, changedTests: tests, mostNodes, isInProduction: () => true });
    const plan = planOffline(loaded, [...chosen.built, ...chosen.tests], missing);
    const over = plan.ids.filter((id) => leavesData(graph.nodes.get(id))).length - (most ?? Number.POSITIVE_INFINITY);
    if (over <= 0 || chosen.built.length === 0) {
      const reason = `with all that it reads, it is more than --max-nodes ${most} allows`;
      return { leftOut: [...chosen.leftOut.map((one) => ({ ...one, reason })), ...plan.leftOut], plan };
    }
    mostNodes = Math.max(0, chosen.built.length - over);
  }
}

function leavesData(node: GraphNode | undefined): boolean {
  if (node?.resource_type === 'model') return node.config.materialized !== 'ephemeral';
  return node?.resource_type === 'seed' || node?.resource_type === 'snapshot';
}
