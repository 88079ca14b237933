import type { Call } from '../engine/call.ts';
import type { ExitCode } from '../engine/outcome.ts';
import type { RunOutcome } from '../engine/run.ts';
import type { Session } from '../session.ts';

/** Runs the session's command through the pipeline and tells the problems that no event has told. */
export async function runAndReport(session: Session, change?: Partial<Call>): Promise<RunOutcome> {
  const engine = await session.engine();
  const outcome = await engine.runCommand(session.call(change), session.host);
  session.reporter.diagnose(outcome.diagnostics);
  return outcome;
}

/** The whole of most commands: run, report, exit code. */
export async function runForExitCode(session: Session): Promise<ExitCode> {
  return (await runAndReport(session)).exitCode;
}
