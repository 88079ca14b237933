import { describe, expect, it } from 'vitest';
import {
  boxesOf,
  boxOf,
  containsAll,
  containsPoint,
  countKeys,
  intersectKeys,
  type KeySet,
  keySetOf,
  noKeys,
  ordinalRange,
  type PartitionPoint,
  pointAt,
  pointsOf,
  sameKeys,
  subtractKeys,
  textCoordinates,
  unionAllKeys,
  unionKeys,
  wholeKey,
} from '../../../../src/core/index.ts';
import { type Random, randomFrom } from './random.ts';

const regions = ['EU', 'US', 'APAC', 'LATAM'];
const tenants = ['a', 'b', 'c'];

/** Points of one, two or three dimensions: time, region, tenant. */
function randomPoints(random: Random, dimensions: number): PartitionPoint[] {
  return Array.from({ length: random.below(60) }, () =>
    [random.below(12), random.pick(regions), random.pick(tenants)].slice(0, dimensions),
  );
}

const texts = (points: Iterable<PartitionPoint>): string[] => [...points].map((point) => point.join('|')).sort();
const unique = (points: readonly PartitionPoint[]): string[] => [...new Set(texts(points))];

function comparePoints(first: PartitionPoint, second: PartitionPoint): number {
  const index = first.findIndex((place, at) => place !== second[at]);
  return index < 0 ? 0 : first[index]! < second[index]! ? -1 : 1;
}

describe('sets of partitions', () => {
  it('hold, join, share and take away what sets of single partitions do', () => {
    const random = randomFrom(1);
    for (let round = 0; round < 200; round += 1) {
      const dimensions = 1 + (round % 3);
      const [one, other] = [randomPoints(random, dimensions), randomPoints(random, dimensions)];
      const [first, second] = [keySetOf(one), keySetOf(other)];
      const [inOne, inOther] = [new Set(texts(one)), new Set(texts(other))];
      expect(texts(pointsOf(first))).toEqual(unique(one));
      expect(texts(pointsOf(unionKeys(first, second)))).toEqual(unique([...one, ...other]));
      expect(texts(pointsOf(intersectKeys(first, second)))).toEqual(unique(one).filter((key) => inOther.has(key)));
      expect(texts(pointsOf(subtractKeys(first, second)))).toEqual(unique(one).filter((key) => !inOther.has(key)));
      expect(countKeys(first)).toBe(inOne.size);
      expect(other.map((point) => containsPoint(first, point))).toEqual(keysOf(other).map((key) => inOne.has(key)));
      expect(containsAll(first, second)).toBe([...inOther].every((key) => inOne.has(key)));
    }
  });

  it('are equal data where they have the same partitions, however they came about', () => {
    const random = randomFrom(2);
    for (let round = 0; round < 200; round += 1) {
      const points = randomPoints(random, 1 + (round % 3));
      const set = keySetOf(points);
      const single = points.map((point) => keySetOf([point]));
      expect(unionAllKeys(single)).toEqual(set);
      expect(unionAllKeys(boxesOf(set).map(boxOf))).toEqual(set);
      const [half, rest] = [keySetOf(points.slice(0, 20)), keySetOf(points.slice(20))];
      expect(unionKeys(half, rest)).toEqual(set);
      expect(unionKeys(subtractKeys(set, half), half)).toEqual(set);
      expect(sameKeys(subtractKeys(set, rest), subtractKeys(half, rest))).toBe(true);
    }
  });

  it('are walked in order, from either end, and by position', () => {
    const random = randomFrom(3);
    for (let round = 0; round < 100; round += 1) {
      const set = keySetOf(randomPoints(random, 1 + (round % 3)));
      const points = [...pointsOf(set)];
      expect(points).toEqual(points.toSorted(comparePoints));
      expect([...pointsOf(set, 'descending')]).toEqual(points.toReversed());
      expect(points.map((_, index) => pointAt(set, index))).toEqual(points);
      expect(pointAt(set, -1)).toEqual(points.at(-1));
      expect([pointAt(set, points.length), pointAt(set, -points.length - 1)]).toEqual([undefined, undefined]);
    }
  });

  it('keep neighbours as one range and equal rests as one row', () => {
    const set = keySetOf([
      [1, 'EU'],
      [1, 'US'],
      [2, 'US'],
      [2, 'EU'],
      [3, 'EU'],
      [3, 'US'],
      [9, 'EU'],
    ]);
    expect(boxesOf(set)).toEqual([
      [ordinalRange(1, 4), textCoordinates(['EU', 'US'])],
      [ordinalRange(9, 10), textCoordinates(['EU'])],
    ]);
  });

  it('of an asset without partitions are nothing or the whole', () => {
    expect(keySetOf([[]])).toEqual(wholeKey);
    expect(countKeys(wholeKey)).toBe(1);
    expect([...pointsOf(wholeKey)]).toEqual([[]]);
    expect(unionKeys(noKeys, wholeKey)).toEqual(wholeKey);
    expect(subtractKeys(wholeKey, wholeKey)).toEqual(noKeys);
    expect(boxesOf(wholeKey).map(boxOf)).toEqual([wholeKey]);
  });

  it('of different definitions do not mix', () => {
    const time: KeySet = keySetOf([[1]]);
    expect(() => unionKeys(time, keySetOf([['EU']]))).toThrow('different definitions');
    expect(() => unionKeys(time, wholeKey)).toThrow('different definitions');
  });
});

function keysOf(points: readonly PartitionPoint[]): string[] {
  return points.map((point) => point.join('|'));
}
