import { noOffset, type TimeDimension, type TimeGrain, type TimeOffset } from '../../../../src/core/index.ts';

/** A time dimension for tests; whole days in UTC from 2000 unless told otherwise. */
export function time(
  grain: TimeGrain | TimeGrain['kind'],
  timezone = 'UTC',
  more: Partial<Omit<TimeDimension, 'offset'>> & { readonly offset?: Partial<TimeOffset> } = {},
): TimeDimension {
  const whole = typeof grain === 'string' ? named(grain) : grain;
  const offset = { ...noOffset, ...more.offset };
  return { kind: 'time', name: 'time', start: '2000-01-01', ...more, grain: whole, timezone, offset };
}

function named(kind: TimeGrain['kind']): TimeGrain {
  if (kind === 'week') return { kind, startsOn: 'monday' };
  if (kind === 'minutes') return { kind, count: 1 };
  return kind === 'cron' ? { kind, expression: '0 6 * * *' } : { kind };
}
