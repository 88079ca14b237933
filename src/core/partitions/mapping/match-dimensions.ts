import type { PartitionDefinition, PartitionDimension } from '../definition.ts';

/**
 * For each of the parent's dimensions the position of the child's that belongs to it: the one of the same name, or the
 * only time dimension that is left on both sides, or the first one left with the same values. Undefined without one.
 */
export function matchDimensions(child: PartitionDefinition, parent: PartitionDefinition): (number | undefined)[] {
  const matches: (number | undefined)[] = parent.dimensions.map(() => undefined);
  for (const belongs of [sameName, onlyTime(child, parent), sameValues]) {
    for (const [index, dimension] of parent.dimensions.entries()) {
      if (matches[index] !== undefined) continue;
      const found = child.dimensions.findIndex(
        (other, position) => !matches.includes(position) && belongs(other, dimension),
      );
      if (found >= 0) matches[index] = found;
    }
  }
  return matches;
}

function sameName(child: PartitionDimension, parent: PartitionDimension): boolean {
  return child.name === parent.name && (child.kind === 'time') === (parent.kind === 'time');
}

/** Time belongs to time where there is no choice. */
function onlyTime(child: PartitionDefinition, parent: PartitionDefinition): typeof sameName {
  const times = (dimensions: readonly PartitionDimension[], others: readonly PartitionDimension[]): number =>
    dimensions.filter((dimension) => dimension.kind === 'time' && !others.some((other) => sameName(dimension, other)))
      .length;
  const isOnly = times(child.dimensions, parent.dimensions) === 1 && times(parent.dimensions, child.dimensions) === 1;
  return (one, other) => isOnly && one.kind === 'time' && other.kind === 'time';
}

function sameValues(child: PartitionDimension, parent: PartitionDimension): boolean {
  if (child.kind === 'dynamic' && parent.kind === 'dynamic') return child.keys === parent.keys;
  if (child.kind !== 'static' || parent.kind !== 'static') return false;
  return child.values.length === parent.values.length && child.values.every((value) => parent.values.includes(value));
}
