import type { Host } from '../engine/host.ts';
import type { Loaded } from '../engine/loaded.ts';
import type { BaseRequest, OpenBase } from './base.ts';
import { baseProblem } from './git.ts';
import { gitBase } from './git-base.ts';
import { stateBase } from './state-base.ts';
import { openTemporary } from './temporary.ts';

/** Opens the state that a project is compared with. It is to be closed. */
export async function openBase(
  { ref, state }: BaseRequest,
  loaded: Loaded,
  host: Host,
): Promise<{ readonly base: OpenBase; readonly close: () => void }> {
  const temporary = openTemporary(process.pid);
  try {
    const base =
      ref !== undefined
        ? await gitBase(ref, loaded, host, temporary.folder)
        : state !== undefined
          ? await stateBase(state, loaded, host, temporary.folder)
          : undefined;
    if (base) return { base, close: temporary.close };
    throw baseProblem('Nothing is named to compare with', 'Name a branch with --base, or artifacts with --state');
  } catch (failure) {
    temporary.close();
    throw failure;
  }
}
