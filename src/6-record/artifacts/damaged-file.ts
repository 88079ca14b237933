import { rmSync } from 'node:fs';
import { error, Problem } from '../../core/index.ts';

/** What to tell of a kept file that is not what was written. It is taken away: the next command makes it anew. */
export function damagedFile(path: string): Problem {
  try {
    rmSync(path, { force: true });
  } catch {
    // The hint says what to do.
  }
  const hint = `Run the command again: the file is made anew. If this comes back, delete it`;
  return new Problem(error('record/damaged', `${path} was damaged after it was written`, { hint }));
}
