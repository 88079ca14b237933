import { expect, test } from 'vitest';
import type { Cell, MaskingRule } from '../../../../src/core/index.ts';
import { createMask, type MaskedColumn } from '../../../../src/pipeline/sample/mask-values.ts';

const column = (type: string, values: readonly Cell[], rule: MaskingRule = 'hash', family = 'f'): MaskedColumn => ({
  column: { name: 'c', type },
  family,
  rule,
  values,
});

function masked(secret: string, ...columns: MaskedColumn[]): readonly (readonly Cell[])[] {
  return columns.map(createMask(columns, secret));
}

test('one value is masked by one, in all columns of a family that have values of a kind, whatever their type', () => {
  const keys = masked(
    's',
    column('BIGINT', [7, 8, null]),
    column('INTEGER', [8, 7]),
    column('DECIMAL(18,2)', ['7.00']),
  );
  const [[seven, eight, nothing] = [], child, decimal] = keys;
  expect(nothing).toBeNull();
  expect(child).toEqual([eight, seven]);
  expect(decimal).toEqual([seven]);
});

test('keys of a family fit the narrowest of its types', () => {
  const values = Array.from({ length: 100 }, (_, at) => at);
  const [wide = [], narrow = []] = masked('s', column('BIGINT', values), column('SMALLINT', values));
  expect(wide).toEqual(narrow);
  expect(Math.max(...narrow.map(Number))).toBeLessThanOrEqual(32_767);
  expect(new Set(narrow).size).toBe(100);
});

test('no value is masked by one that a masked column has, nor by the same as another', () => {
  const values = Array.from({ length: 120 }, (_, at) => at + 1);
  const [hidden = []] = masked('s', column('TINYINT', values));
  const shown = hidden.filter((value) => value !== null);
  expect(shown.filter((value) => values.includes(Number(value)))).toEqual([]);
  expect(new Set(shown).size).toBe(shown.length);
  expect(shown.length).toBeLessThanOrEqual(7);
});

test('with another secret there are other values; with the same, the same', () => {
  const emails = column('VARCHAR', ['ada@example.org', 'bob@example.org']);
  expect(masked('one', emails)).toEqual(masked('one', emails));
  expect(masked('two', emails)).not.toEqual(masked('one', emails));
});

test.each([
  ['VARCHAR(6)', 'ada@example.org', /^[\da-f]{6}$/],
  ['varchar', 'ada@example.org', /^[\da-f]{16}$/],
  ['NUMBER(38,0)', 12, /^\d{1,10}$/],
  ['NUMBER(3,0)', 12, /^\d{1,3}$/],
  ['DECIMAL(5,2)', '12.30', /^\d{1,3}$/],
  ['DOUBLE', 1.5, /^\d{1,10}$/],
  ['HUGEINT', 12n, /^\d{1,10}$/],
  ['DATE', '2024-02-03', /^\d{4}-\d\d-\d\d$/],
  ['TIMESTAMP_NTZ(9)', '2024-02-03 04:05:06', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/],
  ['TIMESTAMP WITH TIME ZONE', '2024-02-03 04:05:06+00', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/],
  ['TIME', '04:05:06', /^\d\d:\d\d:\d\d$/],
  ['UUID', 'c0ffee00-0000-4000-8000-000000000000', /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/],
])('a value of %s stays one', (type, value, shape) => {
  const [[hidden] = []] = masked('s', column(type, [value]));
  expect(String(hidden)).toMatch(shape);
  expect(hidden).not.toBe(value);
});

test.each(['BOOLEAN', 'VARCHAR[]', 'STRUCT(a INTEGER)', 'VARIANT', 'BLOB', 'DECIMAL(10,2)[]'])(
  'of %s, which has too few values or parts of its own, nothing is left',
  (type) => {
    expect(masked('s', column(type, [true, 'x']))).toEqual([[null, null]]);
  },
);

test('redacted columns have one value of their type, and those that are to be null have none', () => {
  expect(
    masked(
      's',
      column('VARCHAR', ['a', null], 'redact'),
      column('INTEGER', [1, 2], 'redact'),
      column('DATE', ['2024-01-01'], 'null'),
    ),
  ).toEqual([['redacted', 'redacted'], [0, 0], [null]]);
});
