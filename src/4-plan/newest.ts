import {
  both,
  boxesOf,
  boxOf,
  type Coordinates,
  combineCoordinates,
  countKeys,
  isEmpty,
  type KeySet,
  keySetOf,
  type Node,
  noKeys,
  ordinalRange,
  ordinalRanges,
  type PartitionDefinition,
  type PartitionPoint,
  pointsOf,
  subtractKeys,
  unionAllKeys,
  unionCoordinates,
  unionKeys,
} from '../core/index.ts';

/** The newest of some partitions, and the others. Of one time, the last by their values. */
export function newest(
  { dimensions }: PartitionDefinition,
  keys: KeySet,
  most: number,
): { readonly kept: KeySet; readonly rest: KeySet } {
  if (most === 0) return { kept: noKeys, rest: keys };
  if (countKeys(keys) <= most) return { kept: keys, rest: noKeys };
  const time = dimensions.findIndex(({ kind }) => kind === 'time');
  const kept = time > 0 ? newestAt(time, keys, most) : lastPoints(keys, most);
  return { kept, rest: subtractKeys(keys, kept) };
}

function lastPoints(keys: KeySet, most: number): KeySet {
  const points: PartitionPoint[] = [];
  for (const point of pointsOf(keys, 'descending')) {
    if (points.length === most) break;
    points.push(point);
  }
  return keySetOf(points);
}

/** Where time is not the first dimension: all of the times that are kept whole, and some of the one before them. */
function newestAt(time: number, keys: KeySet, most: number): KeySet {
  const boxes = boxesOf(keys);
  const ranges = unionCoordinates(boxes.map((box) => box[time]!));
  const edges = ranges.kind === 'ranges' ? ranges.edges : [];
  const end = edges.at(-1) ?? 0;
  let [from, last] = [edges[0] ?? 0, end];
  while (from < last) {
    const middle = Math.floor((from + last) / 2);
    const count = cut(boxes, time, ordinalRange(middle, end)).reduce((sum, set) => sum + countKeys(set), 0);
    if (count <= most) last = middle;
    else from = middle + 1;
  }
  const whole = unionAllKeys(cut(boxes, time, ordinalRange(from, end)));
  const before = unionAllKeys(cut(boxes, time, ordinalRange(from - 1, from)));
  return unionKeys(whole, lastPoints(before, most - countKeys(whole)));
}

/** What of some boxes is at some places of one dimension. */
function cut(boxes: ReturnType<typeof boxesOf>, dimension: number, places: Coordinates): readonly KeySet[] {
  return boxes.flatMap((box) => {
    const left = combineCoordinates(box[dimension]!, places, both);
    return isEmpty(left) ? [] : [boxOf(box.with(dimension, left))];
  });
}

/** Of some partitions, those of the newest times, with whatever values they have: rows come late for all of them. */
export function newestTimes(definition: PartitionDefinition, keys: KeySet, most: number): KeySet {
  const time = definition.dimensions.findIndex(({ kind }) => kind === 'time');
  if (time < 0 || most === 0) return newest(definition, keys, most).kept;
  const boxes = boxesOf(keys);
  return unionAllKeys(cut(boxes, time, lastPlaces(unionCoordinates(boxes.map((box) => box[time]!)), most)));
}

function lastPlaces(places: Coordinates, most: number): Coordinates {
  const edges: number[] = [];
  let left = most;
  for (const [first, end] of places.kind === 'ranges' ? ordinalRanges(places.edges).toReversed() : []) {
    if (left === 0) break;
    const start = Math.max(first, end - left);
    edges.unshift(start, end);
    left -= end - start;
  }
  return { kind: 'ranges', edges };
}

/** How many of the newest times are built again, for rows that came late: none, unless the model asks for it. */
export function lookbackOf({ config, unrendered_config: written }: Node): number {
  // dbt gives every model the setting, but means those of one strategy.
  const isMeant = written.lookback !== undefined || config.incremental_strategy === 'microbatch';
  return (isMeant && wholeNumber(config.lookback)) || 0;
}

/** How many missing partitions a build takes that names none. */
export const mostUnnamed = ({ config }: Node): number => wholeNumber(config.partitions_per_build) ?? 1000;

/** A setting that counts something; undefined where it does not. */
export const wholeNumber = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;
