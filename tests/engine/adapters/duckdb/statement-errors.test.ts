import { describe, expect, test } from 'vitest';
import { readVendorError, statementError } from '../../../../src/adapters/duckdb/statement-errors.ts';

describe('errors that come as text', () => {
  const text = (line: number, quoted: string, caret: number) =>
    `Binder Error: Referenced column "b" not found\n\nLINE ${line}: ${quoted}\n${' '.repeat(caret)}^`;

  test('the frame is taken off the message', () => {
    expect(readVendorError(text(1, 'select b', 15))).toEqual({
      message: 'Binder Error: Referenced column "b" not found',
      kind: 'Binder',
      position: undefined,
      name: undefined,
      missingTable: undefined,
      missingColumn: undefined,
    });
  });

  test('the caret leads to the offset, also on a later line', () => {
    const sql = 'select 1,\n  b\nfrom t';
    expect(statementError(sql, new Error(text(2, '  b', 'LINE 2:   '.length)), false).offset).toBe(sql.indexOf('b'));
  });

  test('a line that was cut on the left is found again', () => {
    const sql = `select ${'a, '.repeat(40)}missing from t`;
    const quoted = `...${sql.slice(-40)}`;
    const caret = 'LINE 1: '.length + quoted.indexOf('missing');
    expect(statementError(sql, new Error(text(1, quoted, caret)), false).offset).toBe(sql.indexOf('missing'));
  });

  test('no frame, no offset', () => {
    expect(statementError('select 1', new Error('Something else'), false)).toMatchObject({
      message: 'Something else',
      offset: undefined,
      vendorCode: undefined,
    });
  });
});

test('a full disk is explained', () => {
  const failure = statementError('select 1', new Error('IO Error: Could not write: No space left on device'), false);
  expect(failure.message).toContain('There is no room left on the disk');
});

test('a missing name that stands twice in the statement is not guessed at', () => {
  const json = '{"exception_type":"Catalog","exception_message":"No table x","name":"x"}';
  expect(statementError('insert into x select * from x', new Error(json), false).offset).toBeUndefined();
  expect(statementError('insert into x select 1', new Error(json), false).offset).toBe(12);
});

test('what another transaction was in the way of may pass, and nothing else', () => {
  const conflict = 'TransactionContext Error: Catalog write-write conflict on create with "main"';
  expect(statementError('create table t (a int)', new Error(conflict), false).mayPass).toBe(true);
  expect(statementError('create table t (a int)', new Error('Catalog Error: t exists'), false).mayPass).toBe(false);
  const refused =
    'TransactionContext Error: Failed to commit: PRIMARY KEY or UNIQUE constraint violation: duplicate key "1"';
  expect(statementError('insert into t values (1)', new Error(refused), false).mayPass).toBe(false);
});

describe('what DuckDB proposes for a missing table', () => {
  const failure = (name: string, candidates: string, type = 'Table') => {
    const message = `${type} with name ${name} does not exist!\\nDid you mean "${candidates}"?`.replaceAll('"', '\\"');
    const json = `{"exception_type":"Catalog","exception_message":"${message}","candidates":"${candidates}","type":"${type}","name":"${name}"}`;
    return statementError(`select * from ${name}`, new Error(json), false);
  };

  test('is told where it is near, in other schemas too', () => {
    expect(failure('orderz', 'raw.orders or s2.ordera').message).toBe(
      'Catalog Error: Table with name orderz does not exist!\nDid you mean "raw.orders or s2.ordera"?',
    );
  });

  test('is left out where nobody can have meant it', () => {
    expect(failure('fact_sale', 'main.pg_tables').message).toBe(
      'Catalog Error: Table with name fact_sale does not exist!',
    );
    expect(failure('nofun', 'count', 'Scalar Function').message).not.toContain('Did you mean');
  });

  test('the table is known, also where its schema is missing with it', () => {
    const schema = 'Table with name \\"raw.orders\\" does not exist because schema \\"raw\\" does not exist.';
    const json = `{"exception_type":"Catalog","exception_message":"${schema}","position":"14"}`;
    expect(failure('orderz', 'raw.orders').missingTable).toBe('orderz');
    expect(failure('nofun', 'count', 'Scalar Function').missingTable).toBeUndefined();
    expect(statementError('select * from raw.orders', new Error(json), false).missingTable).toBe('orders');
  });
});
