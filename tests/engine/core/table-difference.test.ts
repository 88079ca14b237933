import { describe, expect, it } from 'vitest';
import { differenceText, tableDifference } from '../../../src/core/index.ts';

const columns = ['id', 'name', 'total'];

describe('how two tables differ', () => {
  it('is not at all where they have the same rows in another order, each as often', () => {
    const rows = [
      [1, 'a', null],
      [2, 'b', 3n],
      [1, 'a', null],
    ] as const;
    expect(tableDifference(columns, rows, [...rows].reverse())).toBeUndefined();
    expect(tableDifference(columns, rows, rows.slice(0, 2))).toMatchObject({ equal: 2, rows: [{ kind: 'extra' }] });
  });

  it('tells null from the text null, and numbers from each other', () => {
    expect(tableDifference(['a'], [[null]], [['null']])).toBeDefined();
    expect(tableDifference(['a'], [[0.1 + 0.2]], [[0.3]])).toBeDefined();
    expect(tableDifference(['a'], [[{ x: [1n, null] }]], [[{ x: [1n, null] }]])).toBeUndefined();
  });

  it('brings rows together that are the same but for some values', () => {
    const actual = [
      [10, 'x', 1],
      [2, 'b', 2],
      [3, 'c', 3],
    ];
    const expected = [
      [2, 'b', 20],
      [3, 'other', 30],
      [4, 'y', 1],
    ];
    expect(tableDifference(columns, actual, expected)).toEqual({
      columns,
      equal: 0,
      rows: [
        { kind: 'changed', actual: ['2', 'b', '2'], expected: ['2', 'b', '20'], columns: [2] },
        { kind: 'changed', actual: ['3', 'c', '3'], expected: ['3', 'other', '30'], columns: [1, 2] },
        { kind: 'missing', expected: ['4', 'y', '1'] },
        { kind: 'extra', actual: ['10', 'x', '1'] },
      ],
    });
  });

  it('is found for many rows in little time', () => {
    const rows = (shift: number) => Array.from({ length: 2000 }, (_, index) => [index, 'same', index + shift]);
    const difference = tableDifference(columns, rows(0), rows(1));
    expect(difference?.rows.length).toBe(2000);
    expect(difference?.rows.every(({ kind }) => kind === 'changed')).toBe(true);
  });
});

describe('a difference in words', () => {
  it('has expected above actual, the values that differ in brackets', () => {
    const actual = [
      [1, 'a', 1],
      [2, null, 2],
      [5, '', 5],
    ];
    const expected = [
      [1, 'a', 1],
      [2, 'b', 2],
      [6, ' padded', null],
    ];
    const difference = tableDifference(columns, actual, expected);
    expect(`\n${difference && differenceText(difference)}\n`).toBe(`
actual differs from expected: 1 row with other values, 1 row missing, 1 row too many; 1 equal

            id  name       total
- expected  2  [b]         2
+ actual    2  [null]      2
+ extra     5   ""         5
- missing   6   " padded"  null
`);
  });

  it('paints what differs, and pads by what a terminal shows', () => {
    const difference = tableDifference(['id', 'name'], [[1, '日本']], [[1, 'x']]);
    const text =
      difference &&
      differenceText(difference, {
        actual: (one) => `<${one}>`,
        expected: (one) => `(${one})`,
        faint: (one) => one,
        widthOf: (one) => one.length + (one.includes('日') ? 2 : 0),
      });
    expect(text?.split('\n').slice(2)).toEqual([
      '            id  name',
      '(- expected)  1  ([x]   )',
      '<+ actual  >  1  <[日本]>',
    ]);
  });

  it('cuts long values where they differ, and counts what it leaves out', () => {
    const long = 'a'.repeat(100);
    const difference = tableDifference(['id', 'name'], [[1, `${long}x`]], [[1, `${long}y`]]);
    expect(difference && differenceText(difference)).toContain(`[…${'a'.repeat(47)}x]`);
    const many = Array.from({ length: 60 }, (_, index) => [index]);
    const extra = tableDifference(['id'], many, []);
    expect(extra && differenceText(extra)).toMatch(/… and 10 more$/);
  });
});
