import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { types } from '../../../../src/sql/dialects/duckdb/types/index.ts';
import {
  castability,
  commonType,
  type SqlType,
  type TypedOperator,
  typeOfOperator,
  typeText,
  unknownType,
} from '../../../../src/sql/types/index.ts';

const duckdb = { types };
const fields = [{ name: 'a', type: { kind: 'integer', bits: 32, signed: true } }] as const;
const integer: SqlType = { kind: 'integer', bits: 32, signed: true };
const varchar: SqlType = { kind: 'varchar' };

/** Every kind of type that DuckDB has, as a column of a table, with a value for a row. */
const samples: readonly (readonly [type: SqlType, value: string])[] = [
  ...[8, 16, 32, 64, 128].flatMap((bits) =>
    [true, false].map((signed) => [{ kind: 'integer', bits, signed }, '1'] as const),
  ),
  [{ kind: 'integer', bits: Number.POSITIVE_INFINITY, signed: true }, '1'],
  [{ kind: 'float', bits: 32 }, '1'],
  [{ kind: 'float', bits: 64 }, '1'],
  ...[
    [5, 2],
    [17, 0],
    [18, 3],
    [38, 10],
    [20, 20],
  ].map(([precision = 0, scale = 0]) => [{ kind: 'number', precision, scale }, scale === 20 ? '0' : '1'] as const),
  [{ kind: 'boolean' }, 'true'],
  [varchar, "'a'"],
  [{ kind: 'date' }, "'2020-01-01'"],
  [{ kind: 'time', zone: 'none', precision: 6 }, "'10:00:00'"],
  [{ kind: 'time', zone: 'tz', precision: 6 }, "'10:00:00+00'"],
  ...[0, 3, 6, 9].map((precision) => [{ kind: 'timestamp', zone: 'ntz', precision }, "'2020-01-01'"] as const),
  [{ kind: 'timestamp', zone: 'ltz', precision: 6 }, "'2020-01-01'"],
  [{ kind: 'interval', family: 'mixed' }, "'1 day'"],
  [{ kind: 'binary' }, "'a'"],
  [{ kind: 'bits' }, "'1'"],
  [{ kind: 'uuid' }, 'uuid()'],
  [{ kind: 'json' }, "'1'"],
  [{ kind: 'variant' }, '1'],
  [{ kind: 'array', element: integer }, '[1]'],
  [{ kind: 'array', element: varchar }, "['a']"],
  [{ kind: 'array', element: integer, size: 3 }, '[1, 2, 3]'],
  [{ kind: 'struct', fields }, "{'a': 1}"],
  [{ kind: 'map', key: varchar, value: integer }, "map {'a': 1}"],
  [{ kind: 'enum', values: ['a', 'b'] }, "'a'"],
];

const operators: readonly TypedOperator[] = ['+', '-', '*', '/', '//', '%', '**', '&', '<<', '||', '=', '<'];
let connection: DuckDBConnection;
let database: DuckDBInstance;

beforeAll(async () => {
  database = await DuckDBInstance.create(':memory:', { threads: '1' });
  connection = await database.connect();
  const columns = samples.map(([type], index) => `c${index} ${typeText(type, duckdb)}`);
  await connection.run(`create table t (${columns.join(', ')})`);
});

afterAll(() => {
  connection.closeSync();
  database.closeSync();
});

/** The types of expressions over t, asked for all at once; undefined for what is refused. */
async function typesOf(expressions: readonly string[]): Promise<(string | undefined)[]> {
  try {
    const reader = await connection.runAndReadAll(`describe select ${expressions.join(', ')} from t`);
    return reader.getRows().map((row) => String(row[1]));
  } catch {
    if (expressions.length === 1) return [undefined];
    const half = expressions.length >> 1;
    return [...(await typesOf(expressions.slice(0, half))), ...(await typesOf(expressions.slice(half)))];
  }
}

/** The database is slow to refuse: of what we refuse it is asked one in so many; ONE_IN=1 asks for all. */
const oneIn = Number(process.env.ONE_IN ?? 23);

/** Where ours says something that DuckDB does not; `silent` is how often ours says nothing. */
async function compare(
  cases: readonly { readonly sql: string; readonly ours: SqlType | undefined }[],
): Promise<{ readonly wrong: readonly string[]; readonly silent: number }> {
  const silent = cases.filter(({ ours }) => ours?.kind === 'unknown').length;
  const asked = cases.filter(({ ours }, index) => (ours ? ours.kind !== 'unknown' : index % oneIn === 0));
  const theirs = await typesOf(asked.map(({ sql }) => sql));
  const wrong = asked.flatMap(({ sql, ours }, index) => {
    const text = ours && typeText(ours, duckdb);
    return text === theirs[index] ? [] : [`${sql}: ${text}, not ${theirs[index]}`];
  });
  return { wrong, silent };
}

