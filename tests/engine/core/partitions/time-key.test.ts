import { describe, expect, it } from 'vitest';
import {
  formatTimeKey,
  partitionAt,
  readTimeKey,
  type TimeDimension,
  type TimeGrain,
  windowOf,
} from '../../../../src/core/index.ts';
import { time } from './dimensions.ts';

/** The key of the partition that an instant belongs to. */
const keyAt = (dimension: TimeDimension, instant: string): string =>
  formatTimeKey(dimension, partitionAt(dimension, Date.parse(instant)));

/** The keys of the partitions that begin between two instants. */
function keysBetween(dimension: TimeDimension, from: string, to: string): string[] {
  const [first, last] = [partitionAt(dimension, Date.parse(from)), partitionAt(dimension, Date.parse(to) - 1)];
  return Array.from({ length: last - first + 1 }, (_, index) => formatTimeKey(dimension, first + index));
}

const hoursOf = (dimension: TimeDimension, key: string): number => {
  const ordinal = readTimeKey(dimension, key);
  if (typeof ordinal !== 'number') throw new Error(ordinal.message);
  const { start, end } = windowOf(dimension, ordinal);
  return (end - start) / 3_600_000;
};

const problem = (dimension: TimeDimension, key: string): string => {
  const reading = readTimeKey(dimension, key);
  return typeof reading === 'number' ? 'no problem' : [reading.message, reading.hint].join(' | ');
};

const every = (count: number): TimeGrain => ({ kind: 'minutes', count });

describe('the key of a time partition', () => {
  const moment = '2024-03-31T14:35:10Z';

  it.each([
    [time('minutes'), '2024-03-31T14:35Z'],
    [time(every(15)), '2024-03-31T14:30Z'],
    [time(every(360)), '2024-03-31T12:00Z'],
    [time('hour'), '2024-03-31T14:00Z'],
    [time('hour', 'Asia/Bangkok'), '2024-03-31T21:00+07:00'],
    [time('hour', 'Europe/London'), '2024-03-31T15:00+01:00'],
    [time('day'), '2024-03-31'],
    [time('week'), '2024-W13'],
    [time({ kind: 'week', startsOn: 'sunday' }), '2024-03-31'],
    [time({ kind: 'week', startsOn: 'saturday' }), '2024-03-30'],
    [time('month'), '2024-03'],
    [time('quarter'), '2024-Q1'],
    [time('year'), '2024'],
    [time({ kind: 'cron', expression: '0 6 * * mon-fri' }), '2024-03-29T06:00Z'],
  ])('is what its grain and zone say: %#', (dimension, key) => {
    expect(keyAt(dimension, moment)).toBe(key);
    expect(formatTimeKey(dimension, Number(readTimeKey(dimension, key)))).toBe(key);
  });

  it('is named by the local date', () => {
    expect(keyAt(time('day', 'Asia/Tokyo'), moment)).toBe('2024-03-31');
    expect(keyAt(time('day', 'Asia/Tokyo'), '2024-03-31T15:00:00Z')).toBe('2024-04-01');
    expect(keyAt(time('month', 'America/Los_Angeles'), '2024-04-01T06:59:59Z')).toBe('2024-03');
  });

  it('of a week belongs to the ISO year', () => {
    expect(keyAt(time('week'), '2021-01-03T12:00:00Z')).toBe('2020-W53');
    expect(keyAt(time('week'), '2024-12-30T12:00:00Z')).toBe('2025-W01');
  });

  it('keeps its name where boundaries are moved', () => {
    const morning = time('day', 'Europe/Berlin', { offset: { hours: 6 } });
    expect(keyAt(morning, '2024-03-31T03:59:59Z')).toBe('2024-03-30');
    expect(keyAt(morning, '2024-03-31T04:00:00Z')).toBe('2024-03-31');
    const evening = time('day', 'UTC', { offset: { hours: -2 } });
    expect(keyAt(evening, '2024-03-30T22:00:00Z')).toBe('2024-03-31');
    const fiscal = time('year', 'UTC', { offset: { months: 3 } });
    expect(keyAt(fiscal, '2024-03-31T23:59:59Z')).toBe('2023');
    expect(keyAt(fiscal, '2024-04-01T00:00:00Z')).toBe('2024');
    const fifth = time('month', 'UTC', { offset: { days: 4 } });
    expect(keyAt(fifth, '2024-03-04T23:59:59Z')).toBe('2024-02');
    expect(keyAt(time(every(30), 'UTC', { offset: { minutes: 10 } }), moment)).toBe('2024-03-31T14:10Z');
  });
});

