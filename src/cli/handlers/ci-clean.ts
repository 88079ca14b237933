import { usageProblem } from '../command-line/usage.ts';
import { textOf } from '../command-line/values.ts';
import type { ExitCode } from '../engine/outcome.ts';
import type { Session } from '../session.ts';
import { codeHostOf } from './ci.ts';

/** `ci clean`: drops schemas of pull requests that nobody needs any more. */
export async function cleanSchemas(session: Session): Promise<ExitCode> {
  const { invocation, host, reporter } = session;
  const { values, positional } = invocation;
  if (positional.what !== 'clean') {
    throw usageProblem('ci-what', `'ci ${String(positional.what)}' is no command`, 'ingot ci, or ingot ci clean');
  }
  const pullRequest = textOf(values, 'pull_request');
  const age = textOf(values, 'older_than');
  const closed = values.closed === true ? closedFinder(session) : undefined;
  if (pullRequest === undefined && age === undefined && closed === undefined) {
    throw usageProblem(
      'ci-clean',
      'ci clean has to know what to drop',
      '--closed, --older-than 7d or --pull-request 12',
    );
  }
  const before = age === undefined ? undefined : host.now().getTime() - milliseconds(age);
  const engine = await session.engine();
  const outcome = await engine.cleanSchemas({ pullRequest, before, closed }, session.call(), host);
  reporter.diagnose(outcome.diagnostics);
  for (const schema of outcome.dropped) reporter.print(`dropped ${schema}`);
  for (const schema of outcome.kept) reporter.print(`kept ${schema}`);
  if (outcome.dropped.length + outcome.kept.length === 0) reporter.print('There are no schemas of reviews');
  return outcome.exitCode;
}

function closedFinder(session: Session): (pullRequests: readonly string[]) => Promise<readonly string[]> {
  const codeHost = codeHostOf(session);
  if (!codeHost) {
    throw usageProblem(
      'ci-closed',
      '--closed asks the host of the code, and the environment does not say which that is',
      'Set GITHUB_REPOSITORY and GITHUB_TOKEN, or use --older-than',
    );
  }
  return async (pullRequests) => {
    const { closed, diagnostics } = await codeHost.closed(pullRequests.filter((name) => /^\d+$/.test(name)));
    session.reporter.diagnose(diagnostics);
    return closed;
  };
}

const units = { h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

function milliseconds(age: string): number {
  const [, amount = '', unit = ''] = /^(\d+)([hdw])$/.exec(age.trim()) ?? [];
  if (unit === 'h' || unit === 'd' || unit === 'w') return Number(amount) * units[unit];
  throw usageProblem('flag-value', `--older-than cannot be '${age}'`, 'For example: 12h, 7d, 2w');
}
