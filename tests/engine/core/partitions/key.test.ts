import { describe, expect, it } from 'vitest';
import {
  boundsOf,
  type Coordinate,
  formatKey,
  formatKeySet,
  keySetOf,
  noKeys,
  type PartitionDefinition,
  partitionAt,
  pointsOf,
  readKey,
  readKeySet,
  type TimeGrain,
  unpartitioned,
  wholeKey,
} from '../../../../src/core/index.ts';
import { time } from './dimensions.ts';
import { type Random, randomFrom } from './random.ts';

const letters = [...'ab|,;%[]*. \n\té日🎉"\'/=-'];
const grains: readonly TimeGrain[] = [
  { kind: 'minutes', count: 15 },
  { kind: 'hour' },
  { kind: 'day' },
  { kind: 'week', startsOn: 'monday' },
  { kind: 'week', startsOn: 'sunday' },
  { kind: 'month' },
  { kind: 'quarter' },
  { kind: 'year' },
  { kind: 'cron', expression: '30 2 * * mon' },
];
const zones = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Kathmandu'];

const wildText = (random: Random): string =>
  Array.from({ length: 1 + random.below(6) }, () => random.pick(letters)).join('');

interface Case {
  readonly definition: PartitionDefinition;
  readonly points: readonly Coordinate[][];
}

function randomCase(random: Random): Case {
  const dimension = time(random.pick(grains), random.pick(zones), { name: 'when' });
  const values = [...new Set(Array.from({ length: 5 }, () => wildText(random)))];
  const definition: PartitionDefinition = {
    dimensions: [dimension, { kind: 'static', name: 'what', values }, { kind: 'dynamic', name: 'who', keys: 'people' }],
  };
  const first = boundsOf(dimension).first;
  const points = Array.from({ length: 10 }, () => [first + random.below(400), random.pick(values), wildText(random)]);
  return { definition, points };
}

describe('keys', () => {
  it('are read as they were written, whatever the values are', () => {
    const random = randomFrom(4);
    for (let round = 0; round < 80; round += 1) {
      const { definition, points } = randomCase(random);
      for (const point of points) {
        const key = formatKey(definition, point);
        expect(readKey(definition, key)).toEqual({ kind: 'key', point });
        expect(key).not.toMatch(/[\n\t]/);
      }
    }
  });

  it('in sets are read as they were written', () => {
    const random = randomFrom(5);
    for (let round = 0; round < 80; round += 1) {
      const { definition, points } = randomCase(random);
      const set = keySetOf(points);
      expect(readKeySet(definition, formatKeySet(definition, set))).toEqual({ set, unknown: [] });
    }
  });

  const day = time('day', 'Europe/Berlin', { start: '2024-01-01', end: '2024-04-01' });
  const region = { kind: 'static', name: 'region', values: ['EU', 'US', 'A|B'] } as const;
  const product: PartitionDefinition = { dimensions: [day, region] };

  it('of products are the keys of their dimensions with a bar between', () => {
    const ordinal = partitionAt(day, Date.parse('2024-03-31T10:00:00Z'));
    expect(formatKey(product, [ordinal, 'EU'])).toBe('2024-03-31|EU');
    expect(formatKey(product, [ordinal, 'A|B'])).toBe('2024-03-31|A%7CB');
  });

  it.each([
    ['2024-03-31', "'2024-03-31' names 1 dimension, and there are 2", 'Write time|region'],
    ['2024-03-31|EU|x', "'2024-03-31|EU|x' names 3 dimensions, and there are 2", 'Write time|region'],
    ['2024-03-31|EUU', "Dimension 'region' has no partition 'EUU'", "Did you mean 'EU'?"],
    ['2024-03-31|Mars', "Dimension 'region' has no partition 'Mars'", 'Known: EU, US, A%7CB'],
    ['2024-03-31|', "Dimension 'region' needs a value", undefined],
    ['2023-12-31|EU', '2023-12-31 is before the first partition, 2024-01-01', undefined],
    ['2024-04-01|EU', '2024-04-01 is after the last partition, 2024-03-31', undefined],
  ])('that are none say why: %s', (key, message, hint) => {
    expect(readKey(product, key)).toEqual({ kind: 'problem', message, hint });
  });

  it('of a single dimension with a bar in its value have to be escaped', () => {
    expect(readKey({ dimensions: [region] }, 'A|B')).toMatchObject({
      hint: 'Write A%7CB if the value itself has a bar',
    });
    expect(readKey({ dimensions: [region] }, 'A%7CB')).toEqual({ kind: 'key', point: ['A|B'] });
  });

  it('of dynamic dimensions are checked where the values are known', () => {
    const customers: PartitionDefinition = { dimensions: [{ kind: 'dynamic', name: 'customer', keys: 'customers' }] };
    expect(readKey(customers, 'acme')).toEqual({ kind: 'key', point: ['acme'] });
    expect(readKey(customers, 'acme', new Map([['customers', ['acme corp', 'acne']]]))).toMatchObject({
      hint: "Did you mean 'acne'?",
    });
  });

  it('of an asset without partitions are the empty text', () => {
    expect(formatKey(unpartitioned, [])).toBe('');
    expect(readKey(unpartitioned, '')).toEqual({ kind: 'key', point: [] });
    expect(readKey(unpartitioned, '2024-03-31')).toMatchObject({ kind: 'problem' });
  });
});

describe('a set as text', () => {
  const day = time('day', 'UTC', { start: '2024-01-01' });
  const definition: PartitionDefinition = {
    dimensions: [day, { kind: 'static', name: 'region', values: ['EU', 'US'] }],
  };

  it('is as short as its ranges', () => {
    const text = '2024-01-01..2024-03-31,2024-04-05|EU,US;2024-04-01..2024-04-04|US';
    const { set, unknown } = readKeySet(definition, text);
    expect(unknown).toEqual([]);
    expect(formatKeySet(definition, set)).toBe(text);
    expect([...pointsOf(set)]).toHaveLength(2 * 92 + 4);
  });

  it('keeps what the definition no longer has: an earlier start, a value that is gone or new', () => {
    const { set, unknown } = readKeySet(definition, '2023-06-01..2024-01-05|ASIA,EU');
    expect(unknown).toEqual([]);
    expect(formatKeySet(definition, set)).toBe('2023-06-01..2024-01-05|ASIA,EU');
  });

  it('tells what is no partition after a change of grain', () => {
    const { set, unknown } = readKeySet(
      { dimensions: [time('month')] },
      '2024-01..2024-03,2024-04-05,2024-06..2024-05',
    );
    expect(formatKeySet({ dimensions: [time('month')] }, set)).toBe('2024-01..2024-03');
    expect(unknown).toEqual(['2024-04-05', '2024-06..2024-05']);
    expect(readKeySet(definition, '2024-01-01')).toEqual({ set: noKeys, unknown: ['2024-01-01'] });
  });

  it('of an asset without partitions is a star or nothing', () => {
    expect(formatKeySet(unpartitioned, wholeKey)).toBe('*');
    expect(readKeySet(unpartitioned, '*').set).toEqual(wholeKey);
    expect(readKeySet(unpartitioned, '').set).toEqual(noKeys);
    expect(readKeySet(unpartitioned, '2024-01-01').unknown).toEqual(['2024-01-01']);
  });
});
