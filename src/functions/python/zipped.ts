import { listOf, OneShot, Tuple, type Value } from '../../jinja/index.ts';

/** Python's `zip`. */
export function zipped(iterables: readonly Value[]): Value {
  const lists = iterables.map(listOf);
  const shortest = lists.length === 0 ? 0 : Math.min(...lists.map((list) => list.length));
  const tuples = Array.from({ length: shortest }, (_, index) => new Tuple(lists.map((list) => list[index] ?? null)));
  return new OneShot(tuples, 'zip');
}
