import { expect, test } from 'vitest';
import { previewRelation, quarantineRelation, stagedBy, stagedRelation, withoutRun } from '../../../src/core/index.ts';

const target = { database: 'shop', schema: 'main', identifier: 'sales' };
const run = { invocationId: '1F0C9A7E-0000-4000-8000-000000000000', startedAt: new Date('2024-03-31T12:05:59Z') };
const known = { run: '1f0c9a7e', since: Date.UTC(2024, 2, 31, 12, 5) };

test.each([
  ['a whole table', stagedRelation(target, 'table', run)],
  ['partitions', stagedRelation(target, 'table', run, '2024-03-31|EU')],
  ['a view of what will be', previewRelation(target, run, '2024-03-31')],
])('the name of what is staged says by which run, and when that began: %s', (_, relation) => {
  expect(stagedBy(relation)).toEqual(known);
});

test('what an earlier version has staged is known as such', () => {
  for (const identifier of ['sales__ingot_staged', 'SALES__INGOT_PREVIEW_0123456789abcdef'])
    expect(stagedBy({ ...target, identifier })).toEqual({ run: undefined, since: 0 });
});

test.each([
  target,
  { ...target, identifier: 'sales__ingot_staged_by_hand' },
  { ...target, identifier: '__ingot_staged' },
  quarantineRelation(target, run.invocationId),
])('$identifier was not staged', (relation) => {
  expect(stagedBy(relation)).toBeUndefined();
});

test('statements of different runs are the same without their runs, and as in a plan', () => {
  const plan = { ...run, invocationId: '' };
  const drop = (by: typeof run): string =>
    `drop table ${stagedRelation(target, 'table', by, 'x').identifier}, ${previewRelation(target, by).identifier}`;
  expect(withoutRun(drop(run))).toBe(drop(plan));
});
