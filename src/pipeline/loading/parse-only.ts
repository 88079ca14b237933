import type { Call } from '../../cli/engine/call.ts';
import type { Host } from '../../cli/engine/host.ts';
import type { RunOutcome } from '../../cli/engine/run.ts';
import { recordManifest } from '../artifacts.ts';
import { hasError } from '../unusable.ts';
import { keptProject, parseAgain } from './last-parse.ts';
import { loadPrepared, prepareLoad } from './load.ts';

/** `parse`: nothing but the manifest, and little work for that where nothing has changed. */
export async function parseOnly(call: Call, host: Host): Promise<RunOutcome> {
  const preparation = await prepareLoad(call, host);
  const kept = call.partialParse ? keptProject(preparation) : undefined;
  const unchanged = call.writeJson ? parseAgain(preparation, call, kept) : undefined;
  if (unchanged) {
    await host.onUnchanged?.(unchanged);
    return { exitCode: 0, diagnostics: unchanged.diagnostics, results: [], compiled: new Map() };
  }
  const loaded = loadPrepared(preparation, call, kept);
  host.onProject?.(loaded);
  const failed = hasError(loaded.diagnostics);
  if (!failed && call.writeJson) recordManifest(loaded);
  return { exitCode: failed ? 2 : 0, diagnostics: loaded.diagnostics, results: [], compiled: new Map() };
}
