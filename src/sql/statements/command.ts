import type { Place } from '../tree.ts';
import type { StatementBase } from './base.ts';

/**
 * An administrative statement without SQL inside, kept as its tokens: `PRAGMA …`, `INSTALL …`, `EXECUTE TASK …`,
 * `VACUUM`, `ALTER …` of what has no columns.
 */
export interface Command extends StatementBase {
  readonly kind: 'command';
  /** Lower case: `pragma`, `force install`. */
  readonly verb: string;
  readonly tokens: readonly CommandToken[];
}

/** One token as written: a word, a text or name in its quotes, a number, a symbol. */
export interface CommandToken extends Place {
  readonly text: string;
  /** Whether white space stands before it. */
  readonly spaced: boolean;
}
