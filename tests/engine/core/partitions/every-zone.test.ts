import { describe, expect, it } from 'vitest';
import type { TimeDimension } from '../../../../src/core/partitions/definition.ts';
import { formatTimeKey, isClockGrain, readTimeKey } from '../../../../src/core/partitions/time-key.ts';
import { localStartOf, ordinalAt, startOf, stepOf, type Timeline } from '../../../../src/core/partitions/timeline.ts';
import { timelineOf } from '../../../../src/core/partitions/timeline-of.ts';
import { offsetAt, zoneOffsets } from '../../../../src/core/partitions/zone.ts';
import { time } from './dimensions.ts';

const hour = 3_600_000;
const day = 24 * hour;
const begin = Date.UTC(2000, 0, 1);
const end = Date.UTC(2041, 0, 1);

const grains: readonly ((zone: string) => TimeDimension)[] = [
  (zone) => time('minutes', zone),
  (zone) => time({ kind: 'minutes', count: 15 }, zone),
  (zone) => time({ kind: 'minutes', count: 360 }, zone),
  (zone) => time('hour', zone),
  (zone) => time('hour', zone, { offset: { minutes: 20 } }),
  (zone) => time('day', zone),
  (zone) => time('day', zone, { offset: { hours: 2, minutes: 30 } }),
  (zone) => time('week', zone),
  (zone) => time({ kind: 'week', startsOn: 'sunday' }, zone),
  (zone) => time('month', zone),
  (zone) => time('quarter', zone),
  (zone) => time('year', zone, { offset: { months: 3 } }),
  (zone) => time({ kind: 'cron', expression: '30 2 * * *' }, zone),
  (zone) => time({ kind: 'cron', expression: '0 * * * *' }, zone),
];

describe.each(Intl.supportedValuesOf('timeZone'))('%s, 2000 to 2040', (zone) => {
  const changes = changesOf(zone);

  it('has the offset that Intl shows, and partitions of every grain without gap or overlap', () => {
    expect(offsetProblems(zone, changes)).toEqual([]);
    expect(grains.flatMap((grain) => problemsOf(grain(zone), changes))).toEqual([]);
  });
});

function offsetProblems(zone: string, changes: readonly number[]): string[] {
  const shown = offsetByIntl(zone);
  const offsets = zoneOffsets(zone);
  const instants = changes.flatMap((change) => [change - 1000, change]);
  for (let instant = begin; instant < end; instant += 997 * day) instants.push(instant);
  const wrong = instants.filter((instant) => offsetAt(offsets, instant) !== shown(instant));
  return wrong.map((instant) => new Date(instant).toISOString());
}

/** What is not as it should be around the changes of a zone's offset, and here and there between them. */
function problemsOf(dimension: TimeDimension, changes: readonly number[]): string[] {
  const timeline = timelineOf(dimension);
  const problems: string[] = [];
  const ordinals = new Set<number>();
  for (const instant of [begin, ...changes, end]) {
    const at = ordinalAt(timeline, instant);
    for (const ordinal of [at - 1, at, at + 1]) ordinals.add(ordinal);
    for (const moment of [instant - 1, instant]) {
      const ordinal = ordinalAt(timeline, moment);
      const isWithin = startOf(timeline, ordinal) <= moment && moment < startOf(timeline, ordinal + 1);
      if (!isWithin)
        problems.push(`${dimension.grain.kind} ${ordinal}: does not hold ${new Date(moment).toISOString()}`);
    }
    // An hour away local times that happen twice have begun or ended.
    ordinals.add(ordinalAt(timeline, instant - hour)).add(ordinalAt(timeline, instant + hour));
  }
  for (const ordinal of ordinals) {
    const problem = problemOf(dimension, timeline, ordinal);
    if (problem !== undefined) problems.push(`${dimension.grain.kind} ${ordinal}: ${problem}`);
  }
  return problems;
}

function problemOf(dimension: TimeDimension, timeline: Timeline, ordinal: number): string | undefined {
  const [start, next] = [startOf(timeline, ordinal), startOf(timeline, ordinal + 1)];
  if (!(start < next)) return 'does not end after it begins';
  if (ordinalAt(timeline, start) !== ordinal || ordinalAt(timeline, next - 1) !== ordinal) return 'has other instants';
  if (localStartOf(timeline, ordinal) > localStartOf(timeline, ordinal + 1)) return 'ends before it begins, locally';
  const key = formatTimeKey(dimension, ordinal);
  if (readTimeKey(dimension, key) !== ordinal) return `is not what its key ${key} says`;
  if (isClockGrain(dimension.grain)) return Date.parse(key) === start ? undefined : `does not begin at ${key}`;
  const named = timeline.grid.wallOf(stepOf(timeline, ordinal));
  const wallAt = (instant: number): number => instant + offsetAt(timeline.zone, instant);
  const isFirst = wallAt(start) >= named && wallAt(start - 1) < named;
  return isFirst ? undefined : 'does not begin when clocks reach its first time';
}

/** The changes of a zone's offset; of those that differ in the date alone the first three and every fifth. */
function changesOf(zone: string): number[] {
  const { from, offset } = zoneOffsets(zone);
  const seen = new Map<string, number>();
  return from.filter((instant, index) => {
    if (instant < begin || instant >= end) return false;
    const kind = [offset[index - 1], offset[index], instant % day].join();
    const count = seen.get(kind) ?? 0;
    seen.set(kind, count + 1);
    return count < 3 || count % 5 === 0;
  });
}

/** Another way to ask than the one that is tested. */
function offsetByIntl(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  return (instant) => {
    const match = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(format.format(instant));
    const [, sign, hours = 0, minutes = 0, seconds = 0] = match ?? [];
    const size = Number(hours) * hour + Number(minutes) * 60_000 + Number(seconds) * 1000;
    return sign === '-' ? -size : size;
  };
}
