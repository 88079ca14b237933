import { expect, test } from 'vitest';
import { hashOf, numbered, numbersIn } from '../../../../src/3-compile/reading/relation.ts';

test('a mark keeps the numbered versions that it is made of, each once, through all that is made of it', () => {
  const [first, second] = [hashOf('column', 'a', numbered(1)), hashOf('column', 'b', numbered(12))];
  const sum = hashOf('sum', [first, { of: second }], first);
  expect(numbersIn(hashOf('round', sum))).toEqual([1, 12]);
  expect(numbersIn(hashOf('round', first))).toEqual([1]);
});

test('a mark without them is a hash alone', () => {
  expect(hashOf('column', 'a')).toMatch(/^[\da-f]{16}$/);
  expect(numbersIn(hashOf('column', 'a'))).toEqual([]);
});
