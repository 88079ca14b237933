// The whole road on one screen: parse → graph → compile → plan → execute → record. The module is an `Engine`.

import type { Call, Host, RunOutcome, ShowOutcome } from './cli/engine.ts';
import { writeDocs } from './pipeline/docs.ts';
import { loadProject } from './pipeline/load.ts';
import { parseOnly, runLoaded } from './pipeline/run.ts';
import { showLoaded } from './pipeline/show.ts';

export { openAnalysis } from './pipeline/analysis.ts';
export { checkConnection } from './pipeline/connection.ts';
export { loadProject, openProject } from './pipeline/load.ts';
export { selectNodes } from './pipeline/select.ts';

/** Builds, tests or compiles what the call selects. */
export async function runCommand(call: Call, host: Host): Promise<RunOutcome> {
  if (call.command === 'parse') return parseOnly(call, host);
  const loaded = await loadProject(call, host);
  host.onProject?.(loaded);
  return runLoaded(loaded, call, host);
}

/** Compiles, if asked to, and writes what the warehouse says of the project's tables. */
export async function generateDocs(call: Call, host: Host): Promise<RunOutcome> {
  const loaded = await loadProject(call, host);
  host.onProject?.(loaded);
  return writeDocs(loaded, call, host);
}

/** Gives the first rows of what the call selects. */
export async function showQuery(call: Call, host: Host): Promise<ShowOutcome> {
  const loaded = await loadProject(call, host);
  host.onProject?.(loaded);
  return showLoaded(loaded, call, host);
}
