import { expect, test } from 'vitest';
import { tableJson } from '../../../../src/cli/texts/print-table.ts';

test('as JSON, of columns with one name none is lost', () => {
  const columns = ['a', 'a', 'a_2', 'A'].map((name) => ({ name, type: 'INTEGER' }));
  expect(tableJson({ columns, rows: [[1, 2, 3, 4]] })).toEqual([{ a: 1, a_2: 2, a_2_2: 3, A: 4 }]);
});

test.each([
  ['TIMESTAMP', '2024-01-01 10:00:00', '2024-01-01T10:00:00'],
  ['TIMESTAMP', '2024-01-01 10:00:00.12', '2024-01-01T10:00:00.120000'],
  ['TIMESTAMP_NTZ', '2024-01-01 10:00:00.000', '2024-01-01T10:00:00'],
  ['TIMESTAMP WITH TIME ZONE', '2024-01-01 10:00:00+00', '2024-01-01T10:00:00+00:00'],
  ['TIMESTAMP', 'infinity', 'infinity'],
  ['DATE', '2024-01-01', '2024-01-01'],
  ['VARCHAR', '2024-01-01 10:00:00', '2024-01-01 10:00:00'],
])('as JSON, times are as Python writes them, and texts as they are: %s %s', (type, cell, written) => {
  expect(tableJson({ columns: [{ name: 'at', type }], rows: [[cell]] })).toEqual([{ at: written }]);
});
