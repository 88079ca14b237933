import { join } from 'node:path';
import { createCompiler } from '../3-compile/index.ts';
import { createPlan, type Plan } from '../4-plan/index.ts';
import { execute, type Outcome, type RetriedRun } from '../5-execute/index.ts';
import type { Call, Host, Loaded, RetryOf, RunOutcome } from '../cli/engine.ts';
import { type Diagnostic, RelationCache, type Warehouse, warning } from '../core/index.ts';
import { analysisOf } from './analysis.ts';
import { RunRecord, recordManifest, targetFolder } from './artifacts.ts';
import { deferredRelations } from './defer.ts';
import { inlineIdOf, withInline } from './inline.ts';
import { ColumnsFile } from './known-columns.ts';
import { keptProject, parseAgain } from './last-parse.ts';
import { lazyWarehouse } from './lazy-warehouse.ts';
import { loadPrepared, prepareLoad } from './load.ts';
import { selectNodes } from './select.ts';
import { installPrelude, translatorOf } from './translation.ts';

/** Graph → plan → events → history, for the commands that run or compile nodes. */
export async function runLoaded(project: Loaded, call: Call, host: Host): Promise<RunOutcome> {
  const { inline } = call;
  const loaded = inline === undefined ? project : { ...project, graph: withInline(project.graph, inline) };
  const inlineId = inline === undefined ? undefined : inlineIdOf(loaded.graph);
  const selection = inlineId ? { ids: [inlineId], diagnostics: [] } : await selectNodes(loaded, call);
  const problems = [...loaded.diagnostics, ...selection.diagnostics];
  if (hasError(problems)) return { exitCode: 2, diagnostics: problems, results: [], compiled: new Map() };

  const plan = planOf(loaded, call, selection.ids);
  if (plan.steps.length === 0) problems.push(nothingToDo(problems));
  const record = new RunRecord(loaded, call, host);
  const warehouse = await openWarehouse(loaded, plan);
  const { graph, environment, shelves } = loaded;
  const relations = new RelationCache();
  const known = columnsFileOf(loaded);
  try {
    const deferred = await deferredRelations(loaded, call, { selected: selection.ids, relations, warehouse });
    const compiling = { graph, environment, shelves, relations, deferred, selected: selection.ids };
    const analysis = analysisOf(loaded, {
      compiler: createCompiler({ ...compiling, emit: () => undefined, now: () => host.now().getTime() }),
      warehouse: call.introspect ? warehouse : undefined,
      built: plan.action === 'run' ? new Set(plan.steps.map(({ nodeId }) => nodeId)) : undefined,
      known,
    });
    const translator = await translatorOf(loaded, analysis);
    if (translator && plan.action === 'run') await installPrelude(translator, warehouse);
    const { results, outcome } = await execute(plan, {
      graph,
      environment,
      shelves,
      warehouse,
      relations,
      compiler: record.compiler({ ...compiling, translate: translator?.translate }),
      check: analysis.check,
      emit: record.emit,
      now: () => host.now().getTime(),
      signal: host.signal,
      writeCompiled: record.writeCompiled,
      retried: call.retryOf && retriedRun(call.retryOf),
    });
    record.writeArtifacts();
    known.save();
    const exitCode = exitCodeOf(outcome, plan);
    return {
      exitCode,
      diagnostics: [...problems, ...record.diagnostics],
      results,
      compiled: record.compiled,
      inlineId,
    };
  } finally {
    await warehouse.close();
    await record.finish();
  }
}

function columnsFileOf(loaded: Loaded): ColumnsFile {
  const { environment, shelves } = loaded;
  const version = JSON.stringify([environment.version, shelves.adapter.type, shelves.adapter.dialect]);
  return new ColumnsFile(join(targetFolder(loaded), 'ingot-columns.txt'), version);
}

/** `parse`: nothing but the manifest, and little work for that where nothing has changed. */
export async function parseOnly(call: Call, host: Host): Promise<RunOutcome> {
  const preparation = await prepareLoad(call, host);
  const kept = call.partialParse ? keptProject(preparation) : undefined;
  const unchanged = call.writeJson ? parseAgain(preparation, call, kept) : undefined;
  if (unchanged) {
    await host.onUnchanged?.(unchanged);
    return { exitCode: 0, diagnostics: unchanged.diagnostics, results: [], compiled: new Map() };
  }
  const loaded = loadPrepared(preparation, call, kept);
  host.onProject?.(loaded);
  const failed = hasError(loaded.diagnostics);
  if (!failed && call.writeJson) recordManifest(loaded);
  return { exitCode: failed ? 2 : 0, diagnostics: loaded.diagnostics, results: [], compiled: new Map() };
}

export function hasError(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}

function planOf({ graph }: Loaded, call: Call, selected: readonly string[]): Plan {
  return createPlan(graph, {
    command: call.command,
    action: call.command === 'compile' ? 'compile' : 'run',
    withEphemeral: call.select.length > 0,
    selected,
    testsBlock: call.command === 'build',
    withProjectHooks: true,
  });
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

/** Compiling mostly needs no warehouse, and what has nothing to do needs none at all. */
async function openWarehouse({ shelves, environment }: Loaded, plan: Plan): Promise<Warehouse> {
  const { output, threads } = environment.target;
  const connect = (): Promise<Warehouse> => shelves.adapter.connect(output, { threads });
  return plan.action === 'compile' || plan.steps.length === 0 ? lazyWarehouse(connect) : connect();
}

function nothingToDo(problems: readonly Diagnostic[]): Diagnostic {
  const hint = problems.length > 0 ? undefined : 'Try checking your model configs and model specification args';
  return warning('run/nothing-to-do', 'Nothing to do', { hint });
}
