import type { ExitCode } from '../engine/outcome.ts';
import type { Session } from '../session.ts';
import { tableText } from '../texts/print-table.ts';
import { runAndReport } from './run.ts';

const sampleRows = 10;

/** Loads seeds; with `--show`, prints some rows of each that was loaded. */
export async function seedAndShow(session: Session): Promise<ExitCode> {
  const { exitCode, results } = await runAndReport(session);
  if (session.invocation.values.show !== true) return exitCode;
  const engine = await session.engine();
  for (const { nodeId, status, relationName } of results) {
    if (status !== 'success' || !relationName || !nodeId.startsWith('seed.')) continue;
    const call = session.call({ command: 'show', inlineDirect: `select * from ${relationName}`, limit: sampleRows });
    const { previews } = await engine.showQuery(call, session.host);
    for (const { table } of previews) session.reporter.print(`Sample of ${relationName}:\n${tableText(table)}`);
  }
  return exitCode;
}
