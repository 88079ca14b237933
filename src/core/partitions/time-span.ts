import type { TimeDimension } from './definition.ts';
import type { KeyProblem } from './key-problem.ts';
import { readPeriod } from './period.ts';
import { periodInstants } from './time-key.ts';
import { ordinalAt } from './timeline.ts';
import { timelineOf } from './timeline-of.ts';

/** Time from an instant up to another one, which does not belong to it. */
export interface TimeSpan {
  readonly start: number;
  readonly end: number;
}

/** The partitions of a time dimension that share time with a span that is not empty: the first, and the first after. */
export function overlapping(dimension: TimeDimension, { start, end }: TimeSpan): readonly [first: number, end: number] {
  const timeline = timelineOf(dimension);
  return [
    start === Number.NEGATIVE_INFINITY ? start : ordinalAt(timeline, start),
    end === Number.POSITIVE_INFINITY ? end : ordinalAt(timeline, end - 1) + 1,
  ];
}

export type SpanReading = ({ readonly kind: 'span' } & TimeSpan) | KeyProblem;

/**
 * What people mean by from and to, on assets of whatever grain: dates, months, weeks, years or times that both belong to
 * it, so that `2024-01` to `2024-03` is a quarter.
 *
 * @param dimension says in which zone the texts are.
 * @param from default: the beginning of time. @param to default: its end.
 */
export function readSpan(dimension: TimeDimension, from?: string, to?: string): SpanReading {
  const [first, last] = [from, to].map((text) => (text === undefined ? undefined : readPeriod(text)));
  for (const [text, period] of [[from, first] as const, [to, last] as const]) {
    if (text === undefined || period !== undefined) continue;
    return { kind: 'problem', message: `'${text}' is no date or time`, hint: 'Write 2024-03-31, 2024-03 or 2024-W13' };
  }
  const start = first ? periodInstants(dimension, first).start : Number.NEGATIVE_INFINITY;
  const end = last ? periodInstants(dimension, last).end : Number.POSITIVE_INFINITY;
  return start < end ? { kind: 'span', start, end } : { kind: 'problem', message: `'${to}' is before '${from}'` };
}
