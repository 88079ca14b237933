import { describe, expect, it } from 'vitest';
import { snowflake } from '../../../../src/sql/dialects/snowflake/index.ts';
import {
  castability,
  commonType,
  readTypeText,
  type SqlType,
  type TypedOperator,
  typeOfCall,
  typeOfOperator,
  typeText,
} from '../../../../src/sql/types/index.ts';

const read = (text: string): SqlType =>
  /^[\d.]+$/.test(text) ? snowflake.types.numberLiteral(text) : readTypeText(text, snowflake);
const write = (type: SqlType | undefined): string => (type ? typeText(type, snowflake) : 'refused');

describe('names of types (docs.snowflake.com/en/sql-reference/intro-summary-data-types)', () => {
  it.each([
    ['NUMBER', 'NUMBER(38,0)'],
    ['DECIMAL(10)', 'NUMBER(10,0)'],
    ['numeric(10, 2)', 'NUMBER(10,2)'],
    ['INT', 'NUMBER(38,0)'],
    ['BYTEINT', 'NUMBER(38,0)'],
    ['FLOAT4', 'FLOAT'],
    ['DOUBLE PRECISION', 'FLOAT'],
    ['REAL', 'FLOAT'],
    ['STRING', 'VARCHAR'],
    ['TEXT(20)', 'VARCHAR(20)'],
    ['CHAR', 'VARCHAR(1)'],
    ['NCHAR VARYING', 'VARCHAR'],
    ['VARBINARY', 'BINARY'],
    ['DATETIME', 'TIMESTAMP_NTZ(9)'],
    ['TIMESTAMP', 'TIMESTAMP_NTZ(9)'],
    ['TIMESTAMP_LTZ(3)', 'TIMESTAMP_LTZ(3)'],
    ['TIMESTAMP WITH TIME ZONE', 'TIMESTAMP_TZ(9)'],
    ['TIMESTAMP WITHOUT TIME ZONE', 'TIMESTAMP_NTZ(9)'],
    ['TIME(0)', 'TIME(0)'],
    ['VARIANT', 'VARIANT'],
    ['OBJECT', 'OBJECT'],
    ['ARRAY', 'ARRAY'],
    ['ARRAY(NUMBER(10,0))', 'ARRAY(NUMBER(10,0))'],
    ['MAP(VARCHAR, NUMBER)', 'MAP(VARCHAR, NUMBER(38,0))'],
    ['OBJECT(city VARCHAR, zip NUMBER(5,0) NOT NULL)', 'OBJECT(city VARCHAR, zip NUMBER(5,0) NOT NULL)'],
    ['VECTOR(FLOAT, 256)', 'VECTOR(FLOAT, 256)'],
    ['INTERVAL YEAR TO MONTH', 'INTERVAL YEAR TO MONTH'],
    ['my_own_type', 'my_own_type'],
  ])('%s is %s', (text, expected) => {
    expect(write(read(text))).toBe(expected);
  });

  it('what is no type is not known', () => {
    expect(read('NUMBER(').kind).toBe('number');
    expect(read(')(').kind).toBe('unknown');
    expect(read('').kind).toBe('unknown');
  });
});

