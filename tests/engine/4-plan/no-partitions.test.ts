import { describe, expect, test } from 'vitest';
import { noPartitionsYet } from '../../../src/4-plan/index.ts';
import type { DynamicDimension, PartitionDimension, TimeDimension } from '../../../src/core/index.ts';
import { noOffset } from '../../../src/core/index.ts';

const now = Date.parse('2024-03-10T12:00:00Z');
const days = (start: string): TimeDimension => ({
  kind: 'time',
  name: 'day',
  grain: { kind: 'day' },
  start,
  timezone: 'UTC',
  offset: noOffset,
});
const customers = (more: Partial<DynamicDimension> = {}): DynamicDimension => ({
  kind: 'dynamic',
  name: 'customer',
  keys: 'customers',
  ...more,
});
const why = (...dimensions: PartitionDimension[]) => noPartitionsYet('orders', { dimensions }, now);

describe('why there is no partition to build', () => {
  test('is asked only where there is none', () => {
    expect(why(days('2024-03-09'))).toBeUndefined();
    expect(why(customers({ values: ['acme'] }))).toBeUndefined();
    expect(why()).toBeUndefined();
  });

  test('the first goes on, or is to come', () => {
    expect(why(days('2024-03-10'))).toBe(
      "2024-03-10 is not over yet, and built only where it is named: ingot build --select orders --partition '2024-03-10'",
    );
    expect(why(days('2024-04-01'))).toContain('The first one begins at 2024-04-01');
  });

  test('nobody knows a value', () => {
    expect(why(customers())).toBe("The list 'customers' has no keys: ingot partitions add customers KEY");
    expect(why(days('2024-03-01'), customers({ query: "ref('stores')" }))).toContain(
      "What the keys of 'customers' come",
    );
  });
});
