import { readInstant } from './instant.ts';
import type { JsonObject } from './json.ts';

/** A microbatch model is kept in stretches of this length, counted in UTC. */
export const batchSizes = ['hour', 'day', 'month', 'year'] as const;
export type BatchSize = (typeof batchSizes)[number];

/** From `start` up to, not including, `end`. */
export type BatchSpan = readonly [start: Date, end: Date];

export interface BatchRange {
  readonly size: BatchSize;
  /** Whether the table is there, so that only what is recent is built again. */
  readonly incremental: boolean;
  /** Where the data begins; needed when the table is built from nothing. */
  readonly begin: Date | undefined;
  /** How many batches before the current one are built again. */
  readonly lookback: number;
  /** `--event-time-start` and `--event-time-end`. */
  readonly start: Date | undefined;
  readonly end: Date | undefined;
  readonly now: Date;
}

/** The batches of a microbatch model that dbt would build, oldest first; undefined when nothing says where to begin. */
export function microbatches(range: BatchRange): readonly BatchSpan[] | undefined {
  const { size } = range;
  const end = ceiling(range.end ?? range.now, size);
  const start = startOf(range, end);
  if (start === undefined) return undefined;
  const batches: BatchSpan[] = [];
  let from = start;
  do {
    const to = moved(from, size, 1);
    batches.push([from, to < end ? to : end]);
    from = to;
  } while (from < end);
  return batches;
}

/** What of a range a model's settings say. */
export function batchSettings({ batch_size: size, begin, lookback }: JsonObject): {
  /** Undefined: it is none of the sizes that there are. */
  readonly size: BatchSize | undefined;
  readonly begin: Date | undefined;
  readonly lookback: number;
} {
  return {
    size: batchSizes.find((known) => known === size),
    begin: typeof begin === 'string' ? readInstant(begin) : undefined,
    lookback: typeof lookback === 'number' ? lookback : 1,
  };
}

/** dbt's id of a batch: its start without separators, as exact as its size. */
export function batchId([start]: BatchSpan, size: BatchSize): string {
  return batchLabel([start, start], size).replaceAll('-', '');
}

/** The same for people: `2024-01-31`. */
export function batchLabel([start]: BatchSpan, size: BatchSize): string {
  return start.toISOString().slice(0, { year: 4, month: 7, day: 10, hour: 13 }[size]);
}

function startOf({ size, incremental, begin, lookback, start }: BatchRange, end: Date): Date | undefined {
  if (start) return truncated(start, size);
  if (!incremental) return begin && truncated(begin, size);
  // An end that lies on the line belongs to the batch before it.
  const onTheLine = end.getTime() === truncated(end, size).getTime();
  return moved(end, size, -(onTheLine ? lookback + 1 : lookback));
}

/** The start of the batch that a moment lies in, moved by a number of batches. */
function moved(at: Date, size: BatchSize, count: number): Date {
  const step = { year: 0, month: 0, day: 0, hour: 0, [size]: count };
  const from = truncated(at, size);
  return new Date(
    Date.UTC(
      from.getUTCFullYear() + step.year,
      from.getUTCMonth() + step.month,
      from.getUTCDate() + step.day,
      from.getUTCHours() + step.hour,
    ),
  );
}

function truncated(at: Date, size: BatchSize): Date {
  const level = batchSizes.indexOf(size);
  return new Date(
    Date.UTC(
      at.getUTCFullYear(),
      level <= 2 ? at.getUTCMonth() : 0,
      level <= 1 ? at.getUTCDate() : 1,
      level === 0 ? at.getUTCHours() : 0,
    ),
  );
}

function ceiling(at: Date, size: BatchSize): Date {
  const floor = truncated(at, size);
  return floor.getTime() === at.getTime() ? at : moved(floor, size, 1);
}
