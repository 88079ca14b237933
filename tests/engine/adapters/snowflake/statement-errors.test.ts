import { describe, expect, test } from 'vitest';
import { classOf, statementError, withoutValues } from '../../../../src/adapters/snowflake/statement-errors.ts';

describe('a failure', () => {
  test.each([
    ['390112', 'session'],
    [401004, 'session'],
    [401001, 'network'],
    [401002, 'network'],
    ['000625', 'lock'],
    [625, 'lock'],
    ['000603', 'incident'],
    ['000604', 'cancelled'],
    ['001003', 'refused'],
    ['000630', 'refused'],
    ['090073', 'refused'],
    ['100090', 'refused'],
  ] as const)('%s is one of the %s', (code, expected) => {
    expect(classOf({ code })).toBe(expected);
  });

  test('is placed by the line and place that Snowflake tells, in its data or in its words', () => {
    const text = 'select 1;\nselect a,\n  b from t';
    const start = text.indexOf('select a');
    const told = {
      code: '000904',
      message: "SQL compilation error: error line 2 at position 2\ninvalid identifier 'B'",
    };
    for (const failure of [told, { ...told, data: { line: 2, pos: 2 } }]) {
      const error = statementError(text, start, failure);
      expect(text.slice(error.offset)).toBe('b from t');
      expect(error.message).toBe("SQL compilation error: invalid identifier 'B' (000904)");
    }
  });

  test('quotes no rows, and no values where they are to be taken out', () => {
    const row = "Duplicate row detected during DML action Row Values: [1, 'Ada', 'secret']";
    expect(withoutValues(row, { single: false })).toBe(
      'Duplicate row detected during DML action Row Values: [redacted]',
    );
    const value = "Numeric value 'Ada' is not recognized";
    expect(withoutValues(value, { single: false })).toBe(value);
    expect(withoutValues(value, { single: true })).toBe("Numeric value '[redacted]' is not recognized");
  });

  test('names the table that is not there', () => {
    const failure = (kind: string, name: string) =>
      statementError('', 0, { code: '002003', message: `${kind} '${name}' does not exist or not authorized.` });
    expect(failure('Object', 'DB.RAW.ORDERS').missingTable).toBe('ORDERS');
    expect(failure('Table', 'DB.RAW."orders"').missingTable).toBe('orders');
    expect(failure('Schema', 'DB.RAW').missingTable).toBeUndefined();
  });

  test('names the column that is not there', () => {
    const failure = (name: string) =>
      statementError('', 0, { code: '000904', message: `SQL compilation error: invalid identifier '${name}'` });
    expect(failure('AMUONT').missingColumn).toBe('AMUONT');
    expect(failure('O.AMUONT').missingColumn).toBe('AMUONT');
    expect(failure('O."amuont"').missingColumn).toBe('amuont');
  });
});
