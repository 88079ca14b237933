import { describe, expect, it } from 'vitest';
import { batchesOf, countBatches, type Step } from '../../../src/4-plan/index.ts';
import { formatKeySet, type PartitionDefinition } from '../../../src/core/index.ts';

const daily: PartitionDefinition = {
  dimensions: [
    {
      kind: 'time',
      name: 'day',
      grain: { kind: 'day' },
      start: '2024-01-01',
      timezone: 'UTC',
      offset: { months: 0, days: 0, hours: 0, minutes: 0 },
    },
  ],
};
const regions = (...values: string[]): PartitionDefinition => ({
  dimensions: [...daily.dimensions, { kind: 'static', name: 'region', values }],
});

type Batched = Pick<Step, 'partitions' | 'batchSize' | 'reasons'>;

function textsOf(definition: PartitionDefinition, step: Batched): string[] {
  const batches = [...batchesOf(definition, step)];
  expect(countBatches(definition, step)).toBe(batches.length);
  return batches.map((keys) => formatKeySet(definition, keys));
}

describe('batches', () => {
  it('are single partitions unless a size is given', () => {
    expect(textsOf(daily, { partitions: '2024-01-01..2024-01-03' })).toEqual([
      '2024-01-01',
      '2024-01-02',
      '2024-01-03',
    ]);
  });

  it('hold so many partitions as one statement builds, and the last what is left', () => {
    expect(textsOf(daily, { partitions: '2024-01-01..2024-01-05', batchSize: 2 })).toEqual([
      '2024-01-01..2024-01-02',
      '2024-01-03..2024-01-04',
      '2024-01-05',
    ]);
  });

  it('begin with the newest where that is asked for', () => {
    const batches = batchesOf(daily, { partitions: '2024-01-01..2024-01-03', batchSize: 2 }, 'descending');
    expect(Array.from(batches, (keys) => formatKeySet(daily, keys))).toEqual(['2024-01-02..2024-01-03', '2024-01-01']);
  });

  it('do not mix what is built for different reasons', () => {
    const step: Batched = {
      partitions: '2024-01-01..2024-01-05',
      batchSize: 10,
      reasons: [
        { kind: 'failed', partitions: '2024-01-04' },
        { kind: 'missing', partitions: '2024-01-05' },
        { kind: 'lookback', partitions: '2024-01-01..2024-01-03' },
      ],
    };
    expect(textsOf(daily, step)).toEqual(['2024-01-04', '2024-01-05', '2024-01-01..2024-01-03']);
  });

  it('hold what has no reason of its own, and nothing that is not built', () => {
    const step: Batched = {
      partitions: '2024-01-02..2024-01-04',
      batchSize: 10,
      reasons: [{ kind: 'missing', partitions: '2024-01-01..2024-01-02' }],
    };
    expect(textsOf(daily, step)).toEqual(['2024-01-02', '2024-01-03..2024-01-04']);
  });

  it('have every combination of what they have of each dimension', () => {
    const definition = regions('EU', 'US');
    const step: Batched = { partitions: '2024-01-01|EU;2024-01-02|EU,US', batchSize: 3 };
    expect(textsOf(definition, step)).toEqual(['2024-01-01..2024-01-02|EU', '2024-01-02|US']);
  });

  it('are as large as such combinations allow', () => {
    const step: Batched = { partitions: '2024-01-01..2024-01-02|EU,US', batchSize: 3 };
    expect(textsOf(regions('EU', 'US'), step)).toEqual(['2024-01-01|EU,US', '2024-01-02|EU,US']);
  });
});
