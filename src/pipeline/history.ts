import { existsSync } from 'node:fs';
import { openStore, type Store } from '../6-record/index.ts';
import type { Call } from '../cli/engine/call.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import { stateFile } from './locations.ts';

/**
 * What some work finds in the history of a project's runs, which is closed afterwards.
 *
 * @param work is given undefined where nothing has been recorded yet: to look makes no file.
 */
export async function withHistory<T>(
  loaded: Pick<Loaded, 'graph'>,
  call: Call,
  work: (store: Store | undefined) => T | Promise<T>,
): Promise<T> {
  const file = stateFile(loaded, call);
  const { store } = existsSync(file) ? await openStore(file) : {};
  try {
    return await work(store);
  } finally {
    store?.close();
  }
}
