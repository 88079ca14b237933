import {
  both,
  type Coordinate,
  type Coordinates,
  combineCoordinates,
  coordinatesOf,
  either,
  includes,
  isEmpty,
  type Keep,
  onlyFirst,
  placesOf,
  sameCoordinates,
  sizeOf,
  unionCoordinates,
} from './coordinates.ts';

/**
 * A set of partitions of one definition, kept as ranges: its size in memory and the time to work with it depend on the
 * number of ranges, not of partitions. Plain data; two sets of the same partitions are equal data.
 */
export type KeySet =
  | { readonly kind: 'none' }
  /** The one partition of an asset without partitions; the end of every row. */
  | { readonly kind: 'whole' }
  /** Rows of the first dimension: heads do not overlap, rests differ, the first heads come first. */
  | { readonly kind: 'rows'; readonly rows: readonly KeySetRow[] };

/** Every place of `head` on the first dimension, with every partition of `rest` on those that follow. */
export interface KeySetRow {
  readonly head: Coordinates;
  readonly rest: KeySet;
}

/** One partition: an ordinal or a value for each dimension, in their order. */
export type PartitionPoint = readonly Coordinate[];

/** No partition at all. */
export const noKeys: KeySet = { kind: 'none' };
/** The one partition of what has no dimensions: the asset as a whole. */
export const wholeKey: KeySet = { kind: 'whole' };

/** Partitions of either set. */
export function unionKeys(first: KeySet, second: KeySet): KeySet {
  return combine(first, second, either);
}

/** Partitions of all sets. */
export function unionAllKeys(sets: readonly KeySet[]): KeySet {
  if (sets.length <= 1) return sets[0] ?? noKeys;
  const middle = sets.length >> 1;
  return unionKeys(unionAllKeys(sets.slice(0, middle)), unionAllKeys(sets.slice(middle)));
}

/** Partitions of both sets. */
export function intersectKeys(first: KeySet, second: KeySet): KeySet {
  return combine(first, second, both);
}

/** Partitions of the first set that are not in the second: what is missing is `subtractKeys(all, filled)`. */
export function subtractKeys(first: KeySet, second: KeySet): KeySet {
  return combine(first, second, onlyFirst);
}

/** Whether no partition is in the set. */
export function isNone(set: KeySet): boolean {
  return set.kind === 'none';
}

/** How many partitions there are. */
export function countKeys(set: KeySet): number {
  if (set.kind !== 'rows') return set.kind === 'whole' ? 1 : 0;
  return set.rows.reduce((sum, { head, rest }) => sum + sizeOf(head) * countKeys(rest), 0);
}

/** Whether a partition is in the set. */
export function containsPoint(set: KeySet, point: PartitionPoint): boolean {
  const [place, ...others] = point;
  if (set.kind !== 'rows' || place === undefined) return set.kind === 'whole' && place === undefined;
  const row = set.rows.find(({ head }) => includes(head, place));
  return row !== undefined && containsPoint(row.rest, others);
}

/** Whether every partition of the second set is in the first. */
export function containsAll(set: KeySet, others: KeySet): boolean {
  return isNone(subtractKeys(others, set));
}

/** Whether two sets have the same partitions: each set is written in one way only. */
export function sameKeys(first: KeySet, second: KeySet): boolean {
  if (first === second) return true;
  if (first.kind !== 'rows' || second.kind !== 'rows') return first.kind === second.kind;
  if (first.rows.length !== second.rows.length) return false;
  return first.rows.every(({ head, rest }, index) => {
    const other = second.rows[index]!;
    return sameCoordinates(head, other.head) && sameKeys(rest, other.rest);
  });
}

/** Every combination of places, one set for each dimension. */
export function boxOf(box: readonly Coordinates[]): KeySet {
  return box.reduceRight<KeySet>((rest, head) => {
    return isEmpty(head) || isNone(rest) ? noKeys : { kind: 'rows', rows: [{ head, rest }] };
  }, wholeKey);
}

/** The boxes that a set is made of: they do not overlap. The opposite of `unionAllKeys(boxes.map(boxOf))`. */
export function boxesOf(set: KeySet): (readonly Coordinates[])[] {
  if (set.kind !== 'rows') return set.kind === 'whole' ? [[]] : [];
  return set.rows.flatMap(({ head, rest }) => boxesOf(rest).map((box) => [head, ...box]));
}

