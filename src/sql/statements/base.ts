import type { Comment, Name, Place } from '../tree.ts';

/** What every statement has. */
export interface StatementBase extends Place {
  /** All comments from the end of the statement before to the end of this one, in order; none for inner statements. */
  readonly comments: readonly Comment[];
}

/** What every CREATE has. */
export interface CreateBase extends StatementBase {
  /** `OR REPLACE`, or `OR ALTER`. */
  readonly or?: 'replace' | 'alter';
  /** The words before the object's, lower case, in order: `transient`, `temporary`, `secure`, `recursive`. */
  readonly modifiers: readonly string[];
  readonly ifNotExists: boolean;
  readonly name: Name;
}
