// The partitions of an asset: definitions, keys, windows, sets of keys, mappings. Knows neither projects nor warehouses.
export { boundsOf } from './bounds.ts';
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
export { allPartitions, allPlaces, type PartitionExtent, stillThere } from './extent.ts';
export { formatKey, formatPart, readKey, readPart } from './key.ts';
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
  keySetOf,
  noKeys,
  type PartitionPoint,
  sameKeys,
  subtractKeys,
  unionAllKeys,
  unionKeys,
  wholeKey,
} from './key-set.ts';
export { formatKeySet, readKeySet } from './key-set-text.ts';
export { linkPartitions, type PartitionLink, readSlice } from './mapping/link.ts';
export { overlapMapping, type PartitionMapping, ruleFor } from './mapping/mapping.ts';
export { matchDimensions } from './mapping/match-dimensions.ts';
export { readMapping } from './read/read-mapping.ts';
export {
  type NamedPartitions,
  type PartitionsReading,
  partitionShapes,
  readNamedPartitions,
  readPartitions,
} from './read/read-partitions.ts';
export { formatTimeKey, grainText, readTimeKey } from './time-key.ts';
export { overlapping, readSpan } from './time-span.ts';
export { pointAt, pointsOf, type WalkOrder } from './walk.ts';
export { partitionAt, windowOf } from './window.ts';
