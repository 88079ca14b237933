import { setImmediate } from 'node:timers/promises';
import { stageOf } from '../1-parse/index.ts';
import { readElsewhere } from '../2-graph/index.ts';
import { createQuietCompiler } from '../3-compile/index.ts';
import { createPlan, type Plan, plannedKeys } from '../4-plan/index.ts';
import { canStage, execute, type Outcome, type RetriedRun } from '../5-execute/index.ts';
import type { Call, Host, Loaded, RetryOf, RunOutcome } from '../cli/engine.ts';
import {
  type Diagnostic,
  type KeySet,
  type Relation,
  RelationCache,
  type SourceNode,
  type Warehouse,
  warning,
} from '../core/index.ts';
import { analysisOf } from './analysis.ts';
import { withAskedKeys } from './asked-keys.ts';
import { backfillPlan, openPartitionRun } from './backfill.ts';
import { deferredRelations, earlierRelations } from './defer.ts';
import { inlineIdOf, withInline } from './inline.ts';
import { columnsFileOf } from './known-columns.ts';
import { lazyWarehouse } from './lazy-warehouse.ts';
import { withPartitions } from './partitions.ts';
import { planChanges } from './plan-changes.ts';
import { withoutDone } from './resumed.ts';
import { RunRecord } from './run-record.ts';
import { selectNodes } from './select.ts';
import { installPrelude, translatorOf } from './translation.ts';
import { openUnitTesting, runsElsewhere, type UnitTesting, withSequences } from './unit-tests.ts';
import { hasError } from './unusable.ts';

/** What a review asks of a run beside its call. */
export interface RunBounds {
  /** What `ref()` means for nodes that are not built. Default: what `--defer` finds. */
  readonly deferred?: ReadonlyMap<string, Relation> | undefined;
  /** Exactly these partitions are built, by the unique id of their asset. Default: what the call names. */
  readonly partitions?: ReadonlyMap<string, KeySet> | undefined;
  /** No step is begun after this moment, in milliseconds since 1970. Default: time does not matter. */
  readonly until?: number | undefined;
  /** Whether compiled SQL is written for people to read. Default true. */
  readonly writesSql?: boolean | undefined;
}

/** Graph → plan → events → history, for the commands that run or compile nodes. */
export async function runLoaded(project: Loaded, call: Call, host: Host, bounds: RunBounds = {}): Promise<RunOutcome> {
  const { inline } = call;
  const given = inline === undefined ? project : { ...project, graph: withInline(project.graph, inline) };
  const inlineId = inline === undefined ? undefined : inlineIdOf(given.graph);
  const selection = inlineId ? { ids: [inlineId], diagnostics: [] } : await selectNodes(given, call);
  const problems = [...given.diagnostics, ...selection.diagnostics];
  if (hasError(problems)) return { exitCode: 2, diagnostics: problems, results: [], compiled: new Map() };

  const selected = planOf(given, call, selection.ids, bounds.deferred);
  const { loaded, diagnostics } = await withAskedKeys(given, selected, call, host);
  problems.push(...diagnostics);
  if (hasError(problems)) return { exitCode: 2, diagnostics: problems, results: [], compiled: new Map() };
  const origins = selected.action === 'clone' ? earlierRelations(loaded, call, 'clone') : undefined;
  const record = new RunRecord(loaded, call, host);
  const warehouse = await openWarehouse(loaded, selected);
  const { graph, environment, shelves } = loaded;
  const relations = new RelationCache();
  const known = columnsFileOf(loaded);
  const shared = await openPartitionRun(selected, loaded, call, host);
  problems.push(...shared.diagnostics);
  let unitTesting: UnitTesting | undefined;
  try {
    const rest = await shared.rest({ warehouse, relations });
    const exactly = call.planned ? plannedKeys(call.planned, graph) : (rest?.left ?? bounds.partitions);
    const planned = await withPartitions({ plan: selected, loaded, call, warehouse, relations, exactly });
    const plan = rest ? withoutDone(planned.plan, rest, graph) : planned.plan;
    problems.push(...planned.diagnostics);
    if (call.planned) problems.push(...(await planChanges(call.planned, plan, loaded, call, planned)));
    if (hasError(problems)) return { exitCode: 2, diagnostics: problems, results: [], compiled: new Map() };
    const dryRun = call.backfill?.dryRun === true;
    if (plan.steps.length === 0 && !dryRun) problems.push(nothingToDo(problems, call));
    const builds = plan.action === 'run';
    const looking = { selected: selection.ids, builds, relations, warehouse };
    const deferred = bounds.deferred ?? (await deferredRelations(loaded, call, looking));
    const compiling = { graph, environment, shelves, relations, deferred, selected: selection.ids };
    const analysis = analysisOf(loaded, {
      compiler: createQuietCompiler(compiling),
      warehouse: call.introspect ? warehouse : undefined,
      built: builds ? new Set(plan.steps.map(({ nodeId }) => nodeId)) : undefined,
      known,
      onAnalysis: record.keepColumns,
    });
    if (dryRun) {
      for (const id of new Set(plan.steps.map(({ nodeId }) => nodeId))) problems.push(...(await analysis.mapping(id)));
      known.save();
      const backfill = backfillPlan(undefined, plan, loaded);
      return { exitCode: 0, diagnostics: problems, results: [], compiled: new Map(), backfill };
    }
    const translator = await translatorOf(loaded, analysis);
    if (translator && builds) await installPrelude(translator, warehouse);
    unitTesting = await openUnitTesting(plan, loaded, { analysis, translator, warehouse });
    const running = {
      ...compiling,
      translate: translator?.translate,
      translateHook: translator?.translateHook,
      columnsOf: analysis.columnsOf,
      unitTests: unitTesting,
    };
    const now = (): number => host.now().getTime();
    shared.begin(plan);
    const { results, outcome } = await execute(plan, {
      graph,
      environment,
      shelves,
      warehouse,
      relations,
      compiler: record.compiler(running),
      compilerReading: (instead) =>
        record.compiler({ ...running, deferred: new Map([...(deferred ?? []), ...instead]) }),
      unitTests: unitTesting && withSequences(unitTesting, { ...running, emit: record.emit, now }),
      check: analysis.check,
      emit: record.emit,
      now,
      signal: shared.signal,
      until: bounds.until,
      leases: shared.leases,
      writeCompiled: bounds.writesSql === false ? async () => '' : record.writeCompiled,
      compiledSql: (id) => record.compiled.get(id)?.sql,
      origins,
      retried: call.retryOf && retriedRun(call.retryOf),
    });
    shared.ended(outcome);
    // The warehouse may write for seconds before it is closed: the artifacts are written meanwhile, once it has begun.
    const closed = warehouse.close();
    await setImmediate();
    record.writeArtifacts();
    known.save();
    await closed;
    const exitCode = exitCodeOf(outcome, plan);
    return {
      exitCode,
      diagnostics: [...problems, ...record.diagnostics],
      results,
      compiled: record.compiled,
      inlineId,
    };
  } finally {
    await unitTesting?.close();
    await warehouse.close();
    shared.close();
    await record.finish();
  }
}