const pairs = samples.flatMap(([left], i) =>
  samples.map(([right], j) => ({
    left,
    right,
    a: `c${i}`,
    b: `c${j}`,
    names: `${typeText(left, duckdb)} ${typeText(right, duckdb)}`,
  })),
);

describe('types as measured in the database', () => {
  it('are printed as DESCRIBE does', async () => {
    const found = await typesOf(samples.map((_, index) => `c${index}`));
    expect(samples.map(([type]) => typeText(type, duckdb))).toEqual(found);
  });

  it.each(operators)('%s gives the type that the database gives', async (operator) => {
    const cases = pairs.map(({ left, right, a, b, names }) => ({
      sql: `${a} ${operator} ${b} /* ${names} */`,
      ours: typeOfOperator(duckdb, operator, left, right),
    }));
    const { wrong, silent } = await compare(cases);
    expect(wrong).toEqual([]);
    expect(silent / cases.length).toBeLessThan(0.2);
  });

  it('a unary operator gives the type that the database gives', async () => {
    const cases = (['-', '~', 'not'] as const).flatMap((operator) =>
      samples.map(([type], index) => ({ sql: `${operator} c${index}`, ours: typeOfOperator(duckdb, operator, type) })),
    );
    expect((await compare(cases)).wrong).toEqual([]);
  });

  it('COALESCE gives the common type', async () => {
    const cases = pairs.map(({ left, right, a, b, names }) => ({
      sql: `coalesce(${a}, ${b}) /* ${names} */`,
      ours: commonType([left, right], duckdb),
    }));
    const { wrong, silent } = await compare(cases);
    expect(wrong).toEqual([]);
    expect(silent / cases.length).toBeLessThan(0.05);
  });

  it('a set operation makes one type of all', async () => {
    const cases = pairs.map(({ left, right, a, b, names }) => ({
      sql: `(select ${a} from t union all select ${b} from t /* ${names} */)`,
      ours: commonType([left, right], duckdb) ?? types.united?.(left, right),
    }));
    const { wrong, silent } = await compare(cases);
    expect(wrong).toEqual([]);
    expect(silent / cases.length).toBeLessThan(0.12);
  });

  it('literals take the type of what they meet', async () => {
    const literals = ['1', '127', '128', '70000', '3000000000', '1.5', "'x'"];
    const typed = literals.map(
      (text) => [text, text.startsWith("'") ? types.textLiteral('x') : types.numberLiteral(text)] as const,
    );
    const cases = typed.flatMap(([text, type]) =>
      samples.flatMap(([other], index) => [
        { sql: `coalesce(c${index}, ${text})`, ours: commonType([other, type], duckdb) },
        ...(['+', '*', '<', '||'] as const).map((operator) => ({
          sql: `c${index} ${operator} ${text} /* ${typeText(other, duckdb)} */`,
          ours: typeOfOperator(duckdb, operator, other, type),
        })),
      ]),
    );
    expect((await compare(cases)).wrong).toEqual([]);
  });

  it.each(['1', '2147483648', '9223372036854775808', '1.5', '.5', '1.', '0.10', '007.50', '1e3', '1_000'])(
    'the literal %s has the type that the database gives',
    async (text) => {
      expect(typeText(types.numberLiteral(text), duckdb)).toBe((await typesOf([text]))[0]);
    },
  );

  it('a cast that is refused for certain fails with a row, one that is possible does not', async () => {
    const wrong: string[] = [];
    for (const [from, value] of samples)
      for (const [to] of samples) {
        const answer = castability(from, to, duckdb);
        if (answer === 'unknown') continue;
        const sql = `select cast(x as ${typeText(to, duckdb)}) from (select (${value})::${typeText(from, duckdb)} as x from range(1))`;
        const failure = await connection.runAndReadAll(sql).then(
          () => undefined,
          (error: Error) => error.message,
        );
        const refused = /Unimplemented|Binder/.test(failure ?? '');
        if (refused !== (answer === 'no'))
          wrong.push(`${typeText(from, duckdb)} → ${typeText(to, duckdb)}: ${answer}, ${failure}`);
      }
    expect(wrong).toEqual([]);
  });

  it('nothing is concluded from what is not known', () => {
    expect(typeOfOperator(duckdb, '+', unknownType, integer)).toEqual(unknownType);
    expect(commonType([integer, { kind: 'named', name: 'mood' }], duckdb)).toEqual(unknownType);
    expect(castability(unknownType, integer, duckdb)).toBe('unknown');
  });
});
