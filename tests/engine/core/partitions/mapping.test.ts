import { describe, expect, it } from 'vitest';
import {
  allPartitions,
  countKeys,
  formatKeySet,
  keySetOf,
  linkPartitions,
  type PartitionDefinition,
  type PartitionDimension,
  type PartitionMapping,
  type PartitionPoint,
  pointsOf,
  readKeySet,
  type TimeDimension,
  unpartitioned,
  windowOf,
} from '../../../../src/core/index.ts';
import { time } from './dimensions.ts';
import { randomFrom } from './random.ts';

const extent = { now: Date.parse('2024-04-03T12:00:00Z'), dynamicKeys: new Map([['shops', ['s2', 's1']]]) };
const of = (...dimensions: PartitionDimension[]): PartitionDefinition => ({ dimensions });
const region = (...values: string[]): PartitionDimension => ({ kind: 'static', name: 'region', values });
const berlin = { start: '2024-03-29', name: 'time' };
const days = of(time('day', 'Europe/Berlin', berlin));
const hours = of(time('hour', 'Europe/Berlin', berlin));
const months = of(time('month', 'Europe/Berlin', { start: '2024-01' }));
const daysAndRegions = of(time('day', 'Europe/Berlin', { ...berlin, name: 'day' }), region('EU', 'US'));

/** The parent's keys of some of the child's. */
function upstream(child: PartitionDefinition, parent: PartitionDefinition, keys: string, mapping?: PartitionMapping) {
  const { set, unknown } = readKeySet(child, keys);
  expect(unknown).toEqual([]);
  return formatKeySet(parent, linkPartitions(child, parent, extent, mapping).upstream(set));
}

/** The child's keys of some of the parent's. */
function downstream(child: PartitionDefinition, parent: PartitionDefinition, keys: string, mapping?: PartitionMapping) {
  const { set, unknown } = readKeySet(parent, keys);
  expect(unknown).toEqual([]);
  return formatKeySet(child, linkPartitions(child, parent, extent, mapping).downstream(set));
}

describe('a child that says nothing reads what overlaps in time', () => {
  it('of finer and coarser grain', () => {
    expect(upstream(days, hours, '2024-03-31')).toBe('2024-03-31T00:00+01:00..2024-03-31T23:00+02:00');
    expect(downstream(days, hours, '2024-03-31T03:00+02:00')).toBe('2024-03-31');
    expect(upstream(hours, days, '2024-03-31T00:00..2024-04-01T05:00')).toBe('2024-03-31..2024-04-01');
    expect(upstream(months, days, '2024-03')).toBe('2024-03-29..2024-03-31');
    expect(downstream(months, days, '2024-03-31')).toBe('2024-03');
    expect(downstream(months, days, '2024-04-01')).toBe('');
  });

  it('across zones', () => {
    const tokyo = of(time('day', 'Asia/Tokyo', berlin));
    expect(upstream(days, tokyo, '2024-04-01')).toBe('2024-04-01..2024-04-02');
    expect(downstream(days, tokyo, '2024-04-01')).toBe('2024-03-31..2024-04-01');
  });

  it('and equals in dimensions of the same name', () => {
    const fewer = of(time('month', 'Europe/Berlin', { start: '2024-03', name: 'month' }), region('US', 'ASIA'));
    expect(upstream(fewer, daysAndRegions, '2024-03|ASIA,US')).toBe('2024-03-29..2024-03-31|US');
    expect(downstream(fewer, daysAndRegions, '2024-03-29|EU')).toBe('');
    expect(downstream(fewer, daysAndRegions, '2024-03-29|EU,US')).toBe('2024-03|US');
  });

  it('or of the same values, or of the same list', () => {
    const area: PartitionDimension = { kind: 'static', name: 'area', values: ['US', 'EU'] };
    expect(upstream(of(area), of(region('EU', 'US')), 'EU')).toBe('EU');
    const shop = (name: string): PartitionDefinition => of({ kind: 'dynamic', name, keys: 'shops' });
    expect(upstream(shop('shop'), shop('store'), 's1')).toBe('s1');
    expect(upstream(of(area), shop('store'), 'EU')).toBe('s1,s2');
  });

  it('and everything of a dimension that it does not have', () => {
    expect(upstream(days, daysAndRegions, '2024-03-31')).toBe('2024-03-31|EU,US');
    expect(downstream(daysAndRegions, days, '2024-03-31')).toBe('2024-03-31|EU,US');
    expect(downstream(days, daysAndRegions, '2024-03-31|EU')).toBe('2024-03-31');
    expect(upstream(days, of(region('EU', 'US')), '2024-03-31')).toBe('EU,US');
  });
});

