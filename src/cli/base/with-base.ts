import type { Host } from '../engine/host.ts';
import type { Loaded } from '../engine/loaded.ts';
import type { BaseRequest, OpenBase } from './base.ts';

/**
 * Opens the state that a loaded project is compared with, and closes it when `use` has ended, in whatever way: what git
 * gave out stands in a temporary folder, neither the work tree nor the index is touched. What killed processes left is
 * removed by the next one.
 *
 * @throws Problem `cli/base`: there is no such commit, no git, no repository; no manifest at the address.
 */
export async function withBase<T>(
  request: BaseRequest,
  loaded: Loaded,
  host: Host,
  use: (base: OpenBase) => Promise<T>,
): Promise<T> {
  const { openBase } = await import('./open-base.ts');
  const { base, close } = await openBase(request, loaded, host);
  try {
    return await use(base);
  } finally {
    close();
  }
}
