import {
  boundsOf,
  boxOf,
  type Coordinates,
  type KeySet,
  keySetOf,
  ordinalRange,
  type PartitionDefinition,
  type PartitionDimension,
  type PartitionMapping,
  partitionAt,
  readKey,
  type TimeDimension,
  textCoordinates,
  windowOf,
} from '../../core/index.ts';

/**
 * Some partitions, each for itself, by which one can judge all: one in the middle of May, one after the last of February
 * and one after New Year's Eve, which have months of other lengths before them; the first and the last of some values.
 *
 * @param mappings to the parents: where one lists keys, the partitions that it lists.
 */
export function samplePartitions(
  definition: PartitionDefinition,
  mappings: readonly PartitionMapping[],
): readonly KeySet[] {
  const listed = mappings.flatMap((mapping) => (mapping.kind === 'keys' ? [Object.keys(mapping.parents)] : []));
  if (listed[0]) return listed[0].slice(0, most).flatMap((key) => keyIn(definition, key));
  const places = definition.dimensions.map(placesIn);
  const count = Math.max(1, ...places.map(({ length }) => length));
  return Array.from({ length: count }, (_, index) => boxOf(places.map((some) => some[index % some.length]!)));
}

const most = 3;

/** A dynamic dimension has a value that may be a name as well as a number. */
const sampleValue = '1';

function keyIn(definition: PartitionDefinition, key: string): KeySet[] {
  const reading = readKey(definition, key);
  return reading.kind === 'key' ? [keySetOf([reading.point])] : [];
}

function placesIn(dimension: PartitionDimension): readonly Coordinates[] {
  if (dimension.kind === 'time') return timesIn(dimension).map((ordinal) => ordinalRange(ordinal, ordinal + 1));
  if (dimension.kind === 'dynamic') return [textCoordinates([sampleValue])];
  const ends = [...new Set([dimension.values[0], dimension.values.at(-1)])];
  return ends.flatMap((value) => (value === undefined ? [] : [textCoordinates([value])]));
}

function timesIn(dimension: TimeDimension): readonly number[] {
  const { first, end } = boundsOf(dimension);
  const year = new Date(windowOf(dimension, first).start).getUTCFullYear() + 1;
  const dates = [Date.UTC(year, 4, 15, 12), Date.UTC(year, 2, 1, 12), Date.UTC(year + 1, 0, 1, 12)];
  const inside = dates
    .map((date) => partitionAt(dimension, date))
    .filter((ordinal) => ordinal >= first && ordinal < end);
  if (inside.length > 0) return [...new Set(inside)];
  return [Math.floor((first + Math.min(end, first + 1) - 1) / 2)];
}
