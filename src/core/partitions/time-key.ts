import type { TimeDimension, TimeGrain } from './definition.ts';
import { gridOf } from './grid-of.ts';
import type { KeyProblem } from './key-problem.ts';
import { type Period, readPeriod } from './period.ts';
import { ordinalAt, ordinalOfStep, startOf, stepOf, type Timeline } from './timeline.ts';
import { timelineOf } from './timeline-of.ts';
import { dateOfWall, dateText, isoWeekOf, offsetText, timeText } from './wall.ts';
import { instantOf, instantsOf, offsetAt } from './zone.ts';

/**
 * The text of a time partition: its date, ISO week, month, quarter or year; for hours, minutes and cron the local time at
 * which it begins with its offset from UTC, which is `Z` in zone UTC. Weeks that begin on another day than Monday are
 * named by their first date. A moved boundary (`offset`) does not change the name.
 */
export function formatTimeKey(dimension: TimeDimension, ordinal: number): string {
  const timeline = timelineOf(dimension);
  if (isClockGrain(dimension.grain)) return clockText(timeline, startOf(timeline, ordinal), dimension.timezone);
  const wall = gridOf(dimension.grain).wallOf(stepOf(timeline, ordinal));
  const { year, month } = dateOfWall(wall);
  switch (keyForm(dimension.grain)) {
    case 'year':
      return String(year);
    case 'quarter':
      return `${year}-Q${Math.ceil(month / 3)}`;
    case 'month':
      return dateText(wall).slice(0, 7);
    case 'week':
      return weekText(wall);
    default:
      return dateText(wall);
  }
}

/**
 * The partition of a text, whether or not the definition's `start` and `end` include it. Hours, minutes and cron may be
 * written without the offset where the local time happens once, and with any other offset of the same instant.
 */
export function readTimeKey(dimension: TimeDimension, text: string): number | KeyProblem {
  const period = readPeriod(text);
  if (period === undefined) {
    return { kind: 'problem', message: `'${text}' is no date or time`, hint: `Write ${exampleKey(dimension)}` };
  }
  if (isClockGrain(dimension.grain)) return readClockKey(dimension, text, period);
  if (period.form !== keyForm(dimension.grain)) return otherForm(dimension, text, period);
  const step = gridOf(dimension.grain).stepAt(period.start);
  if (gridOf(dimension.grain).wallOf(step) !== period.start) return otherForm(dimension, text, period);
  const ordinal = ordinalOfStep(timelineOf(dimension), step);
  const message = `There is no ${text} in ${dimension.timezone}: clocks were set forward past it`;
  return ordinal ?? { kind: 'problem', message };
}

/** The instants between which a period lies in the dimension's zone. */
export function periodInstants(
  dimension: TimeDimension,
  period: Period,
): { readonly start: number; readonly end: number } {
  const { zone } = timelineOf(dimension);
  const instant = (wall: number): number =>
    period.offset === undefined ? instantOf(zone, wall) : wall - period.offset;
  return { start: instant(period.start), end: instant(period.end) };
}

/** Whether partitions are named by the time at which they begin rather than by a date. */
export function isClockGrain(grain: TimeGrain): boolean {
  return grain.kind === 'minutes' || grain.kind === 'hour' || grain.kind === 'cron';
}

/** The form of period that names a grain's partitions. */
export function keyForm(grain: TimeGrain): Period['form'] {
  switch (grain.kind) {
    case 'minutes':
    case 'hour':
    case 'cron':
      return 'time';
    case 'week':
      return grain.startsOn === 'monday' ? 'week' : 'day';
    default:
      return grain.kind;
  }
}

function readClockKey(dimension: TimeDimension, text: string, period: Period): number | KeyProblem {
  const timeline = timelineOf(dimension);
  const show = (instant: number): string => clockText(timeline, instant, dimension.timezone);
  const instants =
    period.offset === undefined ? instantsOf(timeline.zone, period.start) : [period.start - period.offset];
  const [instant, second] = instants;
  if (period.form !== 'time') return otherForm(dimension, text, period);
  if (instant === undefined) {
    const next = show(instantOf(timeline.zone, period.start));
    const message = `There is no ${text} in ${dimension.timezone}: clocks are set forward past it`;
    return { kind: 'problem', message, hint: `They go on with ${next}` };
  }
  if (second !== undefined) {
    const message = `${text} happens twice in ${dimension.timezone}`;
    return { kind: 'problem', message, hint: `Write ${show(instant)} or ${show(second)}` };
  }
  const ordinal = ordinalAt(timeline, instant);
  return startOf(timeline, ordinal) === instant ? ordinal : otherForm(dimension, text, period);
}

function otherForm(dimension: TimeDimension, text: string, period: Period): KeyProblem {
  const { start, end } = periodInstants(dimension, period);
  const timeline = timelineOf(dimension);
  const first = ordinalAt(timeline, start);
  const last = Math.max(first, ordinalAt(timeline, end - 1));
  const key = formatTimeKey(dimension, first);
  const hint = first === last ? `It lies in ${key}` : `It holds ${key} to ${formatTimeKey(dimension, last)}`;
  return {
    kind: 'problem',
    message: `'${text}' is not the name of a partition by ${grainText(dimension.grain)}`,
    hint,
  };
}

/** How messages name a grain: `day`, `15 minutes`, `3 hours`, `cron '0 6 * * *'`. */
export function grainText(grain: TimeGrain): string {
  if (grain.kind === 'minutes') {
    const { count } = grain;
    if (count % 60 === 0) return `${count / 60} hours`;
    return count === 1 ? 'minute' : `${count} minutes`;
  }
  return grain.kind === 'cron' ? `cron '${grain.expression}'` : grain.kind;
}

function exampleKey(dimension: TimeDimension): string {
  const period = readPeriod(dimension.start);
  const instant = period === undefined ? 0 : periodInstants(dimension, period).start;
  return `a partition like ${formatTimeKey(dimension, ordinalAt(timelineOf(dimension), instant))}`;
}

function clockText({ zone }: Timeline, instant: number, timezone: string): string {
  const offset = offsetAt(zone, instant);
  const wall = instant + offset;
  return `${dateText(wall)}T${timeText(wall)}${timezone === 'UTC' ? 'Z' : offsetText(offset)}`;
}

function weekText(wall: number): string {
  const { year, week } = isoWeekOf(wall);
  return `${year}-W${String(week).padStart(2, '0')}`;
}