const actions: Readonly<Record<string, Plan['action']>> = {
  clone: 'clone',
  compile: 'compile',
  freshness: 'freshness',
};

/** @param deferred what is read elsewhere and is not built, by unique id. Default: nothing is. */
export function planOf(
  { graph, shelves, environment }: Loaded,
  call: Call,
  selected: readonly string[],
  deferred?: ReadonlyMap<string, Relation>,
): Plan {
  const read = deferred ? readElsewhere(graph, new Set(deferred.keys())) : graph;
  return createPlan(read, {
    command: call.command,
    action: actions[call.command] ?? 'run',
    withEphemeral: call.select.length > 0 && call.args.which !== 'generate',
    selected,
    testsBlock: call.command === 'build' || call.command === 'backfill',
    canStage: (node) => canStage(node, { graph, shelves }),
    isLoaded: loads(call.command) && shelves.adapter.capabilities.loadsFiles ? isStaged : undefined,
    warnError: environment.flags.warnError,
    withProjectHooks:
      call.command !== 'freshness' || graph.project.settings.flags.source_freshness_run_project_hooks !== false,
  });
}

/** Commands that bring the files of a source into its table before they build what reads it. */
const loads = (command: string): boolean => ['build', 'run', 'snapshot', 'backfill'].includes(command);

const isStaged = (source: SourceNode): boolean => stageOf(source) !== undefined;

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

/** Compiling mostly needs no warehouse, and what has nothing to do needs none at all. */
async function openWarehouse(loaded: Loaded, plan: Plan): Promise<Warehouse> {
  const { shelves, environment } = loaded;
  const { output, threads } = environment.target;
  const connect = (): Promise<Warehouse> => shelves.adapter.connect(output, { threads });
  const mayNeedNone = plan.action === 'compile' || plan.steps.length === 0 || runsElsewhere(plan, loaded);
  return mayNeedNone ? lazyWarehouse(connect) : connect();
}

function nothingToDo(problems: readonly Diagnostic[], { backfill }: Call): Diagnostic {
  if (backfill?.id !== undefined) return warning('run/nothing-to-do', `Nothing is left of the backfill ${backfill.id}`);
  const hint = backfill
    ? 'What is selected has none of these partitions, or all of them are filled'
    : 'Try checking your model configs and model specification args';
  return warning('run/nothing-to-do', 'Nothing to do', { hint: problems.length > 0 ? undefined : hint });
}
