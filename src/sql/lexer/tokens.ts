import type { Comment } from '../tree.ts';

/** What a token is. Symbols and words have a number in the lexicon beside it. */
export const END = 0;
export const WORD = 1;
/** `"a name"`. */
export const QUOTED = 2;
export const NUMBER = 3;
/** `'…'`, `$$…$$`, `E'…'`, `X'…'`; the first character tells which. */
export const STRING = 4;
export const SYMBOL = 5;
/** `$1`, `$name`. */
export const VARIABLE = 6;
/** `@stage/path`. */
export const STAGE = 7;
/** A character that no token starts with; reported. */
export const BAD = 8;

/**
 * The tokens of a text, side by side: the token `i` is of `kinds[i]`, is the lexeme `numbers[i]` (0 if none), and stands
 * from `starts[i]` to `ends[i]`. The last is of kind END. An opening bracket has in `partners` the index of the token that
 * closes it, 0 if none does.
 */
export interface Tokens {
  readonly kinds: readonly number[];
  readonly numbers: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly partners: readonly number[];
  readonly comments: readonly Comment[];
  readonly problems: readonly LexicalProblem[];
}

/** Something in the text that is no token. */
export interface LexicalProblem {
  readonly code: 'sql/unclosed' | 'sql/bad-character';
  readonly message: string;
  readonly start: number;
  readonly end: number;
}
