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
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance >= smallest) continue;
    best = candidate;
    smallest = distance;
  }
  return best;
}

function editDistance(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (swapped) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[other.length] ?? 0;
}
