import { join } from 'node:path';
import { type ReadRunResults, readRunResults } from '../../6-record/index.ts';
import { error, hasFailed, type JsonObject, Problem } from '../../core/index.ts';
import type { Invocation } from '../command-line/invocation.ts';
import { makeCall } from '../command-line/make-call.ts';
import type { Call } from '../engine/call.ts';
import type { ExitCode } from '../engine/outcome.ts';
import type { Session } from '../session.ts';

/** Of the earlier run, these count no more: where things are is a matter of this call. */
const ofThisCall = new Set([
  'log_path',
  'profiles_dir',
  'project_dir',
  'defer_state',
  'target_path',
  'state_file',
  'warn_error',
]);
/** These win when they are given now. */
const mayBeChanged = new Set(['vars', 'threads', 'full_refresh']);
const commands = new Set(['backfill', 'build', 'clone', 'compile', 'run', 'run-operation', 'seed', 'snapshot', 'test']);

/** Runs the earlier command once more with its own flags, for the nodes that did not end well. */
export async function retryRun(session: Session): Promise<ExitCode> {
  const engine = await session.engine();
  const call = session.call();
  const { targetPath, diagnostics } = await engine.openProject(call, session.host);
  session.reporter.diagnose(diagnostics);
  if (diagnostics.some((diagnostic) => diagnostic.severity === 'error')) return 2;
  const previous = earlierRun(call.state ?? targetPath);
  if (previous.command === 'backfill') return resume(session, previous);
  const outcome = await engine.runCommand(retryCall(previous, session), session.host);
  session.reporter.diagnose(outcome.diagnostics);
  return outcome.exitCode;
}

/** What a backfill has left undone it knows itself, better than the results of its last run do. */
async function resume(session: Session, { invocationId }: ReadRunResults): Promise<ExitCode> {
  const { resumeAfter } = await import('./backfill.ts');
  const exitCode = await resumeAfter(session, invocationId);
  if (exitCode !== undefined) return exitCode;
  throw new Problem(
    error('cli/nothing-to-retry', 'Nothing is known of the backfill that ran last', {
      hint: 'ingot backfill ls says which there are; go on with one: ingot backfill resume ID',
    }),
  );
}

function earlierRun(folder: string): ReadRunResults {
  const file = join(folder, 'run_results.json');
  const previous = readRunResults(file);
  if (!previous) {
    throw new Problem(
      error('cli/nothing-to-retry', `There is no earlier run: ${file} does not exist`, {
        hint: 'retry goes on from the results of the last build, run, seed, test or compile',
      }),
    );
  }
  if (commands.has(previous.command)) return previous;
  throw new Problem(error('cli/nothing-to-retry', `The earlier command '${previous.command}' cannot be retried`));
}

function retryCall(previous: ReadRunResults, session: Session): Call {
  const values = retryValues(previous.args, session.invocation);
  const invocation: Invocation = { ...session.invocation, name: previous.command, values };
  const alsoWarnings = session.invocation.values.warn_error === true;
  const failed = previous.results.filter(
    (result) =>
      !result.nodeId.startsWith('operation.') &&
      (hasFailed(result) || result.status === 'skipped' || (alsoWarnings && result.status === 'warn')),
  );
  const passed = previous.results.flatMap(({ nodeId, status }) =>
    status === 'pass' || status === 'warn' ? [nodeId] : [],
  );
  const batches = previous.results.flatMap(({ nodeId, batchResults }) =>
    batchResults && batchResults.successful.length > 0 && batchResults.failed.length > 0
      ? [[nodeId, batchResults] as const]
      : [],
  );
  return {
    ...makeCall(invocation, session.projectDir, session.host),
    only: failed.map(({ nodeId }) => nodeId),
    retryOf: { startedAt: previous.invocationStartedAt, passed, batches: new Map(batches) },
  };
}

/** The flags of the earlier command under those of this one. */
export function retryValues(earlier: JsonObject, { values, given }: Invocation): JsonObject {
  const merged = { ...values, ...earlier };
  for (const [name, value] of Object.entries(values)) {
    if (ofThisCall.has(name) || (given.has(name) && (mayBeChanged.has(name) || !(name in earlier))))
      merged[name] = value;
  }
  return merged;
}