describe('days that are shorter or longer', () => {
  const berlin = time('day', 'Europe/Berlin');
  const hours = time('hour', 'Europe/Berlin');

  it('have 23 and 25 hours in Berlin', () => {
    expect(hoursOf(berlin, '2024-03-30')).toBe(24);
    expect(hoursOf(berlin, '2024-03-31')).toBe(23);
    expect(hoursOf(berlin, '2024-10-27')).toBe(25);
    expect(keysBetween(hours, '2024-03-30T23:00:00Z', '2024-03-31T22:00:00Z')).toHaveLength(23);
    expect(keysBetween(hours, '2024-10-26T22:00:00Z', '2024-10-27T23:00:00Z')).toHaveLength(25);
  });

  it('skip an hour and have one twice', () => {
    expect(keysBetween(hours, '2024-03-31T00:00:00Z', '2024-03-31T02:00:00Z')).toEqual([
      '2024-03-31T01:00+01:00',
      '2024-03-31T03:00+02:00',
    ]);
    expect(keysBetween(hours, '2024-10-27T00:00:00Z', '2024-10-27T02:00:00Z')).toEqual([
      '2024-10-27T02:00+02:00',
      '2024-10-27T02:00+01:00',
    ]);
  });

  it('leave quarters of a day at their local times', () => {
    const quarters = time(every(360), 'Europe/Berlin');
    expect(keysBetween(quarters, '2024-10-26T22:00:00Z', '2024-10-27T23:00:00Z')).toEqual([
      '2024-10-27T00:00+02:00',
      '2024-10-27T06:00+01:00',
      '2024-10-27T12:00+01:00',
      '2024-10-27T18:00+01:00',
    ]);
    expect(hoursOf(quarters, '2024-10-27T00:00+02:00')).toBe(7);
    expect(hoursOf(quarters, '2024-03-31T00:00+01:00')).toBe(5);
  });

  it.each([
    ['America/Sao_Paulo', '2018-11-04', 23, '2018-11-04T03:00:00Z'],
    ['America/Sao_Paulo', '2019-02-16', 25, '2019-02-16T02:00:00Z'],
    ['Asia/Beirut', '2024-03-31', 23, '2024-03-30T22:00:00Z'],
    ['Asia/Beirut', '2024-10-26', 25, '2024-10-25T21:00:00Z'],
    ['Africa/Cairo', '2024-04-26', 23, '2024-04-25T22:00:00Z'],
    ['Africa/Cairo', '2024-10-31', 25, '2024-10-30T21:00:00Z'],
    ['Australia/Lord_Howe', '2024-10-06', 23.5, '2024-10-05T13:30:00Z'],
    ['Australia/Lord_Howe', '2024-04-07', 24.5, '2024-04-06T13:00:00Z'],
    ['Pacific/Apia', '2011-12-29', 24, '2011-12-29T10:00:00Z'],
    ['Pacific/Apia', '2011-12-31', 24, '2011-12-30T10:00:00Z'],
  ])('%s %s has %f hours', (zone, key, hours, start) => {
    const dimension = time('day', zone);
    expect(hoursOf(dimension, key)).toBe(hours);
    expect(windowOf(dimension, Number(readTimeKey(dimension, key))).start).toBe(Date.parse(start));
  });

  it('do not exist where the date line moved over them', () => {
    const apia = time('day', 'Pacific/Apia');
    expect(keysBetween(apia, '2011-12-29T10:00:00Z', '2012-01-01T10:00:00Z')).toEqual([
      '2011-12-29',
      '2011-12-31',
      '2012-01-01',
    ]);
    expect(problem(apia, '2011-12-30')).toContain('There is no 2011-12-30 in Pacific/Apia');
    const kwajalein = time('day', 'Pacific/Kwajalein', { start: '1990-01-01' });
    expect(problem(kwajalein, '1993-08-21')).toContain('There is no 1993-08-21');
  });

  it('begin once where clocks fall back over midnight: St. John’s changed at one minute past', () => {
    const day = time('day', 'America/St_Johns');
    const ordinal = Number(readTimeKey(day, '2010-11-07'));
    expect(windowOf(day, ordinal).start).toBe(Date.parse('2010-11-07T02:30:00Z'));
    expect(hoursOf(day, '2010-11-07')).toBe(25);
    expect(hoursOf(day, '2010-11-06')).toBe(24);
    const hours = time('hour', 'America/St_Johns');
    expect(keysBetween(hours, '2010-11-07T01:30:00Z', '2010-11-07T04:30:00Z')).toEqual([
      '2010-11-06T23:00-02:30',
      '2010-11-07T00:00-02:30',
      '2010-11-07T00:00-03:30',
    ]);
  });

  it('of Lord Howe keep hours at full local hours, though clocks move by half an hour', () => {
    const hours = time('hour', 'Australia/Lord_Howe');
    expect(keysBetween(hours, '2024-04-06T14:00:00Z', '2024-04-06T16:30:00Z')).toEqual([
      '2024-04-07T01:00+11:00',
      '2024-04-07T02:00+10:30',
    ]);
    expect(hoursOf(hours, '2024-04-07T01:00+11:00')).toBe(1.5);
    expect(keysBetween(hours, '2024-10-05T14:30:00Z', '2024-10-05T16:00:00Z')).toEqual([
      '2024-10-06T01:00+10:30',
      '2024-10-06T02:30+11:00',
    ]);
  });
});

