import { expect, test } from 'vitest';
import { tableJson } from '../../../../src/cli/texts/print-table.ts';

test('as JSON, of columns with one name none is lost', () => {
  const columns = ['a', 'a', 'a_2', 'A'].map((name) => ({ name, type: 'INTEGER' }));
  expect(tableJson({ columns, rows: [[1, 2, 3, 4]] })).toEqual([{ a: 1, a_2: 2, a_2_2: 3, A: 4 }]);
});
