import { editDistance } from '../edit-distance.ts';

/** The candidate that was probably meant, if one is near enough. */
export function suggest(written: string, candidates: Iterable<string>): string | undefined {
  const wanted = written.toLowerCase();
  const limit = wanted.length < 3 ? 0 : Math.floor((wanted.length + 1) / 3);
  let best: string | undefined;
  let smallest = limit + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase(), smallest);
    if (distance >= smallest) continue;
    smallest = distance;
    best = candidate;
  }
  return best;
}
