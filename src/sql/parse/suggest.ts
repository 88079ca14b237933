import { WORD } from '../lexer/tokens.ts';
import { nearest } from '../nearest.ts';

/** The tokens around a failure. */
interface Surroundings {
  readonly text: string;
  readonly index: number;
  readonly tokens: {
    readonly kinds: readonly number[];
    readonly numbers: readonly number[];
    readonly starts: readonly number[];
    readonly ends: readonly number[];
  };
}

/** A word that was meant instead of the token at `index`. */
interface Suggestion {
  readonly index: number;
  readonly hint: string;
}

/**
 * What a misspelt word may have meant: the current token, or the one before it, which then was read as a name:
 * `SELECT a FORM t` fails at `t`.
 */
export function suggest(around: Surroundings, candidates: readonly string[]): Suggestion | undefined {
  for (const index of [around.index, around.index - 1]) {
    const { kinds, numbers, starts, ends } = around.tokens;
    if (index < 0 || kinds[index] !== WORD || (numbers[index] !== 0 && index !== around.index)) continue;
    const written = around.text.slice(starts[index], ends[index]).toLowerCase();
    const meant = nearestWord(written, candidates);
    if (meant !== undefined) return { index, hint: `Did you mean ${meant.toUpperCase()}?` };
  }
  return undefined;
}

function nearestWord(written: string, candidates: readonly string[]): string | undefined {
  const others = candidates.filter((candidate) => /^[a-z]/.test(candidate) && candidate !== written);
  return nearest(written, others, written.length > 6 ? 3 : written.length > 2 ? 2 : 1);
}
