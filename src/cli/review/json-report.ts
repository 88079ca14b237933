import type { Review } from '../../core/index.ts';
import { compareTexts } from './compare-texts.ts';

/**
 * The review itself, for scripts. The same review gives the same text: keys in the order of the alphabet, and what the
 * build finished in whatever order by unique id. Integers that a JSON reader would round are texts.
 */
export function jsonReport(review: Review): string {
  const byId = (one: { readonly id: string }, other: { readonly id: string }): number => compareTexts(one.id, other.id);
  const ordered: Review = {
    ...review,
    results: review.results.toSorted(byId),
    differences: review.differences.toSorted(byId),
    leftOut: review.leftOut.toSorted(byId),
  };
  return `${JSON.stringify(ordered, plainValue, 2)}\n`;
}

function plainValue(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => compareTexts(one, other)));
}
