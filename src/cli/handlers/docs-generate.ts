import { join } from 'node:path';
import { usageProblem } from '../command-line/usage.ts';
import type { ExitCode } from '../engine/outcome.ts';
import { writeDocsPage } from '../scaffold/docs-page.ts';
import type { Session } from '../session.ts';

/** `docs generate`. */
export async function generateDocs(session: Session): Promise<ExitCode> {
  const { what } = session.invocation.positional;
  if (what !== 'generate') {
    const message = what === null ? "'docs' needs a second word" : `There is no command 'docs ${String(what)}'`;
    throw usageProblem('unknown-command', message, 'ingot docs generate, or ingot docs serve');
  }
  const engine = await session.engine();
  const { args } = session.call();
  const call = session.call({ command: 'compile', args: { ...args, which: 'generate' } });
  const outcome = await engine.generateDocs(call, session.host);
  session.reporter.diagnose(outcome.diagnostics);
  if (outcome.exitCode === 0) {
    const { targetPath } = await engine.openProject(call, session.host);
    writeDocsPage(targetPath, { static: session.invocation.values.static === true });
    session.reporter.say('info', `Catalog written to ${join(targetPath, 'catalog.json')}`);
  }
  return outcome.exitCode;
}