/** The set of some partitions, in any order, of the same definition. */
export function keySetOf(points: Iterable<PartitionPoint>): KeySet {
  const rests = new Map<Coordinate, PartitionPoint[]>();
  for (const [place, ...others] of points) {
    if (place === undefined) return wholeKey;
    const known = rests.get(place);
    if (known === undefined) rests.set(place, [others]);
    else known.push(others);
  }
  const groups = groupByRest([...rests].map(([place, others]) => ({ head: place, rest: keySetOf(others) })));
  return sortedRows(groups.map(({ heads, rest }) => ({ head: coordinatesOf(heads), rest })));
}

function combine(first: KeySet, second: KeySet, keep: Keep): KeySet {
  if (first.kind === 'none') return keep(false, true) ? second : noKeys;
  if (second.kind === 'none') return keep(true, false) ? first : noKeys;
  if (first.kind === 'whole' && second.kind === 'whole') return keep(true, true) ? wholeKey : noKeys;
  if (first.kind === 'whole' || second.kind === 'whole') {
    throw new Error('Partitions of different definitions cannot be combined');
  }
  const [one, other] = [first.rows[0]!, second.rows[0]!];
  if (first.rows.length === 1 && second.rows.length === 1 && sameKeys(one.rest, other.rest)) {
    const head = combineCoordinates(one.head, other.head, keep);
    return isEmpty(head) ? noKeys : { kind: 'rows', rows: [{ head, rest: one.rest }] };
  }
  const common = commonRows(first.rows, second.rows, keep);
  const ofFirst = keep(true, false) ? rowsWithout(first.rows, second.rows) : [];
  const ofSecond = keep(false, true) ? rowsWithout(second.rows, first.rows) : [];
  return setOfRows([...common, ...ofFirst, ...ofSecond]);
}

/** The rows where heads overlap. */
function commonRows(rows: readonly KeySetRow[], others: readonly KeySetRow[], keep: Keep): KeySetRow[] {
  const common: KeySetRow[] = [];
  for (const { head, rest } of rows) {
    const last = placesOf(head).at(-1)!;
    for (const other of others) {
      // Rows are in the order of their first places, so that none of those that follow begins earlier.
      if (placesOf(other.head)[0]! > last) break;
      const shared = combineCoordinates(head, other.head, both);
      if (!isEmpty(shared)) common.push({ head: shared, rest: combine(rest, other.rest, keep) });
    }
  }
  return common;
}

/** What of the rows' heads is in no head of the others. */
function rowsWithout(rows: readonly KeySetRow[], others: readonly KeySetRow[]): KeySetRow[] {
  const taken = unionCoordinates(others.map(({ head }) => head));
  return rows.map(({ head, rest }) => ({ head: combineCoordinates(head, taken, onlyFirst), rest }));
}

/** Rows with equal rests become one, which makes equal sets equal data. Heads must not overlap. */
function setOfRows(rows: readonly KeySetRow[]): KeySet {
  const groups = groupByRest(rows.filter(({ head }) => !isEmpty(head)));
  return sortedRows(groups.map(({ heads, rest }) => ({ head: unionCoordinates(heads), rest })));
}

function sortedRows(rows: KeySetRow[]): KeySet {
  rows.sort((one, other) => (placesOf(one.head)[0]! < placesOf(other.head)[0]! ? -1 : 1));
  return rows.length === 0 ? noKeys : { kind: 'rows', rows };
}

interface RestGroup<Head> {
  readonly heads: Head[];
  readonly rest: KeySet;
}

function groupByRest<Head>(rows: readonly { readonly head: Head; readonly rest: KeySet }[]): RestGroup<Head>[] {
  const groups = new Map<string, RestGroup<Head>[]>();
  for (const { head, rest } of rows) {
    if (isNone(rest)) continue;
    const mark = markOf(rest);
    const similar = groups.get(mark) ?? [];
    const group = similar.find((known) => sameKeys(known.rest, rest));
    if (group === undefined) groups.set(mark, [...similar, { heads: [head], rest }]);
    else group.heads.push(head);
  }
  return [...groups.values()].flat();
}

/** The same for equal sets, and seldom for others. */
function markOf(set: KeySet): string {
  if (set.kind !== 'rows') return set.kind;
  const places = placesOf(set.rows[0]!.head);
  return [countKeys(set), places.length, places[0], places[places.length >> 1], places.at(-1)].join();
}
