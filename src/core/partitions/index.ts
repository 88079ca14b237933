// The partitions of an asset: definitions, keys, windows, sets of keys, mappings. Knows neither projects nor warehouses.
export { boundsOf, type TimeBounds } from './bounds.ts';
export {
  both,
  type Coordinate,
  type Coordinates,
  combineCoordinates,
  either,
  isEmpty,
  onlyFirst,
  ordinalRange,
  ordinalRanges,
  sameCoordinates,
  textCoordinates,
  unionCoordinates,
} from './coordinates.ts';
export * from './definition.ts';
export { allPartitions, allPlaces, type PartitionExtent } from './extent.ts';
export { type DynamicKeys, formatKey, formatPart, type KeyReading, readKey, readPart } from './key.ts';
export type { KeyProblem } from './key-problem.ts';
export {
  boxesOf,
  boxOf,
  containsAll,
  containsPoint,
  countKeys,
  intersectKeys,
  isNone,
  type KeySet,
  type KeySetRow,
  keySetOf,
  noKeys,
  type PartitionPoint,
  sameKeys,
  subtractKeys,
  unionAllKeys,
  unionKeys,
  wholeKey,
} from './key-set.ts';
export { formatKeySet, type KeySetReading, readKeySet } from './key-set-text.ts';
export { linkPartitions, type PartitionLink, readSlice, type SliceRead } from './mapping/link.ts';

export { type DimensionRule, overlapMapping, type PartitionMapping, ruleFor } from './mapping/mapping.ts';
export { matchDimensions } from './mapping/match-dimensions.ts';
export type { PartitionsConfig } from './read/config.ts';
export type { PartitionProblem } from './read/problems.ts';
export { type MappingReading, readMapping } from './read/read-mapping.ts';
export {
  type NamedPartitions,
  type PartitionsReading,
  partitionShapes,
  readNamedPartitions,
  readPartitions,
} from './read/read-partitions.ts';
export { formatTimeKey, grainText, readTimeKey } from './time-key.ts';
export { overlapping, readSpan, type SpanReading, type TimeSpan } from './time-span.ts';
export { pointAt, pointsOf, type WalkOrder } from './walk.ts';
export { type PartitionWindow, partitionAt, type TimestampRange, windowOf } from './window.ts';
