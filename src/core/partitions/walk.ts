import { type Coordinate, ordinalRanges } from './coordinates.ts';
import { countKeys, type KeySet, type PartitionPoint } from './key-set.ts';

export type WalkOrder = 'ascending' | 'descending';

/**
 * The partitions of a set one by one: by the first dimension, then by the second, and so on; time from old to new, values
 * by their text. Only what is asked for is made.
 *
 * @param order `descending` begins with the newest. Default: `ascending`.
 */
export function* pointsOf(set: KeySet, order: WalkOrder = 'ascending'): Generator<PartitionPoint> {
  if (set.kind === 'whole') yield [];
  if (set.kind !== 'rows') return;
  for (const { first, count, rest } of inOrder(piecesOf(set), order)) {
    for (let index = 0; index < count; index += 1) {
      const place = placeAt(first, order === 'ascending' ? index : count - 1 - index);
      if (rest.kind === 'whole') yield [place];
      else for (const others of pointsOf(rest, order)) yield [place, ...others];
    }
  }
}

/** The partition at a position in ascending order, from 0; a negative position counts from the end. */
export function pointAt(set: KeySet, position: number): PartitionPoint | undefined {
  let left = position < 0 ? position + countKeys(set) : position;
  if (set.kind !== 'rows') return set.kind === 'whole' && left === 0 ? [] : undefined;
  if (left < 0) return undefined;
  for (const { first, count, rest } of piecesOf(set)) {
    const each = countKeys(rest);
    if (left >= count * each) {
      left -= count * each;
      continue;
    }
    const others = pointAt(rest, left % each);
    return others && [placeAt(first, Math.floor(left / each)), ...others];
  }
  return undefined;
}

/** Places of the first dimension that follow each other and have the same rest. */
interface Piece {
  readonly first: Coordinate;
  /** 1 for a text. */
  readonly count: number;
  readonly rest: KeySet;
}

function piecesOf(set: Extract<KeySet, { kind: 'rows' }>): Piece[] {
  const pieces = set.rows.flatMap(({ head, rest }): Piece[] =>
    head.kind === 'ranges'
      ? ordinalRanges(head.edges).map(([first, end]) => ({ first, count: end - first, rest }))
      : head.texts.map((first) => ({ first, count: 1, rest })),
  );
  return set.rows.length === 1 ? pieces : pieces.sort((one, other) => (one.first < other.first ? -1 : 1));
}

function inOrder<Item>(items: readonly Item[], order: WalkOrder): readonly Item[] {
  return order === 'ascending' ? items : items.toReversed();
}

function placeAt(first: Coordinate, index: number): Coordinate {
  return typeof first === 'number' ? first + index : first;
}
