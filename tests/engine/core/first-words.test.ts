import { expect, test } from 'vitest';
import { firstWords } from '../../../src/core/index.ts';

test.each([
  ['BEGIN', 'begin'],
  ['-- why\n/* so */ Create or\nreplace  table t', 'create or replace table t'],
  ['(select 1)', 'select 1)'],
])('the first words of %j', (sql, words) => {
  expect(firstWords(sql)).toBe(words);
});
