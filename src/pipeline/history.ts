import { existsSync } from 'node:fs';
import { isStoreFailure, openStore, type Store, unusable } from '../6-record/index.ts';
import type { Call } from '../cli/engine/call.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import type { Diagnostic } from '../core/index.ts';
import { stateFile } from './locations.ts';

/**
 * What some work finds in the history of a project's runs, which is closed afterwards.
 *
 * @param work is given undefined where nothing has been recorded yet, since to look makes no file; and, once more, where the
 * store turns out to be damaged: that must not stop a build, and who writes to it tells.
 */
export async function withHistory<T>(
  loaded: Pick<Loaded, 'graph'>,
  call: Call,
  work: (store: Store | undefined, problems: readonly Diagnostic[]) => T | Promise<T>,
): Promise<T> {
  const file = stateFile(loaded, call);
  const { store = undefined, diagnostics } = existsSync(file) ? await openStore(file) : { diagnostics: [] };
  try {
    return await work(store, diagnostics);
  } catch (failure) {
    if (!store || !isStoreFailure(failure)) throw failure;
    return await work(undefined, [unusable(file, failure)]);
  } finally {
    store?.close();
  }
}
