import { join } from 'node:path';
import type { Diagnostic, Json } from '../../core/index.ts';
import type { ConnectionReport } from '../engine/debug.ts';
import type { ExitCode } from '../engine/outcome.ts';
import { pluralize } from '../reporters/describe.ts';
import type { Session } from '../session.ts';
import { ownVersion } from '../version.ts';

/** Says what Ingot works with and whether it works: versions, files, target, connection. */
export async function checkSetup(session: Session): Promise<ExitCode> {
  const { reporter, invocation, host } = session;
  const say = (text: string): void => reporter.say('info', text);
  if (invocation.values.config_dir === true) {
    reporter.print(session.call().profilesDir ?? join(host.homeDir, '.dbt'));
    return 0;
  }
  say(`ingot version: ${ownVersion()}`);
  say(`node version: ${process.version.slice(1)}`);
  say(`system: ${process.platform} ${process.arch}`);
  const report = await (await session.engine()).checkConnection(session.call(), host);
  const failed = invocation.values.connection === true ? [] : sayFiles(report, session, say);
  return sayConnection(report, failed, session, say);
}

function sayFiles(report: ConnectionReport, session: Session, say: (text: string) => void): Diagnostic[] {
  say(`project: ${session.projectDir ?? 'not found'} [${verdict(report.project)}]`);
  say(`profile: ${report.profilesFile ?? 'no profiles.yml'} [${verdict(report.profile)}]`);
  if (report.target) {
    const { profileName, name, type, threads } = report.target;
    say(`target: ${name} of ${profileName} (${type}, ${pluralize(threads, 'thread')})`);
  }
  return [...report.project, ...report.profile];
}

function sayConnection(
  report: ConnectionReport,
  earlier: readonly Diagnostic[],
  { reporter }: Session,
  say: (text: string) => void,
): ExitCode {
  if (report.connection) {
    say('connection:');
    for (const [name, value] of Object.entries(report.visible)) say(`  ${name}: ${shown(value)}`);
    say(`connection test: [${report.connection.some(isError) ? 'ERROR' : 'OK connection ok'}]`);
  } else {
    say('connection test: [SKIPPED: no target]');
  }
  const problems = [...earlier, ...(report.connection ?? [])];
  reporter.diagnose(problems);
  // Without a target, what is wrong with it was told; that nobody could connect is no failure of its own.
  const failed = problems.filter(isError).length || (report.connection ? 0 : 1);
  if (failed === 0) say('All checks passed!');
  else reporter.say('error', `${pluralize(failed, 'check')} failed`);
  return failed === 0 ? 0 : 1;
}

const isError = (diagnostic: Diagnostic): boolean => diagnostic.severity === 'error';
const verdict = (diagnostics: readonly Diagnostic[]): string =>
  diagnostics.some(isError) ? 'ERROR invalid' : 'OK found and valid';
const shown = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
