import { expect, test } from 'vitest';
import { BytePieces } from '../../../src/core/index.ts';

test('texts and bytes stand one behind the other, whatever their length', () => {
  const parts = [
    '',
    'é',
    '😀'.repeat(30_000),
    Buffer.from([0, 255]),
    'x'.repeat(65_536),
    Buffer.alloc(200_000, 7),
    'end',
  ];
  const bytes = new BytePieces();
  const ends = parts.map((part) => {
    bytes.add(part);
    return bytes.length;
  });
  const expected = parts.map((part) => Buffer.from(part));
  expect(Buffer.concat(bytes.pieces).equals(Buffer.concat(expected))).toBe(true);
  expect(ends).toEqual(expected.map((_, at) => Buffer.concat(expected.slice(0, at + 1)).length));
});
