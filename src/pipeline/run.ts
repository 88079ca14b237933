import { setImmediate } from 'node:timers/promises';
import { type CompilerInput, createQuietCompiler, nothingBuilt } from '../3-compile/index.ts';
import { type Plan, plannedKeys } from '../4-plan/index.ts';
import { execute, type Outcome, type RetriedRun } from '../5-execute/index.ts';
import type { Call, RetryOf } from '../cli/engine/call.ts';
import type { Host } from '../cli/engine/host.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import type { RunOutcome } from '../cli/engine/run.ts';
import { type Diagnostic, type KeySet, type Relation, warning } from '../core/index.ts';
import { analysisOf, type ProjectAnalysis } from './analysis.ts';
import { backfillPlan } from './backfill.ts';
import { deferredRelations } from './defer.ts';
import { keptTranslations } from './kept-results.ts';
import { type OpenRun, openRun } from './open-run.ts';
import { withPartitions } from './partitions/partitions.ts';
import { chooseSteps } from './plan/choose-steps.ts';
import { planChanges } from './plan/plan-changes.ts';
import { withoutDone } from './resumed.ts';
import { testedBefore, testingIn } from './tested-before.ts';
import { installPrelude, translatorOf } from './translation.ts';
import { openUnitTesting, withSequences } from './unit-tests.ts';
import { hasError } from './unusable.ts';

/** What a review asks of a run beside its call. */
export interface RunBounds {
  /** What `ref()` means for nodes that are not built. Default: what `--defer` finds. */
  readonly deferred?: ReadonlyMap<string, Relation> | undefined;
  /** Exactly these partitions are built, by the unique id of their asset. Default: what the call names. */
  readonly partitions?: ReadonlyMap<string, KeySet> | undefined;
  /** Tests, by unique id, whose failures are warnings, whatever their configuration says. Default: none. */
  readonly onlyWarning?: ReadonlySet<string> | undefined;
  /** No step is begun after this moment, in milliseconds since 1970. Default: time does not matter. */
  readonly until?: number | undefined;
  /** Whether compiled SQL is written for people to read. Default true. */
  readonly writesSql?: boolean | undefined;
}

/** Graph → plan → events → history, for the commands that run or compile nodes. */
export async function runLoaded(project: Loaded, call: Call, host: Host, bounds: RunBounds = {}): Promise<RunOutcome> {
  const { chosen, diagnostics } = await chooseSteps(project, call, host, bounds.deferred);
  if (!chosen) return withoutResults(2, diagnostics);
  const run = await openRun(chosen, call, host);
  try {
    const { plan, problems } = await planRun(run, bounds);
    const known = [...diagnostics, ...run.shared.diagnostics, ...problems];
    if (hasError(known)) return withoutResults(2, known);
    const told = plan.steps.length > 0 || call.backfill?.dryRun ? known : [...known, nothingToDo(known, call)];
    const means = await meansOf(run, plan, bounds);
    if (call.backfill?.dryRun) {
      const backfill = backfillPlan(undefined, plan, run.loaded);
      return { ...withoutResults(0, [...told, ...(await mappingProblems(run, plan, means))]), backfill };
    }
    const { results, outcome } = await executePlan(run, plan, means, bounds);
    run.shared.ended(outcome);
    await closeAndWrite(run, outcome);
    return {
      exitCode: exitCodeOf(outcome, plan),
      diagnostics: [...told, ...run.record.diagnostics],
      results,
      compiled: run.record.compiled,
      inlineId: run.inlineId,
    };
  } finally {
    await run.close();
  }
}

const withoutResults = (exitCode: RunOutcome['exitCode'], diagnostics: readonly Diagnostic[]): RunOutcome => ({
  exitCode,
  diagnostics,
  results: [],
  compiled: new Map(),
});

/** The steps with their partitions: those that a saved plan names, that a backfill has left, or that the call asks for. */
async function planRun(
  { plan: chosen, loaded, call, warehouse, relations, shared }: OpenRun,
  bounds: RunBounds,
): Promise<{ readonly plan: Plan; readonly problems: readonly Diagnostic[] }> {
  const { graph, environment } = loaded;
  const rest = await shared.rest({ warehouse, relations });
  const exactly = call.planned
    ? plannedKeys(call.planned, graph, environment.startedAt.getTime())
    : (rest?.left ?? bounds.partitions);
  const plan = onlyWarning(chosen, bounds.onlyWarning);
  const planned = await withPartitions({ plan, loaded, call, warehouse, relations, exactly });
  const left = rest ? withoutDone(planned.plan, rest, graph) : planned.plan;
  const changed = call.planned ? await planChanges(call.planned, left, loaded, call, planned) : [];
  return { plan: left, problems: [...planned.diagnostics, ...changed] };
}

function onlyWarning(plan: Plan, tests: RunBounds['onlyWarning']): Plan {
  if (tests === undefined || tests.size === 0) return plan;
  return { ...plan, steps: plan.steps.map((step) => (tests.has(step.nodeId) ? { ...step, onlyWarns: true } : step)) };
}

