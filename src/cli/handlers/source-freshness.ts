import { resolve } from 'node:path';
import { usageProblem } from '../command-line/usage.ts';
import { textOf } from '../command-line/values.ts';
import type { ExitCode } from '../engine/outcome.ts';
import type { Session } from '../session.ts';
import { runAndReport } from './run.ts';

/** `source freshness`, which dbt once called `source snapshot-freshness`. */
export async function checkFreshness(session: Session): Promise<ExitCode> {
  const { positional, values } = session.invocation;
  const { what } = positional;
  if (what !== 'freshness' && what !== 'snapshot-freshness') {
    const message = what === null ? "'source' needs a second word" : `There is no command 'source ${String(what)}'`;
    throw usageProblem('unknown-command', message, 'ingot source freshness');
  }
  const output = textOf(values, 'output');
  const { args } = session.call();
  const { exitCode } = await runAndReport(session, {
    command: 'freshness',
    args: { ...args, which: 'freshness' },
    output: output === undefined ? undefined : resolve(session.projectDir ?? session.host.cwd, output),
  });
  return exitCode;
}
