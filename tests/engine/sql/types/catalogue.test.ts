import { describe, expect, it } from 'vitest';
import { functions as duckdbFunctions } from '../../../../src/sql/dialects/duckdb/functions/index.ts';
import { duckdb } from '../../../../src/sql/dialects/duckdb/index.ts';
import { dialects } from '../../../../src/sql/dialects/index.ts';
import { snowflake } from '../../../../src/sql/dialects/snowflake/index.ts';
import { parse } from '../../../../src/sql/index.ts';
import type { Cast, Expression } from '../../../../src/sql/tree.ts';
import {
  createCatalogue,
  lambdaParameterTypes,
  literalType,
  readDataType,
  readTypeText,
  type SqlType,
  typeOfCall,
  typeText,
} from '../../../../src/sql/types/index.ts';

/** The expression of `SELECT …`. */
function expression(text: string, dialect: string): Expression {
  const [statement] = parse(`SELECT ${text}`, { dialect }).statements;
  const body = statement?.kind === 'query-statement' ? statement.query.body : undefined;
  if (body?.kind !== 'select' || !body.items[0]) throw new Error(`no SELECT: ${text}`);
  return body.items[0].expression;
}

const named = (type: SqlType): boolean =>
  type.kind === 'named' && !['decfloat', 'PARQUET_VARIANT', 'TYPE'].includes(type.name);

describe.each(dialects)('the catalogue of $title', (dialect) => {
  const { functions } = dialect;

  it('has lines that are all read, with types that exist', () => {
    const strange = functions.names().filter((name) => {
      const signatures = functions.find(name)?.signatures ?? [];
      const types = signatures.flatMap(({ parameters, result, columns = [] }) => [
        ...parameters.map(({ accepts }) => accepts),
        ...(result.kind === 'pattern' ? [result.pattern] : []),
        ...columns.map(({ type }) => ({ kind: 'type', type }) as const),
      ]);
      return signatures.length === 0 || types.some((pattern) => pattern.kind === 'type' && named(pattern.type));
    });
    expect(strange).toEqual([]);
  });

  it('computes results from any arguments, also from none', () => {
    const computed = functions
      .names()
      .flatMap((name) => functions.find(name)?.signatures.map(({ result }) => result) ?? []);
    for (const result of computed) if (result.kind === 'computed') expect(result.compute([]).kind).toBeTypeOf('string');
    expect(computed.some(({ kind }) => kind === 'computed')).toBe(true);
  });

  it('finds names in any letter case, and functions without parentheses', () => {
    expect(functions.find('CoAlEsCe')?.name).toBe('coalesce');
    expect(functions.find('no_such_function')).toBeUndefined();
    for (const name of functions.bare) expect(functions.find(name), name).toBeDefined();
    expect(functions.dateParts.get('days')).toBe('day');
  });

  it('tells aggregates, window and table functions', () => {
    expect(functions.find('sum')?.kinds).toEqual(new Set(['aggregate']));
    expect(functions.find('row_number')?.signatures[0]).toMatchObject({ kind: 'window', over: 'required' });
    expect(functions.find('random')?.signatures[0]?.determinism).toBe('volatile');
    expect(functions.find('count')?.signatures.every(({ nulls }) => nulls === 'never')).toBe(true);
  });
});

describe('loading', () => {
  it('refuses a computed result that there is not', () => {
    const families = () => [{ kind: 'scalar', nulls: 'any', lines: 'f () =nothing' } as const];
    const catalogue = createCatalogue({ types: duckdb.types, families, results: {}, bare: [], dateParts: '' });
    expect(() => catalogue.find('f')).toThrow("'nothing'");
  });

  it('reads no line before the first look-up, and each only once', () => {
    let loaded = 0;
    const families = () => {
      loaded++;
      return [{ kind: 'scalar', nulls: 'any', lines: 'f, g (integer, text?) varchar / (date) =day' } as const];
    };
    const day = (): SqlType => ({ kind: 'date' });
    const catalogue = createCatalogue({
      types: duckdb.types,
      families,
      results: { day },
      bare: [],
      dateParts: 'day d',
    });
    expect(loaded).toBe(0);
    expect(catalogue.find('G')).toBe(catalogue.find('g'));
    expect(catalogue.find('f')?.signatures.map(({ minimum, maximum }) => [minimum, maximum])).toEqual([
      [1, 2],
      [1, 1],
    ]);
    expect(loaded).toBe(1);
  });
});

