import type { PartitionDefinition } from '../definition.ts';
import { allPartitions, type PartitionExtent } from '../extent.ts';
import { readKey } from '../key.ts';
import { intersectKeys, isNone, type KeySet, keySetOf, type PartitionPoint, unionAllKeys } from '../key-set.ts';
import { overlapMapping, type PartitionMapping } from './mapping.ts';
import { type Relation, relationByRules } from './rules.ts';

/** How the partitions of a child and of a parent depend on each other. */
export interface PartitionLink {
  /** The parent's partitions that some of the child's read, of those that there are. */
  readonly upstream: (childKeys: KeySet) => KeySet;
  /** The child's partitions that read any of some of the parent's, of those that there are. */
  readonly downstream: (parentKeys: KeySet) => KeySet;
}

/**
 * Links a child to a parent. Works on ranges: the time for a question depends on the number of ranges, not of partitions.
 * An asset without partitions (`unpartitioned`) reads all partitions of its parents, and all partitions of its children
 * read it.
 *
 * @param extent decides which partitions there are on both sides.
 * @param mapping what `readMapping` gave for these two. Default: what overlaps in time and equals in shared dimensions.
 */
export function linkPartitions(
  child: PartitionDefinition,
  parent: PartitionDefinition,
  extent: PartitionExtent,
  mapping: PartitionMapping = overlapMapping,
): PartitionLink {
  const allOfChild = allPartitions(child, extent);
  const allOfParent = allPartitions(parent, extent);
  const relation = relationOf(child, parent, extent, mapping);
  return {
    upstream: (keys) => intersectKeys(allOfParent, relation.upstream(keys)),
    downstream: (keys) => intersectKeys(allOfChild, relation.downstream(intersectKeys(allOfParent, keys))),
  };
}

/**
 * What some of a child's partitions read of a parent, whether or not there are such partitions: in those of the parent's
 * dimensions of which not everything is read. Without such dimensions, all of it is.
 */
export function readSlice(
  child: PartitionDefinition,
  parent: PartitionDefinition,
  { extent, mapping = overlapMapping, keys }: SliceRead,
): { readonly definition: PartitionDefinition; readonly keys: KeySet } {
  const { narrowed } = relationOf(child, parent, extent, mapping);
  return { definition: { dimensions: narrowed.dimensions }, keys: narrowed.upstream(keys) };
}

export interface SliceRead {
  /** Decides which partition is the last one. */
  readonly extent: PartitionExtent;
  readonly mapping?: PartitionMapping | undefined;
  /** The child's partitions. */
  readonly keys: KeySet;
}

function relationOf(
  child: PartitionDefinition,
  parent: PartitionDefinition,
  extent: PartitionExtent,
  mapping: PartitionMapping,
): Relation {
  if (mapping.kind === 'keys') return relationByKeys(child, parent, mapping.parents);
  return relationByRules(child, parent, extent, mapping);
}

/** Explicit lists. Keys that are none are left out; `readMapping` has reported them. */
function relationByKeys(
  child: PartitionDefinition,
  parent: PartitionDefinition,
  parents: Readonly<Record<string, readonly string[]>>,
): Relation {
  const pairs = Object.entries(parents).map(([key, keys]) => ({
    reader: keySetOf(pointsOfKeys(child, [key])),
    read: keySetOf(pointsOfKeys(parent, keys)),
  }));
  const meet = (one: KeySet, other: KeySet): boolean => !isNone(intersectKeys(one, other));
  const upstream = (keys: KeySet): KeySet =>
    unionAllKeys(pairs.filter(({ reader }) => meet(reader, keys)).map(({ read }) => read));
  return {
    upstream,
    narrowed: { dimensions: parent.dimensions, upstream },
    downstream: (keys) => unionAllKeys(pairs.filter(({ read }) => meet(read, keys)).map(({ reader }) => reader)),
  };
}

function pointsOfKeys(definition: PartitionDefinition, keys: readonly string[]): PartitionPoint[] {
  const readings = keys.map((key) => readKey(definition, key));
  return readings.flatMap((reading) => (reading.kind === 'key' ? [reading.point] : []));
}
