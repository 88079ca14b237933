import type { TimeDimension } from './definition.ts';
import { localStartOf, ordinalAt, startOf } from './timeline.ts';
import { timelineOf } from './timeline-of.ts';
import { timestampText } from './wall.ts';

/** The time of one partition, or of several that follow each other. The end is the first instant that is not in it. */
export interface PartitionWindow {
  /** Milliseconds since 1970 in UTC. */
  readonly start: number;
  readonly end: number;
  /** For columns with UTC timestamps: `2024-03-30 23:00:00`. */
  readonly utc: TimestampRange;
  /**
   * For columns with local timestamps that carry no offset: `2024-03-31 00:00:00`. Such columns cannot tell apart the two
   * hours that clocks show twice: both belong to the second, when all rows are there, and the first is empty. So the
   * local ranges of all partitions, too, have neither gap nor overlap.
   */
  readonly local: TimestampRange;
}

/** Texts as SQL writes timestamps; rows from `start` and before `end`. */
export interface TimestampRange {
  readonly start: string;
  readonly end: string;
}

/**
 * The ordinal of the partition that an instant belongs to, whether or not the definition's start and end include it.
 * Ordinals have no holes: the next partition is one more, and a difference of ordinals is a count of partitions.
 */
export function partitionAt(dimension: TimeDimension, instant: number): number {
  return ordinalAt(timelineOf(dimension), instant);
}

/**
 * The window of a time partition.
 *
 * @param ordinal the partition's number on the dimension's timeline.
 * @param last the last of several partitions that follow each other. Default: only `ordinal`.
 */
export function windowOf(dimension: TimeDimension, ordinal: number, last = ordinal): PartitionWindow {
  const timeline = timelineOf(dimension);
  const [start, end] = [startOf(timeline, ordinal), startOf(timeline, last + 1)];
  return {
    start,
    end,
    utc: { start: timestampText(start), end: timestampText(end) },
    local: {
      start: timestampText(localStartOf(timeline, ordinal)),
      end: timestampText(localStartOf(timeline, last + 1)),
    },
  };
}
