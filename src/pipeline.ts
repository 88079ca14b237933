// The whole road on one screen: parse → graph → compile → plan → execute → record. The module is an `Engine`.
// Each command loads what only it needs: most of what a small command takes is reading code.

import type { BaseRequest } from './cli/base/base.ts';
import type { OpenAnalysis } from './cli/engine/analysis.ts';
import type { BackfillOutcome, BackfillRequest } from './cli/engine/backfill.ts';
import type { Call } from './cli/engine/call.ts';
import type { ListedChanges } from './cli/engine/changes.ts';
import type { ConnectionReport } from './cli/engine/debug.ts';
import type { DiffCall, DiffOutcome } from './cli/engine/diff.ts';
import type { Host } from './cli/engine/host.ts';
import type { LintCall, LintOutcome } from './cli/engine/lint.ts';
import type { Loaded } from './cli/engine/loaded.ts';
import type { KeysOutcome, KeysRequest, PartitionsOutcome, PlanOutcome, WhyOutcome } from './cli/engine/partitions.ts';
import type { QuarantineOutcome, QuarantineRequest } from './cli/engine/quarantine.ts';
import type { CleanOutcome, CleanRequest, ReviewOutcome, ReviewRequest } from './cli/engine/review.ts';
import type { RunOutcome } from './cli/engine/run.ts';
import type { SampleOutcome, SampleRequest } from './cli/engine/sample.ts';
import type { ShowOutcome } from './cli/engine/show.ts';
import { loadProject } from './pipeline/loading/load.ts';
import { withStoredKeys } from './pipeline/partitions/partition-keys.ts';
import { unusable } from './pipeline/unusable.ts';

export { loadProject, openProject } from './pipeline/loading/load.ts';
export { selectNodes } from './pipeline/select.ts';

/** A project's SQL, looked through as far as somebody asks. */
export async function openAnalysis(loaded: Loaded, call: Call, host: Host): Promise<OpenAnalysis> {
  return (await import('./pipeline/analysis.ts')).openAnalysis(loaded, call, host);
}

/** What `ingot debug` reports: project file, profile, and whether the warehouse answers. */
export async function checkConnection(call: Call, host: Host): Promise<ConnectionReport> {
  return (await import('./pipeline/connection.ts')).checkConnection(call, host);
}

/** Lists the keys of dynamic partitions, adds some, or takes some away. */
export async function partitionKeys(request: KeysRequest, call: Call, host: Host): Promise<KeysOutcome> {
  const loaded = await loadProject(call, host);
  const problem = unusable(loaded);
  if (problem) return { ...problem, lists: [], changed: [] };
  return (await import('./pipeline/partitions/key-lists.ts')).handleKeys(loaded, request, call, host);
}

/** A project, and what the state store says of the partitions that it has. */
async function load(call: Call, host: Host): Promise<Loaded> {
  const loaded = await withStoredKeys(await loadProject(call, host), call);
  host.onProject?.(loaded);
  return loaded;
}

/** Builds, tests or compiles what the call selects. */
export async function runCommand(given: Call, host: Host): Promise<RunOutcome> {
  const call =
    given.planFile === undefined
      ? given
      : (await import('./pipeline/plan/plan-file.ts')).withPlan(given, given.planFile);
  if (call.command === 'parse') return (await import('./pipeline/loading/parse-only.ts')).parseOnly(call, host);
  const loaded = await load(call, host);
  if (call.command === 'run-operation') return (await import('./pipeline/operation.ts')).operate(loaded, call, host);
  return (await import('./pipeline/run.ts')).runLoaded(loaded, call, host);
}

/** Compiles, if asked to, and writes what the warehouse says of the project's tables. */
export async function generateDocs(call: Call, host: Host): Promise<RunOutcome> {
  const loaded = await load(call, host);
  return (await import('./pipeline/docs.ts')).writeDocs(loaded, call, host);
}