describe('a key that is read', () => {
  const hours = time('hour', 'Europe/Berlin', { start: '2024-01-01' });

  it('may leave out the offset where the local time happens once, and may have another one', () => {
    const ordinal = readTimeKey(hours, '2024-03-31T05:00+02:00');
    expect(ordinal).toEqual(expect.any(Number));
    for (const other of ['2024-03-31T05:00', '2024-03-31 05:00', '2024-03-31T03:00Z', '2024-03-31T05']) {
      expect(readTimeKey(hours, other)).toBe(ordinal);
    }
  });

  it('is refused where clocks show the time twice or never', () => {
    expect(problem(hours, '2024-10-27T02:00')).toBe(
      '2024-10-27T02:00 happens twice in Europe/Berlin | Write 2024-10-27T02:00+02:00 or 2024-10-27T02:00+01:00',
    );
    expect(problem(hours, '2024-03-31T02:00')).toBe(
      'There is no 2024-03-31T02:00 in Europe/Berlin: clocks are set forward past it | They go on with 2024-03-31T03:00+02:00',
    );
  });

  it.each([
    [time('hour'), '2024-03-31T02:10Z', 'It lies in 2024-03-31T02:00Z'],
    [time('hour'), '2024-03-31', 'It holds 2024-03-31T00:00Z to 2024-03-31T23:00Z'],
    [time('month'), '2024-03-31', 'It lies in 2024-03'],
    [time('day'), '2024-03', 'It holds 2024-03-01 to 2024-03-31'],
    [time('week'), '2024-03-31', 'It lies in 2024-W13'],
    [time({ kind: 'week', startsOn: 'sunday' }), '2024-04-01', 'It lies in 2024-03-31'],
    [time('quarter'), '2024-05', 'It lies in 2024-Q2'],
    [time('day'), '31.3.2024', 'Write a partition like 2000-01-01'],
    [time('day'), '2024-02-30', 'Write a partition like 2000-01-01'],
    [time('week'), '2023-W53', 'Write a partition like 1999-W52'],
    [time('day'), '', 'Write a partition like 2000-01-01'],
  ])('says which partition is meant: %#', (dimension, text, hint) => {
    expect(problem(dimension, text)).toContain(` | ${hint}`);
  });

  it.each([
    [1, 'minute'],
    [15, '15 minutes'],
    [90, '90 minutes'],
    [180, '3 hours'],
  ])('names a grain of %i minutes as it is written', (count, name) => {
    expect(problem(time(every(count)), '2024-03-31')).toContain(`a partition by ${name} |`);
  });
});
