import type { Comment, Place } from '../tree.ts';

/** What every statement has. */
export interface StatementBase extends Place {
  /** All comments from the end of the statement before to the end of this one, in order; none for inner statements. */
  readonly comments: readonly Comment[];
}
