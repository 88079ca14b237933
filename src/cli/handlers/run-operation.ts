import { usageProblem } from '../command-line/usage.ts';
import type { ExitCode } from '../engine/outcome.ts';
import type { Session } from '../session.ts';
import { runAndReport } from './run.ts';

/** `run-operation`: runs one macro. */
export async function runMacro(session: Session): Promise<ExitCode> {
  const { macro } = session.invocation.positional;
  if (typeof macro !== 'string') {
    throw usageProblem('argument', 'run-operation needs the name of a macro', 'ingot run-operation NAME --args YAML');
  }
  const { args, operation } = session.call();
  const change = { operation: { macro, args: operation?.args ?? {} }, args: { ...args, macro } };
  return (await runAndReport(session, change)).exitCode;
}
