import { both, type Coordinates, combineCoordinates, isEmpty } from '../coordinates.ts';
import type { PartitionDefinition, PartitionDimension } from '../definition.ts';
import { allPlaces, lastPlace, type PartitionExtent } from '../extent.ts';
import { boxesOf, boxOf, type KeySet, noKeys, unionAllKeys } from '../key-set.ts';
import { type DimensionRule, type PartitionMapping, ruleFor } from './mapping.ts';
import { matchDimensions } from './match-dimensions.ts';
import { mapTime } from './time-rule.ts';

/** Two ways between the partitions of a child and of a parent, whether or not there are such partitions. */
export interface Relation {
  readonly upstream: (childKeys: KeySet) => KeySet;
  readonly downstream: (parentKeys: KeySet) => KeySet;
  /** What of the parent is read, in those of its dimensions that are not read whole. */
  readonly narrowed: { readonly dimensions: readonly PartitionDimension[]; readonly upstream: Relation['upstream'] };
}

/** Rules: a box of one side is a box of the other, dimension by dimension. */
export function relationByRules(
  child: PartitionDefinition,
  parent: PartitionDefinition,
  extent: PartitionExtent,
  mapping: Exclude<PartitionMapping, { kind: 'keys' }>,
): Relation {
  const matches = matchDimensions(child, parent);
  const hasTime = parent.dimensions.some(({ kind }) => kind === 'time');
  const sides = parent.dimensions.map((dimension, index) => {
    const rule = ruleFor(mapping, dimension, hasTime);
    return sideOf(dimension, child.dimensions[matches[index] ?? -1], rule, extent);
  });
  const allOfChild = child.dimensions.map((dimension) => allPlaces(dimension, extent));
  const isNarrowed = (index: number): boolean => {
    const side = sides[index]!;
    return !('read' in side && side.whole);
  };
  return {
    upstream: (keys) => unionAllKeys(boxesOf(keys).map((box) => boxOf(parentsOf(box)))),
    downstream: (keys) => unionAllKeys(boxesOf(keys).map(childrenOf)),
    narrowed: {
      dimensions: parent.dimensions.filter((_, index) => isNarrowed(index)),
      upstream: (keys) =>
        unionAllKeys(boxesOf(keys).map((box) => boxOf(parentsOf(box).filter((_, index) => isNarrowed(index))))),
    },
  };

  function parentsOf(box: readonly Coordinates[]): Coordinates[] {
    return sides.map((side, index) => ('read' in side ? side.read : side.up(box[matches[index]!]!)));
  }

  function childrenOf(box: readonly Coordinates[]): KeySet {
    const places = [...allOfChild];
    for (const [index, side] of sides.entries()) {
      if ('down' in side) places[matches[index]!] = side.down(box[index]!);
      else if (isEmpty(combineCoordinates(box[index]!, side.read, both))) return noKeys;
    }
    return boxOf(places);
  }
}

/** What one of the parent's dimensions has to do with the child. */
type Side =
  /** All of the child's partitions read the same places; `whole`: all that there are. */
  | { readonly read: Coordinates; readonly whole: boolean }
  /** The places that belong to places of the child's dimension, and the other way round. */
  | { readonly up: (places: Coordinates) => Coordinates; readonly down: (places: Coordinates) => Coordinates };

function sideOf(
  parent: PartitionDimension,
  child: PartitionDimension | undefined,
  rule: DimensionRule,
  extent: PartitionExtent,
): Side {
  if (rule.kind === 'last') return { read: lastPlace(parent, extent), whole: false };
  if (rule.kind === 'all' || child === undefined) return { read: allPlaces(parent, extent), whole: true };
  if (parent.kind !== 'time' || child.kind !== 'time') return { up: (places) => places, down: (places) => places };
  if (rule.kind === 'overlap') {
    return { up: (places) => mapTime(places, child, parent), down: (places) => mapTime(places, parent, child) };
  }
  const back = { start: -rule.end, end: -rule.start };
  return {
    up: (places) => mapTime(places, child, parent, { after: rule }),
    down: (places) => mapTime(places, parent, child, { before: back }),
  };
}