/** What a plan's nodes are compiled with, and how their SQL is looked through. */
interface Means {
  readonly compiling: Omit<CompilerInput, 'emit' | 'now' | 'onEphemeral'>;
  readonly analysis: ProjectAnalysis;
}

async function meansOf(run: OpenRun, plan: Plan, bounds: RunBounds): Promise<Means> {
  const { loaded, call, selected, warehouse, relations, known, record } = run;
  const { graph, environment, shelves } = loaded;
  const builds = plan.action === 'run';
  const deferred =
    bounds.deferred ?? (await deferredRelations(loaded, call, { selected, builds, relations, warehouse }));
  const compiling = { graph, environment, shelves, relations, deferred, selected };
  const analysis = analysisOf(loaded, {
    // What is built next to nothing is compiled once more to know its columns, and those are the code's.
    compiler: createQuietCompiler(builds ? compiling : { ...compiling, standIns: nothingBuilt }),
    warehouse: call.introspect ? warehouse : undefined,
    built: builds ? new Set(plan.steps.map(({ nodeId }) => nodeId)) : undefined,
    deferred,
    known,
    onAnalysis: record.keepColumns,
  });
  return { compiling, analysis };
}

/** What a dry run says of what its models read. */
async function mappingProblems({ known }: OpenRun, { steps }: Plan, { analysis }: Means): Promise<Diagnostic[]> {
  const problems: Diagnostic[] = [];
  for (const id of new Set(steps.map(({ nodeId }) => nodeId))) problems.push(...(await analysis.mapping(id)));
  known.save();
  return problems;
}

async function executePlan(
  { loaded, call, host, warehouse, relations, origins, record, shared }: OpenRun,
  plan: Plan,
  { compiling, analysis }: Means,
  bounds: RunBounds,
): Promise<Outcome> {
  const { graph, environment, shelves } = loaded;
  const translations = keptTranslations(loaded);
  const translator = await translatorOf(loaded, analysis, translations);
  if (translator && plan.action === 'run') await installPrelude(translator, warehouse);
  const unitTesting = await openUnitTesting(plan, loaded, { analysis, translator, warehouse });
  const running = {
    ...compiling,
    translate: translator?.translate,
    translateHook: translator?.translateHook,
    columnsOf: analysis.columnsOf,
    unitTests: unitTesting,
  };
  const now = (): number => host.now().getTime();
  shared.begin(plan);
  try {
    return await execute(plan, {
      graph,
      environment,
      shelves,
      warehouse,
      relations,
      compiler: record.compiler(running),
      compilerReading: (instead) =>
        record.compiler({ ...running, deferred: new Map([...(running.deferred ?? []), ...instead]) }),
      unitTests: unitTesting && withSequences(unitTesting, { ...running, emit: record.emit, now }),
      check: analysis.check,
      explain: analysis.explain,
      emit: record.emit,
      now,
      signal: shared.signal,
      until: bounds.until,
      hasTested: await testedBefore(testingIn(plan), loaded, call),
      leases: shared.leases,
      writeCompiled: bounds.writesSql === false ? () => '' : record.writeCompiled,
      compiledSql: (id) => record.compiled.get(id)?.sql,
      origins,
      retried: call.retryOf && retriedRun(call.retryOf),
    });
  } finally {
    translations.save();
    await unitTesting?.close();
  }
}

/** The warehouse may write for seconds before it is closed: the artifacts are written meanwhile, once it has begun. */
async function closeAndWrite({ warehouse, record, known }: OpenRun, outcome: Outcome['outcome']): Promise<void> {
  const closed = warehouse.close();
  await setImmediate();
  record.writeArtifacts(outcome);
  known.save();
  // What becomes of the history has to be known when the outcome is told.
  await Promise.all([closed, record.finish()]);
}

/** What does not compile is wrong with the project, not with a run. */
function exitCodeOf(outcome: Outcome['outcome'], { action }: Plan): RunOutcome['exitCode'] {
  if (outcome === 'success') return 0;
  return action === 'compile' && outcome === 'failure' ? 2 : 1;
}

function retriedRun({ startedAt, batches }: RetryOf): RetriedRun {
  const dates = (pairs: readonly (readonly [string, string])[]): [Date, Date][] =>
    pairs.map(([start, end]) => [new Date(start), new Date(end)]);
  return {
    startedAt: startedAt === null ? undefined : new Date(startedAt),
    batches: new Map(
      [...batches].map(([id, { successful, failed }]) => [
        id,
        { successful: dates(successful), failed: dates(failed) },
      ]),
    ),
  };
}

function nothingToDo(problems: readonly Diagnostic[], { backfill, retryOf, only = [] }: Call): Diagnostic {
  if (backfill?.id !== undefined) return warning('run/nothing-to-do', `Nothing is left of the backfill ${backfill.id}`);
  if (retryOf && only.length === 0) return warning('run/nothing-to-do', 'Nothing to do: the run before left nothing');
  const hint = backfill
    ? 'What is selected has none of these partitions, or all of them are filled'
    : 'Try checking your model configs and model specification args';
  return warning('run/nothing-to-do', 'Nothing to do', { hint: problems.length > 0 ? undefined : hint });
}