describe('an asset without partitions', () => {
  it('reads all partitions of its parent, and is read by all of its child', () => {
    expect(upstream(unpartitioned, days, '*')).toBe('2024-03-29..2024-04-02');
    expect(downstream(unpartitioned, days, '2024-03-31')).toBe('*');
    expect(upstream(days, unpartitioned, '2024-03-31')).toBe('*');
    expect(downstream(days, unpartitioned, '*')).toBe('2024-03-29..2024-04-02');
    expect(upstream(unpartitioned, unpartitioned, '*')).toBe('*');
  });

  it('depends on nothing where nothing is asked', () => {
    expect(upstream(unpartitioned, days, '')).toBe('');
    expect(downstream(days, unpartitioned, '')).toBe('');
  });
});

describe('a mapping', () => {
  it('to all or to the last partition', () => {
    expect(upstream(days, hours, '2024-03-31', { kind: 'all' })).toBe('2024-03-29T00:00+01:00..2024-04-03T13:00+02:00');
    expect(upstream(months, days, '2024-01', { kind: 'last' })).toBe('2024-04-02');
    expect(downstream(months, days, '2024-04-01', { kind: 'last' })).toBe('');
    expect(downstream(months, days, '2024-04-01..2024-04-02', { kind: 'last' })).toBe('2024-01..2024-03');
    expect(upstream(days, of({ kind: 'dynamic', name: 'shop', keys: 'shops' }), '2024-03-31', { kind: 'last' })).toBe(
      's1',
    );
    expect(upstream(daysAndRegions, daysAndRegions, '2024-03-30|EU', { kind: 'last' })).toBe('2024-04-02|EU');
    expect(downstream(unpartitioned, days, '2024-04-01', { kind: 'last' })).toBe('');
    expect(downstream(unpartitioned, days, '2024-04-02', { kind: 'last' })).toBe('*');
  });

  it('by offsets counts in partitions of the parent, of those that there are', () => {
    const before: PartitionMapping = { kind: 'offset', start: -1, end: 0 };
    expect(upstream(days, days, '2024-03-31', before)).toBe('2024-03-30..2024-03-31');
    expect(upstream(days, days, '2024-03-29', before)).toBe('2024-03-29');
    expect(downstream(days, days, '2024-03-31', before)).toBe('2024-03-31..2024-04-01');
    expect(upstream(days, hours, '2024-03-31', before)).toBe('2024-03-30T23:00+01:00..2024-03-31T23:00+02:00');
    expect(downstream(days, days, '2024-04-04', { kind: 'offset', start: 2, end: 2 })).toBe('');
    const yesterday: PartitionMapping = { kind: 'offset', start: -1, end: -1 };
    expect(upstream(daysAndRegions, daysAndRegions, '2024-03-31|US', yesterday)).toBe('2024-03-30|US');
    expect(downstream(daysAndRegions, daysAndRegions, '2024-04-02|US', yesterday)).toBe('');
  });

  it('by a rule for each dimension', () => {
    const mapping: PartitionMapping = {
      kind: 'dimensions',
      rules: { day: { kind: 'offset', start: -1, end: 0 }, region: { kind: 'all' } },
    };
    expect(upstream(daysAndRegions, daysAndRegions, '2024-03-31|US', mapping)).toBe('2024-03-30..2024-03-31|EU,US');
    expect(downstream(daysAndRegions, daysAndRegions, '2024-03-31|US', mapping)).toBe('2024-03-31..2024-04-01|EU,US');
  });

  it('by a rule for each dimension leaves the others as they are, whatever their names', () => {
    const odd = of({ kind: 'static', name: 'constructor', values: ['EU', 'US'] });
    expect(upstream(odd, odd, 'EU', { kind: 'dimensions', rules: {} })).toBe('EU');
  });

  it('by lists of keys', () => {
    const mapping: PartitionMapping = {
      kind: 'keys',
      parents: { '2024-01': ['2024-03-29', '2024-03-31'], '2024-02': ['2024-03-31'] },
    };
    expect(upstream(months, days, '2024-01..2024-03', mapping)).toBe('2024-03-29,2024-03-31');
    expect(upstream(months, days, '2024-03', mapping)).toBe('');
    expect(downstream(months, days, '2024-03-31', mapping)).toBe('2024-01..2024-02');
  });
});

