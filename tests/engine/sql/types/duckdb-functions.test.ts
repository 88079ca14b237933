import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { functions } from '../../../../src/sql/dialects/duckdb/functions/index.ts';
import { types } from '../../../../src/sql/dialects/duckdb/types/index.ts';
import { readTypeText, typeOfCall, typeText } from '../../../../src/sql/types/index.ts';

const duckdb = { types, functions };
const columns =
  'TINYINT|INTEGER|BIGINT|HUGEINT|UBIGINT|FLOAT|DOUBLE|DECIMAL(7,2)|DECIMAL(18,3)|BOOLEAN|VARCHAR|DATE|TIME|TIMESTAMP|TIMESTAMP WITH TIME ZONE|INTERVAL|BLOB|JSON|UUID|INTEGER[]|VARCHAR[]|MAP(VARCHAR, INTEGER)'.split(
    '|',
  );
let database: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  database = await DuckDBInstance.create(':memory:', { threads: '1' });
  connection = await database.connect();
  await connection.run(`create table t (${columns.map((type, index) => `c${index} ${type}`).join(', ')})`);
});

afterAll(() => {
  connection.closeSync();
  database.closeSync();
});

async function describeCall(call: string): Promise<{ readonly type?: string; readonly failure?: string }> {
  try {
    const reader = await connection.runAndReadAll(`describe select ${call} as r from t`);
    return { type: String(reader.getRows()[0]?.[1]) };
  } catch (error) {
    return { failure: (error as Error).message };
  }
}

/** Calls of a function with columns of every `step`-th combination of types. */
async function compare(name: string, arity: number, step: number, start: number): Promise<readonly string[]> {
  const wrong: string[] = [];
  const total = columns.length ** arity;
  for (let combination = start % step; combination < total; combination += step) {
    const chosen = Array.from(
      { length: arity },
      (_, index) => Math.floor(combination / columns.length ** index) % columns.length,
    );
    const call = `${name}(${chosen.map((index) => `c${index}`).join(', ')})`;
    const ours = typeOfCall(
      duckdb,
      name,
      chosen.map((index) => ({ type: readTypeText(columns[index] ?? '', duckdb) })),
    );
    const { type, failure } = await describeCall(call);
    const about = `${call} /* ${chosen.map((index) => columns[index]).join(', ')} */`;
    const text = typeText(ours.type, duckdb);
    if (ours.problem && failure === undefined) wrong.push(`${about}: refused by us, ${type}`);
    else if (!ours.problem && failure === undefined && ours.type.kind !== 'unknown' && text !== type)
      wrong.push(`${about}: ${text}, not ${type}`);
  }
  return wrong;
}

const plain = functions.names().filter((name) => {
  const found = functions.find(name);
  return (
    found &&
    (found.kinds.has('scalar') || found.kinds.has('aggregate')) &&
    !/^(pg_|current_|inet_|json_(de)?serialize|error|sleep|write_log|nextval|currval|setseed|getvariable|columns|unnest)/.test(
      name,
    )
  );
});
/** One of so many combinations of types is tried; FINER=100 tries as good as all and takes minutes. */
const steps: Readonly<Record<number, number>> = { 1: 7, 2: 211, 3: 5003 };
const finer = Number(process.env.FINER ?? 1);

describe('calls of functions, against the database', () => {
  it.each([1, 2, 3])(
    'with %i arguments have the type that the database gives, and are refused only if it refuses them',
    async (arity) => {
      const wrong: string[] = [];
      for (const [index, name] of plain.entries())
        wrong.push(...(await compare(name, arity, Math.max(1, Math.floor((steps[arity] ?? 1) / finer)), index * 7)));
      expect(wrong).toEqual([]);
    },
    300_000,
  );
});

/** Calls as people write them, with the arguments that typeOfCall is given. */
const written: readonly (readonly [name: string, ...given: string[]])[] = [
  ...['year', 'epoch', 'EPOCH', 'dow', 'julian'].map((part) => ['date_part', `'${part}'`, 'TIMESTAMP'] as const),
  ['date_trunc', "'month'", 'DATE'],
  ['date_diff', "'day'", 'DATE', 'TIMESTAMP'],
  ['strptime', 'VARCHAR', "'%Y-%m-%d'"],
  ['strptime', 'VARCHAR', "'%Y-%m-%d %z'"],
  ['try_strptime', 'VARCHAR', "'%Y %Z'"],
  ...['0', '1', '7'].map((places) => ['round', 'DECIMAL(18,3)', places] as const),
  ['round', '1.2345', '2'],
  ['trunc', 'DECIMAL(18,3)', '1'],
  ['coalesce', 'INTEGER', '1.5'],
  ['coalesce', 'DECIMAL(7,2)', '0'],
  ['greatest', 'TINYINT', '1'],
  ['if', 'BOOLEAN', 'INTEGER', 'DECIMAL(7,2)'],
  ['nullif', 'INTEGER', '1'],
  ['concat', 'INTEGER', "'a'"],
  ['concat_ws', "'-'", 'INTEGER', 'DATE'],
  ['string_agg', 'VARCHAR', "','"],
  ['lpad', 'VARCHAR', '2', "'0'"],
  ['sum', 'DECIMAL(7,2)'],
  ['sum', 'BOOLEAN'],
  ['avg', 'DECIMAL(7,2)'],
  ['avg', 'DATE'],
  ...['INTEGER', 'DATE', 'DECIMAL(7,2)', 'TIMESTAMP'].map((type) => ['median', type] as const),
  ['quantile_cont', 'INTEGER', '0.5'],
  ['max', 'INTEGER', '3'],
  ['arg_max', 'VARCHAR', 'DATE'],
  ['array_agg', 'DECIMAL(7,2)'],
  ['histogram', 'VARCHAR'],
  ['list_slice', 'INTEGER[]', '1', '2'],
  ['list_value', '1', '2'],
  ['json_extract', 'JSON', "'$.a'"],
  ['time_bucket', 'INTERVAL', 'DATE'],
  ['regexp_extract', 'VARCHAR', "'a'"],
  ['make_date', '2020', '1', '1'],
  ['floor', 'DECIMAL(18,3)'],
  ['abs', 'DECIMAL(18,3)'],
];

describe('calls with literals', () => {
  it.each(written)('%s(%s, %s, %s) has the type that the database gives', async (name, ...given) => {
    const isLiteral = (text: string) => /^['\d]/.test(text);
    const call = `${name}(${given.map((text) => (isLiteral(text) ? text : `c${columns.indexOf(text)}`)).join(', ')})`;
    const read = (text: string) => {
      if (text.startsWith("'")) return { type: types.textLiteral(text), constant: text.slice(1, -1) };
      return isLiteral(text)
        ? { type: types.numberLiteral(text), constant: text }
        : { type: readTypeText(text, duckdb) };
    };
    const ours = typeOfCall(duckdb, name, given.map(read));
    expect(ours.problem).toBeUndefined();
    expect(typeText(ours.type, duckdb)).toBe((await describeCall(call)).type);
  });
});