describe('types inside SQL', () => {
  it.each([
    ['snowflake', 'x::NUMBER(10, 2)', 'NUMBER(10,2)'],
    ['snowflake', 'x::INT', 'NUMBER(38,0)'],
    ['snowflake', 'x::TIMESTAMP WITH TIME ZONE', 'TIMESTAMP_TZ(9)'],
    ['snowflake', 'x::ARRAY(VARCHAR NOT NULL)', 'ARRAY(VARCHAR)'],
    ['snowflake', 'x::VECTOR(FLOAT, 3)', 'VECTOR(FLOAT, 3)'],
    ['duckdb', 'x::INT', 'INTEGER'],
    ['duckdb', 'x::DECIMAL', 'DECIMAL(18,3)'],
    ['duckdb', 'x::DECIMAL(10)', 'DECIMAL(10,0)'],
    ['duckdb', 'x::STRUCT(a INT, "B c" VARCHAR[])[]', 'STRUCT(a INTEGER, "B c" VARCHAR[])[]'],
    ['duckdb', 'x::MAP(VARCHAR, INT[3])', 'MAP(VARCHAR, INTEGER[3])'],
    ['duckdb', 'x::TIMESTAMP(9)', 'TIMESTAMP_NS'],
    ['duckdb', 'x::s.mood', 'mood'],
  ])('%s reads %s as %s', (name, text, expected) => {
    const dialect = dialects.find((one) => one.name === name) ?? duckdb;
    const { type } = expression(text, name) as Cast;
    expect(typeText(readDataType(type, dialect), dialect)).toBe(expected);
  });

  it.each([
    ['snowflake', '12.30', 'NUMBER(4,2)'],
    ['snowflake', '007', 'NUMBER(1,0)'],
    ['snowflake', '1e3', 'FLOAT'],
    ['snowflake', "'abc'", 'VARCHAR(3)'],
    ['snowflake', "X'ff'", 'BINARY'],
    ['snowflake', "DATE '2024-01-31'", 'DATE'],
    ['duckdb', "TIMESTAMPTZ '2024-01-31'", 'TIMESTAMP WITH TIME ZONE'],
    ['duckdb', 'NULL', 'null'],
    ['duckdb', 'true', 'BOOLEAN'],
    ['duckdb', "INTERVAL '1' DAY", 'INTERVAL'],
  ])('%s: the literal %s has the type %s', (name, text, expected) => {
    const dialect = dialects.find((one) => one.name === name) ?? duckdb;
    expect(typeText(literalType(expression(text, name), dialect), dialect)).toBe(expected);
  });

  it('an interval literal knows whether it is whole days', () => {
    const wholeDays = (text: string) => literalType(expression(text, 'snowflake'), snowflake);
    expect(wholeDays("INTERVAL '1 year, 3 months, 2 days'")).toMatchObject({ wholeDays: true });
    expect(wholeDays("INTERVAL '2 hours'")).toMatchObject({ wholeDays: false });
    expect(wholeDays("INTERVAL '5 minutes'")).toMatchObject({ wholeDays: false });
  });
});

describe('lambdas', () => {
  const list = { type: readTypeText('INTEGER[]', duckdb) };

  it('have parameters that are the elements of the list', () => {
    expect(lambdaParameterTypes(duckdb, 'list_transform', [list], 1).map((type) => typeText(type, duckdb))).toEqual([
      'INTEGER',
    ]);
    expect(lambdaParameterTypes(snowflake, 'FILTER', [{ type: { kind: 'array' } }], 1)).toEqual([{ kind: 'variant' }]);
  });

  it('that reduce a list have what was gathered before the element', () => {
    const types = lambdaParameterTypes(duckdb, 'list_reduce', [list], 1).map((type) => typeText(type, duckdb));
    expect(types).toEqual(['unknown', 'INTEGER']);
  });

  it('are nowhere else', () => {
    expect(lambdaParameterTypes(duckdb, 'length', [list], 0)).toEqual([]);
    expect(lambdaParameterTypes(duckdb, 'my_own', [list], 1)).toEqual([]);
  });
});

describe('a name that is both a scalar and a table function', () => {
  it('is what stands in its place', () => {
    const call = [{ type: readTypeText('BIGINT', duckdb) }];
    expect(duckdbFunctions.find('range')?.kinds).toEqual(new Set(['scalar', 'table']));
    expect(typeText(typeOfCall(duckdb, 'range', call).type, duckdb)).toBe('BIGINT[]');
    expect(typeOfCall(duckdb, 'range', call, 'table').columns).toEqual([{ name: 'range', type: call[0]?.type }]);
  });
});
