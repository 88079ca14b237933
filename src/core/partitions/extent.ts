import { begunAt, completeAt } from './bounds.ts';
import { type Coordinates, ordinalRange, textCoordinates } from './coordinates.ts';
import type { PartitionDefinition, PartitionDimension } from './definition.ts';
import type { DynamicKeys } from './key.ts';
import { boxOf, intersectKeys, type KeySet } from './key-set.ts';

/** What of the world outside decides which partitions there are. */
export interface PartitionExtent {
  /** The instant, in milliseconds since 1970, up to which time partitions exist. */
  readonly now: number;
  /** Whether the partition that is still going on at `now` is one. Default: no, only complete ones. */
  readonly current?: boolean | undefined;
  /** Default: dynamic dimensions have the values that their definition knows, or none. */
  readonly dynamicKeys?: DynamicKeys | undefined;
}

/** All partitions that there are. */
export function allPartitions(definition: PartitionDefinition, extent: PartitionExtent): KeySet {
  return boxOf(definition.dimensions.map((dimension) => allPlaces(dimension, extent)));
}

/** Those of some partitions that there are at `now`: what an earlier command has named may be none any more. */
export function stillThere(definition: PartitionDefinition, keys: KeySet, now: number): KeySet {
  return intersectKeys(keys, allPartitions(definition, { now, current: true }));
}

/** All places on one dimension. */
export function allPlaces(dimension: PartitionDimension, extent: PartitionExtent): Coordinates {
  if (dimension.kind !== 'time') return textCoordinates(valuesOf(dimension, extent));
  const { first, end } = (extent.current ? begunAt : completeAt)(dimension, extent.now);
  return ordinalRange(first, end);
}

/** The last place of one dimension: the newest time, the value that stands or was added last; nothing if there is none. */
export function lastPlace(dimension: PartitionDimension, extent: PartitionExtent): Coordinates {
  if (dimension.kind !== 'time') return textCoordinates(valuesOf(dimension, extent).slice(-1));
  const { first, end } = (extent.current ? begunAt : completeAt)(dimension, extent.now);
  return ordinalRange(Math.max(first, end - 1), end);
}

function valuesOf(
  dimension: Exclude<PartitionDimension, { kind: 'time' }>,
  { dynamicKeys }: PartitionExtent,
): readonly string[] {
  if (dimension.kind === 'static') return dimension.values;
  return dynamicKeys?.get(dimension.keys) ?? dimension.values ?? [];
}
