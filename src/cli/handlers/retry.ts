import { error, type JsonObject, Problem } from '../../core/index.ts';
import { stateFileBelow } from '../../pipeline/locations.ts';
import type { Invocation } from '../command-line/invocation.ts';
import { makeCall } from '../command-line/make-call.ts';
import type { Call } from '../engine/call.ts';
import type { ExitCode } from '../engine/outcome.ts';
import type { Session } from '../session.ts';
import { type EarlierRun, earlierRun } from './earlier-run.ts';

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

/** Runs the earlier command once more with its own flags, for the nodes that did not end well. */
export async function retryRun(session: Session): Promise<ExitCode> {
  const engine = await session.engine();
  const call = session.call();
  const { root, targetPath, diagnostics } = await engine.openProject(call, session.host);
  session.reporter.diagnose(diagnostics);
  if (diagnostics.some((diagnostic) => diagnostic.severity === 'error')) return 2;
  const earlier = await earlierRun(session, {
    folder: call.state ?? targetPath,
    stateFile: call.state === undefined ? stateFileBelow(root, call) : undefined,
  });
  if (earlier.command === 'backfill') return resume(session, earlier);
  const outcome = await engine.runCommand(retryCall(earlier, session), session.host);
  session.reporter.diagnose(outcome.diagnostics);
  return outcome.exitCode;
}

/** What a backfill has left undone it knows itself, better than the results of its last run do. */
async function resume(session: Session, { invocationId }: EarlierRun): Promise<ExitCode> {
  const { resumeAfter } = await import('./backfill.ts');
  const exitCode = await resumeAfter(session, invocationId);
  if (exitCode !== undefined) return exitCode;
  throw new Problem(
    error('cli/nothing-to-retry', 'Nothing is known of the backfill that ran last', {
      hint: 'ingot backfill ls says which there are; go on with one: ingot backfill resume ID',
    }),
  );
}

function retryCall({ command, args, left }: EarlierRun, session: Session): Call {
  const invocation: Invocation = {
    ...session.invocation,
    name: command,
    values: retryValues(args, session.invocation),
  };
  return { ...makeCall(invocation, session.projectDir, session.host), ...left };
}

/** The flags of the earlier command under those of this one. */
function retryValues(earlier: JsonObject, { values, given }: Invocation): JsonObject {
  const merged = { ...values, ...earlier };
  for (const [name, value] of Object.entries(values)) {
    if (ofThisCall.has(name) || (given.has(name) && (mayBeChanged.has(name) || !(name in earlier))))
      merged[name] = value;
  }
  return merged;
}