/** The documented results, as many digits as the printed answers have. */
describe('arithmetic (docs.snowflake.com/en/sql-reference/operators-arithmetic)', () => {
  it.each<[string, TypedOperator, string, string]>([
    ['10.01', '*', '1.1', 'NUMBER(6,3)'],
    ['10.001', '*', '.001', 'NUMBER(8,6)'],
    ['.1', '*', '.0000000000001', 'NUMBER(13,13)'],
    ['2', '/', '7', 'NUMBER(7,6)'],
    ['10.1', '/', '2.1', 'NUMBER(10,7)'],
    ['10.001', '/', '.001', 'NUMBER(14,9)'],
    ['.1', '/', '.0000000000001', 'NUMBER(20,7)'],
    ['NUMBER(10,2)', '+', 'NUMBER(5,4)', 'NUMBER(13,4)'],
    ['NUMBER(10,2)', '-', 'NUMBER(38,0)', 'NUMBER(38,2)'],
    ['NUMBER(10,2)', '%', 'NUMBER(1,0)', 'NUMBER(10,2)'],
    ['NUMBER(38,12)', '*', 'NUMBER(1,0)', 'NUMBER(38,12)'],
    ['NUMBER(38,10)', '/', 'NUMBER(38,0)', 'NUMBER(38,12)'],
    ['NUMBER(10,2)', '*', 'FLOAT', 'FLOAT'],
    ['NUMBER(10,2)', '+', 'VARCHAR(10)', 'NUMBER(19,5)'],
    ['DATE', '-', 'DATE', 'NUMBER(9,0)'],
    ['DATE', '+', '1', 'DATE'],
    ['1', '+', 'DATE', 'DATE'],
    ['TIMESTAMP_NTZ', '-', 'TIMESTAMP_NTZ', 'INTERVAL DAY TO SECOND'],
    ['TIMESTAMP_NTZ', '+', 'INTERVAL DAY', 'TIMESTAMP_NTZ(9)'],
    ['DATE', '+', 'INTERVAL YEAR TO MONTH', 'DATE'],
    ['DATE', '+', 'DATE', 'refused'],
    ['DATE', '*', '2', 'refused'],
    ['VARIANT', '+', '1', 'unknown'],
    ['VARCHAR(3)', '||', 'VARCHAR(4)', 'VARCHAR(7)'],
    ['NUMBER', '||', 'VARCHAR', 'VARCHAR'],
    ['BINARY', '||', 'BINARY', 'BINARY'],
    ['NUMBER', '=', 'VARCHAR', 'BOOLEAN'],
    ['NUMBER', '<', 'DATE', 'refused'],
    ['BOOLEAN', '=', 'TIMESTAMP_NTZ', 'refused'],
    ['VARIANT', '<', 'DATE', 'BOOLEAN'],
  ])('%s %s %s is %s', (left, operator, right, expected) => {
    expect(write(typeOfOperator(snowflake, operator, read(left), read(right)))).toBe(expected);
  });

  it('minus keeps a number, and is refused for a boolean', () => {
    expect(write(typeOfOperator(snowflake, '-', read('NUMBER(10,2)')))).toBe('NUMBER(10,2)');
    expect(write(typeOfOperator(snowflake, '-', read('BOOLEAN')))).toBe('refused');
  });
});

describe('conversion (docs.snowflake.com/en/sql-reference/data-type-conversion)', () => {
  it.each([
    ['VARCHAR', 'DATE', 'yes', 'yes'],
    ['BOOLEAN', 'NUMBER', 'yes', 'unknown'],
    ['NUMBER', 'TIMESTAMP', 'yes', 'yes'],
    ['NUMBER', 'DATE', 'no', 'no'],
    ['DATE', 'NUMBER', 'no', 'no'],
    ['TIME', 'TIMESTAMP', 'no', 'no'],
    ['TIMESTAMP', 'TIME', 'yes', 'yes'],
    ['VARIANT', 'GEOGRAPHY', 'yes', 'unknown'],
    ['OBJECT', 'ARRAY', 'yes', 'unknown'],
    ['ARRAY', 'ARRAY(NUMBER)', 'unknown', 'unknown'],
    ['my_type', 'NUMBER', 'unknown', 'unknown'],
  ])('%s to %s: %s, without a cast %s', (from, to, explicit, implicit) => {
    expect(castability(read(from), read(to), snowflake)).toBe(explicit);
    expect(snowflake.types.implicitCast(read(from), read(to))).toBe(implicit);
  });

  it.each([
    [['NUMBER(3,1)', 'NUMBER(1,0)'], 'NUMBER(3,1)'],
    [['NUMBER(10,0)', 'NUMBER(5,4)'], 'NUMBER(14,4)'],
    [['NUMBER', 'FLOAT'], 'FLOAT'],
    [['VARCHAR(3)', 'VARCHAR(10)'], 'VARCHAR(10)'],
    [['DATE', 'TIMESTAMP_TZ'], 'TIMESTAMP_TZ(9)'],
    [['VARCHAR', 'FLOAT'], 'FLOAT'],
    [['VARCHAR', 'NUMBER'], 'unknown'],
    [['VARIANT', 'NUMBER'], 'VARIANT'],
    [['NUMBER', 'DATE'], 'refused'],
    [['NUMBER', 'my_type', 'DATE'], 'unknown'],
  ])('the common type of %s is %s', (types, expected) => {
    expect(write(commonType(types.map(read), snowflake))).toBe(expected);
  });

  it('NULL takes any type, and nothing but NULLs stay NULL', () => {
    expect(write(commonType([{ kind: 'null' }, read('DATE')], snowflake))).toBe('DATE');
    expect(commonType([{ kind: 'null' }, { kind: 'null' }], snowflake)).toEqual({ kind: 'null' });
  });
});

