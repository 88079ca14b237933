import type { Grid } from './grid.ts';
import { lastNotAbove, stretchAt, type ZoneOffsets } from './zone.ts';

/**
 * The partitions of a grain in a zone, numbered without holes in the order of time. A partition's number (its ordinal)
 * is worked out, never looked up: between two changes of a zone's offset, ordinals and the grid's steps differ by a
 * constant.
 *
 * Clocks that are set forward skip steps: one that they never show does not exist (December 30th 2011 in Apia), one whose
 * beginning they do not show begins at the jump. Clocks that are set back: a date begins once, when clocks reach it first;
 * hours and minutes begin whenever clocks arrive at their beginning, so that an hour stays an hour.
 */
export interface Timeline {
  readonly grid: Grid;
  readonly zone: ZoneOffsets;
  /** One for each stretch of the zone. */
  readonly stretches: readonly Stretch[];
  /** `begins` of all stretches, to search. */
  readonly begins: readonly number[];
}

interface Stretch {
  /** The ordinal of a partition that begins in this stretch, less its step. */
  readonly shift: number;
  /** The ordinal of the first partition that begins in this stretch or later. */
  readonly begins: number;
  /** The step at the stretch's beginning and at its end. */
  readonly first: number;
  readonly last: number;
  /** The lowest step that clocks come back to after this stretch. */
  readonly comesBack: number;
}

export function makeTimeline(grid: Grid, zone: ZoneOffsets): Timeline {
  const stretches: Omit<Stretch, 'comesBack'>[] = [];
  for (let index = 0; index < zone.from.length; index += 1) {
    const before = stretches[index - 1];
    const wall = zone.from[index]! + zone.offset[index]!;
    const end = (zone.from[index + 1] ?? Number.POSITIVE_INFINITY) + zone.offset[index]!;
    stretches.push(before === undefined ? openStretch(grid, end) : nextStretch(grid, before, wall, end));
  }
  let comesBack = Number.POSITIVE_INFINITY;
  const complete: Stretch[] = [];
  for (const stretch of stretches.toReversed()) {
    complete.push({ ...stretch, comesBack });
    comesBack = Math.min(comesBack, stretch.first);
  }
  complete.reverse();
  return { grid, zone, stretches: complete, begins: complete.map((stretch) => stretch.begins) };
}

/** The ordinal of the partition that an instant belongs to. */
export function ordinalAt({ grid, zone, stretches }: Timeline, instant: number): number {
  const index = stretchAt(zone, instant);
  const stretch = stretches[index]!;
  const step = grid.stepAt(instant + zone.offset[index]!);
  return stretch.shift + (grid.repeats ? step : Math.max(step, stretch.first));
}

/** The instant at which a partition begins; it ends where the next one begins. */
export function startOf({ grid, zone, stretches, begins }: Timeline, ordinal: number): number {
  const index = lastNotAbove(begins, ordinal);
  return Math.max(grid.wallOf(ordinal - stretches[index]!.shift) - zone.offset[index]!, zone.from[index]!);
}

/** The step of the grid that a partition stands for. */
export function stepOf({ stretches, begins }: Timeline, ordinal: number): number {
  return ordinal - stretches[lastNotAbove(begins, ordinal)]!.shift;
}

/** The partition of a step, for grids that do not repeat; undefined where clocks have skipped it. */
export function ordinalOfStep({ stretches }: Timeline, step: number): number | undefined {
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (stretches[middle]!.first <= step) low = middle;
    else high = middle - 1;
  }
  const stretch = stretches[low]!;
  return step > stretch.last ? undefined : stretch.shift + step;
}

/**
 * Where a partition begins for rows that carry local time without an offset. These local beginnings have neither gap nor
 * overlap: times that clocks show twice belong to the second time, when all such rows are there, and the partitions of
 * the first time are empty.
 */
export function localStartOf({ grid, stretches, begins }: Timeline, ordinal: number): number {
  const stretch = stretches[lastNotAbove(begins, ordinal)]!;
  return grid.wallOf(Math.min(ordinal - stretch.shift, stretch.comesBack));
}

/** Ordinals of the time before all changes are the steps themselves. */
function openStretch(grid: Grid, end: number): Omit<Stretch, 'comesBack'> {
  const first = Number.NEGATIVE_INFINITY;
  return { shift: 0, begins: first, first, last: lastStep(grid, end, first) };
}

function nextStretch(
  grid: Grid,
  before: Omit<Stretch, 'comesBack'>,
  wall: number,
  end: number,
): Omit<Stretch, 'comesBack'> {
  const step = grid.stepAt(wall);
  const first = grid.repeats ? step : Math.max(step, before.last);
  const begins = first > before.last || (grid.repeats && grid.wallOf(first) === wall);
  const shift = before.shift + before.last + (begins ? 1 : 0) - first;
  return { shift, begins: shift + first + (begins ? 0 : 1), first, last: lastStep(grid, end, first) };
}

function lastStep(grid: Grid, end: number, first: number): number {
  if (end === Number.POSITIVE_INFINITY) return end;
  const step = grid.stepAt(end - 1);
  return grid.repeats ? step : Math.max(step, first);
}
