import type { TimeDimension } from './definition.ts';
import { readPeriod } from './period.ts';
import { keyForm, periodInstants, readTimeKey } from './time-key.ts';
import { ordinalAt, startOf } from './timeline.ts';
import { timelineOf } from './timeline-of.ts';

/** Ordinals of a time dimension's partitions: from `first`, and below `end`, which is infinity without an `end`. */
export interface TimeBounds {
  readonly first: number;
  readonly end: number;
}

const known = new WeakMap<TimeDimension, TimeBounds>();

/**
 * The partitions between `start` and `end`. Either may be a key (a date for days, a month for months, …); any other date
 * or time means the partition that it lies in, so that nothing after `start` or before `end` is left out.
 */
export function boundsOf(dimension: TimeDimension): TimeBounds {
  const found = known.get(dimension);
  if (found !== undefined) return found;
  const { start, end } = dimension;
  const first = boundaryOf(dimension, start, false);
  const bounds = { first, end: end === undefined ? Number.POSITIVE_INFINITY : boundaryOf(dimension, end, true) };
  known.set(dimension, bounds);
  return bounds;
}

/** The partitions that have ended at an instant, of those that there are. */
export function completeAt(dimension: TimeDimension, now: number): TimeBounds {
  const { first, end } = boundsOf(dimension);
  return { first, end: Math.max(first, Math.min(end, ordinalAt(timelineOf(dimension), now))) };
}

/** The partitions that have begun at an instant, of those that there are: the last one may still go on. */
export function begunAt(dimension: TimeDimension, now: number): TimeBounds {
  const { first, end } = boundsOf(dimension);
  return { first, end: Math.max(first, Math.min(end, ordinalAt(timelineOf(dimension), now) + 1)) };
}

function boundaryOf(dimension: TimeDimension, text: string, isEnd: boolean): number {
  const period = readPeriod(text);
  if (period === undefined) throw new Error(`'${text}' is no date or time`);
  const named = period.form === keyForm(dimension.grain) ? readTimeKey(dimension, text) : undefined;
  if (typeof named === 'number') return named;
  const timeline = timelineOf(dimension);
  const { start } = periodInstants(dimension, period);
  const ordinal = ordinalAt(timeline, start);
  return isEnd && startOf(timeline, ordinal) !== start ? ordinal + 1 : ordinal;
}