type Given =
  | string
  | { readonly word: string }
  | { readonly star: true }
  | { readonly name: string; readonly type: string };

function call(name: string, ...given: readonly Given[]): ReturnType<typeof typeOfCall> {
  const call = given.map((one) => {
    if (typeof one === 'string') return { type: read(one), ...(/^[\d.]+$/.test(one) ? { constant: one } : {}) };
    if ('word' in one) return { type: read(''), constant: one.word };
    return 'star' in one ? { type: read(''), star: true } : { name: one.name, type: read(one.type) };
  });
  return typeOfCall(snowflake, name, call);
}

describe('results of functions (docs.snowflake.com/en/sql-reference/functions-all)', () => {
  it.each<[string, readonly Given[], string]>([
    ['SUM', ['NUMBER(20,10)'], 'NUMBER(32,10)'],
    ['sum', ['NUMBER(38,0)'], 'NUMBER(38,0)'],
    ['SUM', ['VARCHAR'], 'FLOAT'],
    ['SUM', ['FLOAT'], 'FLOAT'],
    ['AVG', ['NUMBER(20,10)'], 'NUMBER(34,12)'],
    ['AVG', ['NUMBER(38,0)'], 'NUMBER(38,6)'],
    ['MEDIAN', ['NUMBER(10,2)'], 'NUMBER(13,5)'],
    ['COUNT', [{ star: true }], 'NUMBER(18,0)'],
    ['COUNT', ['NUMBER', 'VARCHAR'], 'NUMBER(18,0)'],
    ['MAX', ['DATE'], 'DATE'],
    ['ROUND', ['NUMBER(3,2)'], 'NUMBER(4,0)'],
    ['ROUND', ['NUMBER(10,4)', '2'], 'NUMBER(11,2)'],
    ['ROUND', ['FLOAT', '2'], 'FLOAT'],
    ['DIV0', ['NUMBER(4,0)', '2'], 'NUMBER(10,6)'],
    ['MOD', ['NUMBER(10,2)', '7'], 'NUMBER(10,2)'],
    ['DATEADD', [{ word: 'month' }, '1', 'DATE'], 'DATE'],
    ['DATEADD', [{ word: 'HOUR' }, '1', 'DATE'], 'TIMESTAMP_NTZ(9)'],
    ['DATEADD', [{ word: 'hh' }, '1', 'TIME'], 'TIME(9)'],
    ['DATEADD', [{ word: 'year' }, '1', 'TIMESTAMP_TZ'], 'TIMESTAMP_TZ(9)'],
    ['DATEDIFF', [{ word: 'day' }, 'DATE', 'TIMESTAMP'], 'NUMBER(9,0)'],
    ['DATEDIFF', [{ word: 'hour' }, 'DATE', 'TIMESTAMP'], 'NUMBER(18,0)'],
    ['DATE_TRUNC', [{ word: 'week' }, 'DATE'], 'DATE'],
    ['TRUNC', ['NUMBER(10,4)', '1'], 'NUMBER(11,1)'],
    ['TRUNC', ['DATE', { word: 'month' }], 'DATE'],
    ['COALESCE', ['NUMBER(3,1)', 'NUMBER(1,0)'], 'NUMBER(3,1)'],
    ['IFF', ['BOOLEAN', 'VARCHAR(1)', 'VARCHAR(3)'], 'VARCHAR(3)'],
    ['DECODE', ['NUMBER', '1', 'VARCHAR(1)', '2', 'VARCHAR(2)', 'VARCHAR(5)'], 'VARCHAR(5)'],
    ['TO_NUMBER', ['VARCHAR'], 'NUMBER(38,0)'],
    ['TO_NUMBER', ['VARCHAR', '10', '2'], 'NUMBER(10,2)'],
    ['CONVERT_TIMEZONE', ['VARCHAR', 'TIMESTAMP_NTZ'], 'TIMESTAMP_TZ(9)'],
    ['CONVERT_TIMEZONE', ['VARCHAR', 'VARCHAR', 'TIMESTAMP_NTZ'], 'TIMESTAMP_NTZ(9)'],
    ['LAG', ['NUMBER(20,10)'], 'NUMBER(20,10)'],
    ['CONCAT', ['VARCHAR', 'NUMBER'], 'VARCHAR'],
    ['ARRAY_AGG', ['VARCHAR'], 'ARRAY'],
    ['GET', ['MAP(VARCHAR, DATE)', 'VARCHAR'], 'DATE'],
    ['PARSE_JSON', ['VARCHAR'], 'VARIANT'],
    ['CURRENT_TIMESTAMP', [], 'TIMESTAMP_LTZ(9)'],
    ['my_own_function', ['NUMBER'], 'unknown'],
  ])('%s(%j) is %s', (name, given, expected) => {
    const typing = call(name, ...given);
    expect(typing.problem).toBeUndefined();
    expect(write(typing.type)).toBe(expected);
  });

  it('a wrong number of arguments is refused, for known functions only', () => {
    expect(call('UPPER').problem).toEqual({ kind: 'arity', minimum: 1, maximum: 1, given: 0 });
    expect(call('NVL2', 'NUMBER', 'NUMBER').problem).toMatchObject({ kind: 'arity', minimum: 3 });
    expect(call('my_own_function').problem).toBeUndefined();
  });

  it('a word that is no date part is refused, a variable is not', () => {
    expect(call('DATEADD', { word: 'mont' }, '1', 'DATE').problem).toEqual({
      kind: 'date-part',
      index: 0,
      given: 'mont',
    });
    expect(call('DATEADD', '', '1', 'DATE').problem).toBeUndefined();
  });

  it('a type is refused only if nothing could make it fit', () => {
    expect(call('SUM', 'DATE').problem).toMatchObject({ kind: 'argument-type', index: 0 });
    expect(call('DATEADD', { word: 'day' }, '1', 'BOOLEAN').problem).toMatchObject({ kind: 'argument-type', index: 2 });
    for (const type of ['VARCHAR', 'BOOLEAN', 'VARIANT', 'my_type']) expect(call('SUM', type).problem).toBeUndefined();
    expect(call('UPPER', 'DATE').problem).toBeUndefined();
  });

  it('named arguments are told apart', () => {
    const flatten = call('FLATTEN', { name: 'INPUT', type: 'VARIANT' }, { name: 'outer', type: 'BOOLEAN' });
    expect(flatten.problem).toBeUndefined();
    expect(flatten.columns?.map(({ name }) => name)).toEqual(['SEQ', 'KEY', 'PATH', 'INDEX', 'VALUE', 'THIS']);
    const wrong = call('FLATTEN', { name: 'INPUT', type: 'VARIANT' }, { name: 'outr', type: 'BOOLEAN' });
    expect(wrong.problem).toMatchObject({ kind: 'argument-name', name: 'outr' });
  });
});
