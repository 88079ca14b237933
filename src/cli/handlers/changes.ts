import { usageProblem } from '../command-line/usage.ts';
import { textOf } from '../command-line/values.ts';
import type { ExitCode } from '../engine/outcome.ts';
import type { Session } from '../session.ts';
import { changesText } from '../texts/changes-text.ts';

/** `changes`: says what is other than in an earlier state of the project. */
export async function changesAndPrint(session: Session): Promise<ExitCode> {
  const { values } = session.invocation;
  const request = { ref: textOf(values, 'base'), state: textOf(values, 'state') };
  if ((request.ref === undefined) === (request.state === undefined)) {
    throw usageProblem('no-base', 'changes needs one state to compare with', 'ingot changes --base origin/main');
  }
  const engine = await session.engine();
  const { exitCode, diagnostics, answer } = await engine.changes(request, session.call(), session.host);
  session.reporter.diagnose(diagnostics);
  if (!answer) return exitCode;
  const { base, changes } = answer;
  session.reporter.print(
    values.output === 'json' ? JSON.stringify({ base, ...changes }, null, 2) : changesText(answer),
  );
  return exitCode;
}
