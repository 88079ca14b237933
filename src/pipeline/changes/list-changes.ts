import type { BaseRequest } from '../../cli/base/base.ts';
import { withBase } from '../../cli/base/with-base.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { ListedChanges } from '../../cli/engine/changes.ts';
import type { Host } from '../../cli/engine/host.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import { changesOf } from './changes.ts';

/** What is different between a loaded project and an earlier state of it. */
export async function listChanges(
  request: BaseRequest,
  loaded: Loaded,
  call: Call,
  host: Host,
): Promise<ListedChanges> {
  const { base, changes, diagnostics } = await withBase(request, loaded, host, (opened) =>
    changesOf(loaded, opened, call, host),
  );
  const all = [...loaded.diagnostics, ...diagnostics];
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  return { exitCode: failed ? 1 : 0, diagnostics: all, answer: { base, changes } };
}