/** Lists, shows, publishes or throws away what failed its tests. */
export async function quarantine(request: QuarantineRequest, call: Call, host: Host): Promise<QuarantineOutcome> {
  const loaded = await load(call, host);
  return (await import('./pipeline/quarantine/quarantine.ts')).handleQuarantine(loaded, request, call, host);
}

/** Lists, shows or cancels backfills. */
export async function backfills(request: BackfillRequest, call: Call, host: Host): Promise<BackfillOutcome> {
  const loaded = await withStoredKeys(await loadProject(call, host), call);
  return (await import('./pipeline/backfills.ts')).handleBackfills(loaded, request, call);
}

/** Says what `build` would do. */
export async function plan(call: Call, host: Host): Promise<PlanOutcome> {
  const loaded = await load(call, host);
  return (await import('./pipeline/plan/plan.ts')).planLoaded(loaded, call, host);
}

/** Says what there is of the partitions of assets. */
export async function partitions(names: readonly string[], call: Call, host: Host): Promise<PartitionsOutcome> {
  const loaded = await load(call, host);
  return (
    unusable(loaded) ??
    (await import('./pipeline/partitions/inspection.ts')).inspectPartitions(names, loaded, call, host)
  );
}

/** Says why an asset, or a partition of it, would be built or not. */
export async function why(asked: string, call: Call, host: Host): Promise<WhyOutcome> {
  const loaded = await load(call, host);
  return (
    unusable(loaded) ?? (await import('./pipeline/partitions/explain-asset.ts')).explainAsset(asked, loaded, call, host)
  );
}

/** Compares the rows of an asset with others: of another environment, or those that its SQL gives now. */
export async function diff(asked: string, request: DiffCall, call: Call, host: Host): Promise<DiffOutcome> {
  const loaded = await load(call, host);
  return unusable(loaded) ?? (await import('./pipeline/diff.ts')).diffLoaded(asked, request, loaded, call, host);
}

/** Records some rows of production's tables, masked, as files of the project. */
export async function pullSample(request: SampleRequest, call: Call, host: Host): Promise<SampleOutcome> {
  const loaded = await load(call, host);
  const problem = unusable(loaded);
  if (problem) return { ...problem, recorded: undefined };
  const { pullFromLoaded } = await import('./pipeline/sample/pull-sample.ts');
  return pullFromLoaded(request, loaded, call, host);
}

/** Looks through the SQL of what the call selects for habits that lead to faults. */
export async function lint(request: LintCall, call: Call, host: Host): Promise<LintOutcome> {
  const loaded = await load(call, host);
  return (await import('./pipeline/lint.ts')).lintLoaded(loaded, request, call);
}

/** Gives the first rows of what the call selects. */
export async function showQuery(call: Call, host: Host): Promise<ShowOutcome> {
  const loaded = await load(call, host);
  return (await import('./pipeline/show.ts')).showLoaded(loaded, call, host);
}

/** Says what is other than in an earlier state of the project. */
export async function changes(request: BaseRequest, call: Call, host: Host): Promise<ListedChanges> {
  const loaded = await load(call, host);
  const problem = unusable(loaded);
  if (problem) return { ...problem, answer: undefined };
  const { listChanges } = await import('./pipeline/changes/list-changes.ts');
  return listChanges(request, loaded, call, host);
}

/** Reviews a change: what it does to the project and, built beside production, to data. */
export async function review(request: ReviewRequest, call: Call, host: Host): Promise<ReviewOutcome> {
  if (!request.offline) return (await import('./pipeline/ci/review.ts')).reviewChange(request, call, host);
  const { reviewOffline } = await import('./pipeline/ci/review-offline.ts');
  return reviewOffline(request, call, host);
}

/** Drops schemas that reviews made and nobody needs any more. */
export async function cleanSchemas(request: CleanRequest, call: Call, host: Host): Promise<CleanOutcome> {
  const loaded = await load(call, host);
  return (await import('./pipeline/ci/clean.ts')).cleanSchemas(loaded, request);
}
