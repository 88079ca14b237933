import { describe, expect, it } from 'vitest';
import { readTimeKey, type TimeDimension, windowOf } from '../../../../src/core/index.ts';
import { time } from './dimensions.ts';

const window = (dimension: TimeDimension, key: string, last = key) =>
  windowOf(dimension, Number(readTimeKey(dimension, key)), Number(readTimeKey(dimension, last)));

describe('the window of a partition', () => {
  it('is told as instants, in UTC and in local time', () => {
    expect(window(time('day', 'Europe/Berlin'), '2024-03-31')).toEqual({
      start: Date.parse('2024-03-30T23:00:00Z'),
      end: Date.parse('2024-03-31T22:00:00Z'),
      utc: { start: '2024-03-30 23:00:00', end: '2024-03-31 22:00:00' },
      local: { start: '2024-03-31 00:00:00', end: '2024-04-01 00:00:00' },
    });
  });

  it('of several partitions goes from the first to the last', () => {
    const { local } = window(time('month', 'Asia/Tokyo'), '2024-01', '2024-03');
    expect(local).toEqual({ start: '2024-01-01 00:00:00', end: '2024-04-01 00:00:00' });
  });

  it('begins at local midnight for rows even where clocks skip it', () => {
    const { local, utc } = window(time('day', 'America/Sao_Paulo'), '2018-11-04');
    expect(local).toEqual({ start: '2018-11-04 00:00:00', end: '2018-11-05 00:00:00' });
    expect(utc.start).toBe('2018-11-04 03:00:00');
  });

  it('gives rows of an hour that happens twice to the second one, when all of them are there', () => {
    const hours = time('hour', 'Europe/Berlin');
    const empty = { start: '2024-10-27 02:00:00', end: '2024-10-27 02:00:00' };
    expect(window(hours, '2024-10-27T02:00+02:00').local).toEqual(empty);
    expect(window(hours, '2024-10-27T02:00+01:00').local).toEqual({ ...empty, end: '2024-10-27 03:00:00' });
    const quarters = time({ kind: 'minutes', count: 15 }, 'Europe/Berlin');
    expect(window(quarters, '2024-10-27T02:45+02:00').local).toEqual(empty);
    expect(window(quarters, '2024-10-27T02:15+01:00').local.start).toBe('2024-10-27 02:15:00');
  });
});
