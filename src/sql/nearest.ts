/** Where thousands of names are wrong, as after a prefix was taken away, to guess each among thousands takes seconds. */
export const mostGuesses = 100;

/**
 * The candidate that was probably meant: the one with the fewest letters to insert, remove, replace or swap with their
 * neighbour, letter case aside. The first of several that are as near; undefined where all need `limit` or more.
 */
export function nearest(written: string, candidates: Iterable<string>, limit: number): string | undefined {
  const wanted = written.toLowerCase();
  let best: string | undefined;
  let smallest = limit;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) >= smallest) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), smallest);
    if (distance >= smallest) continue;
    best = candidate;
    smallest = distance;
  }
  return best;
}

/**
 * The nearest candidate, or else the only one that was written with fewer or more words (`orders` for `stg_orders`), or else
 * the only one that was written short (`qty` for `quantity`). Undefined where none is like it, or several are.
 */
export function probablyMeant(written: string, candidates: Iterable<string>, limit: number): string | undefined {
  const known = [...candidates];
  return (
    nearest(written, known, limit) ??
    only(known, (candidate) => isPart(wordsOf(written), wordsOf(candidate))) ??
    only(known, (candidate) => isShortFor(written.toLowerCase(), candidate.toLowerCase()))
  );
}

function only(candidates: readonly string[], isLike: (candidate: string) => boolean): string | undefined {
  const found = new Set(candidates.filter(isLike));
  return found.size === 1 ? [...found][0] : undefined;
}

/** In the singular, as far as English is regular. */
function wordsOf(name: string): readonly string[] {
  const words = name.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return words.filter((word) => word !== '').map((word) => word.replace(/(?<=.{3})s$/, ''));
}

/** Whether all words of one name are among the other's. What they share has to say something: `id` does not. */
function isPart(one: readonly string[], other: readonly string[]): boolean {
  const [fewer, more] = one.length <= other.length ? [one, other] : [other, one];
  return fewer.some((word) => word.length > 2) && fewer.every((word) => more.includes(word));
}

/** Whether letters were left out: not the first, and of three at least one was written. */
function isShortFor(written: string, candidate: string): boolean {
  if (written.length < 3 || written[0] !== candidate[0] || written.length * 3 < candidate.length) return false;
  let found = 0;
  for (const letter of candidate) if (letter === written[found]) found += 1;
  return found === written.length;
}

/** How many letters differ; where `limit` or more do, any number from there on. */
function editDistance(one: string, other: string, limit: number): number {
  const { start, behind } = sharedEnds(one, other);
  const [written, wanted] = [one.slice(start, one.length - behind), other.slice(start, other.length - behind)];
  let beforeLast: number[] = [];
  let last = Array.from({ length: wanted.length + 1 }, (_, index) => index);
  for (let i = 1; i <= written.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= wanted.length; j += 1) {
      const same = written[i - 1] === wanted[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      const swapped = i > 1 && j > 1 && written[i - 1] === wanted[j - 2] && written[i - 2] === wanted[j - 1];
      if (swapped) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    // Swapped letters lead on from the row before.
    if (Math.min(...row) >= limit && Math.min(...last) >= limit) return limit;
    beforeLast = last;
    last = row;
  }
  return last[wanted.length] ?? 0;
}

/** Of how many letters both have the same ones: at their beginning, and behind what differs. */
function sharedEnds(one: string, other: string): { readonly start: number; readonly behind: number } {
  const most = Math.min(one.length, other.length);
  let start = 0;
  while (start < most && one[start] === other[start]) start += 1;
  let behind = 0;
  while (behind < most - start && one[one.length - 1 - behind] === other[other.length - 1 - behind]) behind += 1;
  return { start, behind };
}
