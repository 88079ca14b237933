import { type Coordinates, edgesOf, ordinalRanges } from '../coordinates.ts';
import type { TimeDimension } from '../definition.ts';
import { overlapping } from '../time-span.ts';
import { startOf } from '../timeline.ts';
import { timelineOf } from '../timeline-of.ts';

/** Added to the first and to the last of a range of ordinals. */
export interface Shift {
  readonly start: number;
  readonly end: number;
}

/**
 * The ordinals of one time dimension that share time with ordinals of another, range by range. Partitions that follow each
 * other cover time without a gap, so that a range stays a range.
 *
 * @param before added to the ordinals of `from`, `after` to those of `to`.
 */
export function mapTime(
  places: Coordinates,
  from: TimeDimension,
  to: TimeDimension,
  { before = noShift, after = noShift }: { readonly before?: Shift; readonly after?: Shift } = {},
): Coordinates {
  if (places.kind !== 'ranges') throw new Error('A time dimension has ranges');
  const timeline = timelineOf(from);
  const isSame = timeline === timelineOf(to);
  const mapped = ordinalRanges(places.edges).map(([first, end]) => {
    const shifted: readonly [number, number] = [first + before.start, end + before.end];
    const [begin, stop] = isSame ? shifted : share(shifted);
    return [begin + after.start, stop + after.end] as const;
  });
  return { kind: 'ranges', edges: edgesOf(mapped) };

  function share([first, end]: readonly [number, number]): readonly [number, number] {
    return overlapping(to, { start: startOf(timeline, first), end: startOf(timeline, end) });
  }
}

const noShift: Shift = { start: 0, end: 0 };
