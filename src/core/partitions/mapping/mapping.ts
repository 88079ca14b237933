/**
 * Which of a parent's partitions a partition of a child reads. A rule that stands alone is meant for all of the parent's
 * dimensions, as far as it fits: `offset` and `last` for time (`last` for values, too, if the parent has no time), `overlap`
 * for the others.
 */
export type PartitionMapping =
  | DimensionRule
  /** A rule for each of the parent's dimensions by name; `overlap` for those that are not named. */
  | { readonly kind: 'dimensions'; readonly rules: Readonly<Record<string, DimensionRule>> }
  /** The parent's keys by the child's key; a key that is not listed reads nothing. */
  | { readonly kind: 'keys'; readonly parents: Readonly<Record<string, readonly string[]>> };

/** Which places of one of the parent's dimensions are read. */
export type DimensionRule =
  /** What shares time, or has the same value; everything if the child has no such dimension. */
  | { readonly kind: 'overlap' }
  | { readonly kind: 'all' }
  /** The newest time; the value that stands or was added last. */
  | { readonly kind: 'last' }
  /**
   * Counted in the parent's partitions: `start` is added to the first one that shares time with the child's partition,
   * `end` to the last one. -1 and 0 add the one before.
   */
  | { readonly kind: 'offset'; readonly start: number; readonly end: number };

/** What overlaps in time and equals in shared dimensions. */
export const overlapMapping: PartitionMapping = { kind: 'overlap' };

/** The rule for one of the parent's dimensions. */
export function ruleFor(
  mapping: Exclude<PartitionMapping, { kind: 'keys' }>,
  dimension: { readonly name: string; readonly kind: string },
  parentHasTime: boolean,
): DimensionRule {
  const overlap: DimensionRule = { kind: 'overlap' };
  if (mapping.kind === 'dimensions') {
    return Object.hasOwn(mapping.rules, dimension.name) ? mapping.rules[dimension.name]! : overlap;
  }
  const isForTime = mapping.kind === 'offset' || (mapping.kind === 'last' && parentHasTime);
  return isForTime && dimension.kind !== 'time' ? overlap : mapping;
}
