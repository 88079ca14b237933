import { describe, expect, it } from 'vitest';
import { type Json, type PartitionDefinition, readMapping, unpartitioned } from '../../../../src/core/index.ts';
import { time } from './dimensions.ts';

const region = { kind: 'static', name: 'region', values: ['EU', 'US'] } as const;
const months: PartitionDefinition = { dimensions: [time('month', 'UTC', { start: '2024-01' })] };
const days: PartitionDefinition = { dimensions: [time('day', 'UTC', { start: '2024-01-01', name: 'day' }), region] };

const problems = (config: Json, child = months, parent = days): string[] => {
  const reading = readMapping(config, child, parent);
  const found = reading.kind === 'problems' ? reading.problems : [];
  return found.map(({ path, message, hint }) => `${path.join('.')}: ${message}${hint ? ` (${hint})` : ''}`);
};

describe('a partition mapping in a configuration', () => {
  it.each<[Json, unknown]>([
    [null, { kind: 'overlap' }],
    ['all', { kind: 'all' }],
    ['last', { kind: 'last' }],
    [
      { start: -1, end: 0 },
      { kind: 'offset', start: -1, end: 0 },
    ],
    [{ start: -1 }, { kind: 'offset', start: -1, end: 0 }],
    [{ end: 2 }, { kind: 'offset', start: 0, end: 2 }],
    [
      { dimensions: { day: { start: -6 }, region: 'all' } },
      { kind: 'dimensions', rules: { day: { kind: 'offset', start: -6, end: 0 }, region: { kind: 'all' } } },
    ],
    [
      { keys: { '2024-01': '2024-01-05|EU', '2024-02': ['2024-01-05|US'] } },
      { kind: 'keys', parents: { '2024-01': ['2024-01-05|EU'], '2024-02': ['2024-01-05|US'] } },
    ],
  ])('%j is read', (config, mapping) => {
    expect(readMapping(config, months, days)).toEqual({ kind: 'mapping', mapping });
  });

  it.each<[Json, string[]]>([
    ['lsat', [": There is no partition mapping 'lsat' (Did you mean 'last'?)"]],
    [5, [': There is no partition mapping 5 (Write overlap, all, last, or {start: -1, end: 0})']],
    [{ strat: -1 }, ["strat: 'strat' is not known here (Did you mean 'start'?)"]],
    [{ start: 1 }, [": 'start' (1) is after 'end' (0)"]],
    [{ start: 'a' }, ['start: \'start\' has to be a whole number of partitions, not "a"']],
    [{ dimensions: { dya: 'all' } }, ["dimensions.dya: 'dya' is not known here (Did you mean 'day'?)"]],
    [
      { dimensions: { region: { start: -1 } } },
      ['dimensions.region: An offset needs time on both sides (Write all, or last)'],
    ],
    [
      { keys: { '2023-12': ['2024-01-05|EU', '2024-01-05|UE'] } },
      [
        'keys.2023-12: 2023-12 is before the first partition, 2024-01',
        "keys.2023-12.1: Dimension 'region' has no partition 'UE' (Did you mean 'EU'?)",
      ],
    ],
    [{ keys: 5 }, ["keys: 'keys' lists the parent's keys for each of the child's (Write {2024-Q1: [2024-01]})"]],
  ])('%j is refused', (config, expected) => {
    expect(problems(config)).toEqual(expected);
  });

  it('by offsets needs time on both sides', () => {
    expect(problems({ start: -1 }, unpartitioned)).toHaveLength(1);
    expect(problems({ start: -1 }, months, unpartitioned)).toHaveLength(1);
  });
});
