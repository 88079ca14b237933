import { describe, expect, it } from 'vitest';
import {
  allPartitions,
  countKeys,
  formatKeySet,
  intersectKeys,
  linkPartitions,
  type PartitionDefinition,
  readKeySet,
  sameKeys,
  subtractKeys,
  unionKeys,
} from '../../../../src/core/index.ts';
import { time } from './dimensions.ts';

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Australia/Lord_Howe'];
const definitions = Array.from({ length: 500 }, (_, index): PartitionDefinition => {
  return { dimensions: [time('minutes', zones[index % zones.length]!, { start: '2024-07-01' })] };
});
const extent = { now: Date.parse('2026-06-01T00:00:00Z') };
const stored = '2024-07-01T00:00..2025-12-31T23:59,2026-02-01T00:00..2026-03-01T05:00';

describe('500 assets of a million partitions each', () => {
  it('are planned as ranges, without a look at each: all, filled, missing, upstream, downstream, as text', () => {
    const wrong: string[] = [];
    for (const [index, definition] of definitions.entries()) {
      const all = allPartitions(definition, extent);
      const { set: filled } = readKeySet(definition, stored);
      const missing = subtractKeys(all, filled);
      const link = linkPartitions(definition, definitions[index - 1] ?? definition, extent);
      const needed = intersectKeys(link.downstream(link.upstream(missing)), all);
      formatKeySet(definition, missing);
      if (countKeys(all) < 1_000_000 || countKeys(missing) + countKeys(filled) !== countKeys(all)) {
        wrong.push(`count ${index}`);
      }
      if (!sameKeys(unionKeys(needed, missing), needed)) wrong.push(`mapping ${index}`);
    }
    expect(wrong).toEqual([]);
  });
});
