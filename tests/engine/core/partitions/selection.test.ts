import { describe, expect, it } from 'vitest';
import {
  formatKeySet,
  type PartitionDefinition,
  readSelection,
  type Selection,
  selectBetween,
  unpartitioned,
} from '../../../../src/core/index.ts';
import { time } from './dimensions.ts';

const day = time('day', 'Europe/Berlin', { start: '2024-01-01' });
const definition: PartitionDefinition = {
  dimensions: [day, { kind: 'static', name: 'region', values: ['EU', 'US', 'A..B'] }],
};
const extent = { now: Date.parse('2024-04-03T12:00:00Z') };

const shown = (selection: Selection, of = definition): string =>
  selection.kind === 'keys' ? formatKeySet(of, selection.set) : [selection.message, selection.hint].join(' | ');
const select = (text: string): string => shown(readSelection(definition, text, extent));

describe('partitions that are asked for', () => {
  it('by key, list, range, or star', () => {
    expect(select('2024-03-31|EU')).toBe('2024-03-31|EU');
    expect(select('2024-03-31,2024-01-01..2024-01-31|US,EU')).toBe('2024-01-01..2024-01-31,2024-03-31|EU,US');
    expect(select('2024-03-31|*')).toBe('2024-03-31|A..B,EU,US');
    expect(select('*|A..B')).toBe('2024-01-01..2024-04-02|A..B');
    expect(shown(readSelection(unpartitioned, '', extent), unpartitioned)).toBe('*');
  });

  it.each([
    ['2024-03|EU', "'2024-03' is not the name of a partition by day | It holds 2024-03-01 to 2024-03-31"],
    ['2023-12-01..2024-03-31|EU', '2023-12-01 is before the first partition, 2024-01-01 | '],
    ['2024-03-31..2024-03-01|EU', "'2024-03-01' is before '2024-03-31' | "],
    ['2024-03-31|EW', "Dimension 'region' has no partition 'EW' | Did you mean 'EU'?"],
    ['2024-03-31', "'2024-03-31' does not fit the 2 dimensions | Write time|region, * for all of a dimension"],
  ])('are refused with a reason: %s', (text, problem) => {
    expect(select(text)).toBe(problem);
  });

  it('between dates, in the zone of the partitions, whatever their grain', () => {
    const between = (from?: string, to?: string, of = definition): string =>
      shown(selectBetween(of, { from, to }, extent), of);
    expect(between('2024-03', '2024-03')).toBe('2024-03-01..2024-03-31|A..B,EU,US');
    expect(between('2024-03-30')).toBe('2024-03-30..2024-04-02|A..B,EU,US');
    expect(between(undefined, '2024-01-02')).toBe('2024-01-01..2024-01-02|A..B,EU,US');
    expect(between('2025-01-01')).toBe('');
    const hours = { dimensions: [time('hour', 'Europe/Berlin', { start: '2024-01-01' })] };
    expect(between('2024-03-31', '2024-03-31', hours)).toBe('2024-03-31T00:00+01:00..2024-03-31T23:00+02:00');
    expect(between('2024-03', 'soon', hours)).toContain("'soon' is no date or time");
    expect(between('2024-03', '2024-02', hours)).toContain("'2024-02' is before '2024-03'");
    expect(between('2024-03', '2024-02', unpartitioned)).toBe('*');
  });
});
