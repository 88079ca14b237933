import { expect, it } from 'vitest';
import { globMatcher } from '../../../src/2-graph/selection/glob.ts';

/** Answers of Python 3.11's `fnmatch.fnmatchcase`. */
it.each([
  ['abc', 'abc', true],
  ['abc', 'ABC', false],
  ['a*', 'abc', true],
  ['a*', 'ba', false],
  ['*', '', true],
  ['**', 'a\nb', true],
  ['?', '', false],
  ['?', '😀', true],
  ['a?c', 'a.c', true],
  ['a.c', 'abc', false],
  ['[abc]x', 'bx', true],
  ['[a-c]x', 'bx', true],
  ['[c-a]x', 'bx', false],
  ['[!a-c]x', 'dx', true],
  ['[!a-c]x', 'ax', false],
  ['[!]x', '[!]x', true],
  ['[]]x', ']x', true],
  ['[]]x', 'x', false],
  ['[a', '[a', true],
  ['a]', 'a]', true],
  ['[^a]', '^', true],
  ['[^a]', 'b', false],
  ['[a-]', '-', true],
  ['[-a]', '-', true],
  ['[a-c-e]', 'd', false],
  ['[a-c-e]', '-', true],
  ['[\\]', '\\', true],
  ['a+(b)', 'a+(b)', true],
  ['$', '$', true],
])('%j matches %j: %j', (pattern, text, expected) => {
  expect(globMatcher(pattern)(text)).toBe(expected);
});
