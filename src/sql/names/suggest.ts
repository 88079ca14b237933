import { probablyMeant } from '../nearest.ts';

/** The name that was probably meant, if one is near enough. */
export function suggest(written: string, candidates: Iterable<string>): string | undefined {
  return probablyMeant(written, candidates, written.length < 3 ? 1 : Math.floor((written.length + 1) / 3) + 1);
}
