import { type Adapter, error, Problem } from '../core/index.ts';
import { adapterTypes, findAdapter } from '../shelves.ts';

/** An adapter whose warehouse can be opened empty, in this process and without credentials. */
export type ScratchAdapter = Adapter & Required<Pick<Adapter, 'openScratch'>>;

/**
 * The first adapter on the shelf that has one. Throws `Problem` where none has.
 *
 * @param what it is needed for, as a message says it: `the unit tests of postgres run in`.
 */
export async function scratchAdapter(what: string): Promise<ScratchAdapter> {
  for (const candidate of await adapterTypes()) {
    const adapter = await findAdapter(candidate);
    if (adapter.openScratch) return adapter as ScratchAdapter;
  }
  throw new Problem(error('targets/no-scratch', `There is no warehouse in memory that ${what}`));
}
