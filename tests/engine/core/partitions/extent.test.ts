import { describe, expect, it } from 'vitest';
import {
  allPartitions,
  countKeys,
  formatKey,
  formatKeySet,
  type PartitionDefinition,
  type PartitionDimension,
  pointsOf,
  readSpan,
  unpartitioned,
} from '../../../../src/core/index.ts';
import { time } from './dimensions.ts';

const at = (instant: string) => ({ now: Date.parse(instant) });

function keys(dimension: PartitionDimension, now: string, current = false): string[] {
  const definition: PartitionDefinition = { dimensions: [dimension] };
  const all = allPartitions(definition, { ...at(now), current });
  return [...pointsOf(all)].map((point) => formatKey(definition, point));
}

describe('all partitions', () => {
  it('are those from the start that are complete now', () => {
    const berlin = time('day', 'Europe/Berlin', { start: '2024-03-30' });
    expect(keys(berlin, '2024-03-31T21:59:59Z')).toEqual(['2024-03-30']);
    expect(keys(berlin, '2024-03-31T22:00:00Z')).toEqual(['2024-03-30', '2024-03-31']);
    expect(keys(berlin, '2024-03-30T10:00:00Z')).toEqual([]);
    expect(keys(berlin, '2020-01-01T00:00:00Z')).toEqual([]);
  });

  it('are also the one that goes on, if that is asked for', () => {
    const berlin = time('day', 'Europe/Berlin', { start: '2024-03-30' });
    expect(keys(berlin, '2024-03-31T21:59:59Z', true)).toEqual(['2024-03-30', '2024-03-31']);
    expect(keys(berlin, '2024-03-29T12:00:00Z', true)).toEqual([]);
  });

  it('end before the end', () => {
    expect(keys(time('month', 'UTC', { start: '2024-01', end: '2024-03' }), '2030-01-01')).toEqual([
      '2024-01',
      '2024-02',
    ]);
    expect(keys(time('month', 'UTC', { start: '2024-01', end: '2024-03-02' }), '2030-01-01')).toHaveLength(3);
  });

  it('begin with the partition that the start lies in, or that it names', () => {
    const first = (dimension: PartitionDimension): string | undefined => keys(dimension, '2030-01-01')[0];
    expect(first(time('month', 'UTC', { start: '2024-01-15' }))).toBe('2024-01');
    expect(first(time('week', 'UTC', { start: '2024-01-03' }))).toBe('2024-W01');
    expect(first(time({ kind: 'week', startsOn: 'sunday' }, 'UTC', { start: '2024-01-01' }))).toBe('2023-12-31');
    expect(first(time('day', 'UTC', { start: '2024-01-01', offset: { hours: 6 } }))).toBe('2024-01-01');
    expect(first(time('year', 'UTC', { start: '2024', offset: { months: 3 } }))).toBe('2024');
    expect(first(time('year', 'UTC', { start: '2024-01-01', offset: { months: 3 } }))).toBe('2023');
    expect(first(time('hour', 'Asia/Kolkata', { start: '2029-12-31 06:30' }))).toBe('2029-12-31T06:00+05:30');
    expect(first(time('hour', 'Asia/Kolkata', { start: '2029-12-31' }))).toBe('2029-12-31T00:00+05:30');
  });

  it('of products are all combinations, and of an asset without partitions the whole', () => {
    const definition: PartitionDefinition = {
      dimensions: [
        time('day', 'UTC', { start: '2024-01-01' }),
        { kind: 'static', name: 'region', values: ['US', 'EU'] },
        { kind: 'dynamic', name: 'tenant', keys: 'tenants' },
      ],
    };
    const extent = { ...at('2024-01-04'), dynamicKeys: new Map([['tenants', ['b', 'a']]]) };
    const all = allPartitions(definition, extent);
    expect(formatKeySet(definition, all)).toBe('2024-01-01..2024-01-03|EU,US|a,b');
    expect(countKeys(allPartitions(definition, at('2024-01-04')))).toBe(0);
    expect(countKeys(allPartitions(unpartitioned, at('2024-01-04')))).toBe(1);
  });
});

describe('from and to', () => {
  const berlin = time('day', 'Europe/Berlin');

  it('both belong to the span, in the zone of the partitions', () => {
    expect(readSpan(berlin, '2024-01', '2024-03')).toEqual({
      kind: 'span',
      start: Date.parse('2023-12-31T23:00:00Z'),
      end: Date.parse('2024-03-31T22:00:00Z'),
    });
    expect(readSpan(berlin, '2024-03-31T12:00Z')).toMatchObject({
      start: Date.parse('2024-03-31T12:00Z'),
      end: Number.POSITIVE_INFINITY,
    });
  });

  it('that are wrong say so', () => {
    expect(readSpan(berlin, '2024-13')).toMatchObject({ kind: 'problem', message: "'2024-13' is no date or time" });
    expect(readSpan(berlin, '2024-03', '2024-02')).toMatchObject({ message: "'2024-02' is before '2024-03'" });
  });
});