describe('any rule between any two grains', () => {
  const grains: readonly TimeDimension[] = [
    time('hour', 'Europe/Berlin', { start: '2024-03-30' }),
    time('hour', 'Australia/Lord_Howe', { start: '2024-03-30' }),
    time({ kind: 'minutes', count: 360 }, 'UTC', { start: '2024-03-29' }),
    time('day', 'America/New_York', { start: '2024-03-28' }),
    time('day', 'Europe/Berlin', { start: '2024-03-29', offset: { hours: 6 } }),
    time('week', 'UTC', { start: '2024-03-11' }),
    time({ kind: 'cron', expression: '30 2 * * *' }, 'Europe/Berlin', { start: '2024-03-29' }),
  ];
  const mappings: readonly PartitionMapping[] = [
    { kind: 'overlap' },
    { kind: 'all' },
    { kind: 'last' },
    { kind: 'offset', start: -2, end: 0 },
    { kind: 'offset', start: 1, end: 3 },
    { kind: 'offset', start: -3, end: -3 },
  ];

  /** The same question answered partition by partition. */
  function reads(child: TimeDimension, parent: TimeDimension, mapping: PartitionMapping, one: number, other: number) {
    const all = [...pointsOf(allPartitions(of(parent), extent))].map(([ordinal]) => Number(ordinal));
    if (mapping.kind === 'all') return true;
    if (mapping.kind === 'last') return other === all.at(-1);
    const [start, end] = mapping.kind === 'offset' ? [mapping.start, mapping.end] : [0, 0];
    const { start: from, end: to } = windowOf(child, one);
    // Ordinals go on before the first and after the last partition that there is.
    const touched: number[] = [];
    for (let ordinal = all[0]! - 200; ordinal < all.at(-1)! + 200; ordinal += 1) {
      const window = windowOf(parent, ordinal);
      if (window.start < to && from < window.end) touched.push(ordinal);
    }
    return other >= touched[0]! + start && other <= touched.at(-1)! + end;
  }

  it.each(mappings)('$kind: upstream is what each partition reads, and downstream the opposite', (mapping) => {
    const random = randomFrom(6);
    for (let round = 0; round < 20; round += 1) {
      const [child, parent] = [random.pick(grains), random.pick(grains)];
      const link = linkPartitions(of(child), of(parent), extent, mapping);
      const children = [...pointsOf(allPartitions(of(child), extent))];
      const parents = [...pointsOf(allPartitions(of(parent), extent))];
      const one = random.pick(children);
      const read = new Set([...pointsOf(link.upstream(keySetOf([one])))].map(([ordinal]) => ordinal));
      for (const other of Array.from({ length: 6 }, () => random.pick(parents))) {
        const expected = reads(child, parent, mapping, Number(one[0]), Number(other[0]));
        expect(read.has(other[0]!)).toBe(expected);
        const readers = [...pointsOf(link.downstream(keySetOf([other])))].map(([ordinal]) => ordinal);
        expect(readers.includes(one[0]!)).toBe(expected);
      }
    }
  });

  it('gives for a set what it gives for its partitions one by one', () => {
    const random = randomFrom(7);
    for (let round = 0; round < 40; round += 1) {
      const [child, parent] = [of(random.pick(grains), region('EU', 'US')), of(random.pick(grains), region('EU'))];
      const link = linkPartitions(child, parent, extent, random.pick(mappings));
      const some = (points: PartitionPoint[]): PartitionPoint[] => points.filter(() => random.below(4) === 0);
      const children = some([...pointsOf(allPartitions(child, extent))]);
      const parents = some([...pointsOf(allPartitions(parent, extent))]);
      const single = (map: typeof link.upstream, points: readonly PartitionPoint[]): PartitionPoint[] =>
        points.flatMap((point) => [...pointsOf(map(keySetOf([point])))]);
      expect(link.upstream(keySetOf(children))).toEqual(keySetOf(single(link.upstream, children)));
      expect(link.downstream(keySetOf(parents))).toEqual(keySetOf(single(link.downstream, parents)));
    }
  });
});

describe('a million partitions', () => {
  it('are mapped as ranges', () => {
    const minutes = of(time('minutes', 'Europe/Berlin', { start: '2022-01-01' }));
    const daily = of(time('day', 'Europe/Berlin', { start: '2022-01-01' }));
    const all = allPartitions(minutes, extent);
    expect(countKeys(all)).toBeGreaterThan(1_000_000);
    const up = linkPartitions(minutes, daily, extent).upstream(all);
    expect(formatKeySet(daily, up)).toBe('2022-01-01..2024-04-02');
  });
});
