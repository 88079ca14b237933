import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { prelude, translate } from '../../../../src/sql/index.ts';
import { type Case, readCases } from './cases.ts';

const cases = readCases(import.meta.dirname);
const labelled = (one: Case): readonly [string, Case] => [`${one.line}: ${one.sql}`, one];

// Making the macros takes longer than hundreds of queries: all files have one session, and a database of their own.
let connection: DuckDBConnection;

beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  await connection.run("set TimeZone = 'UTC'");
  for (const statement of prelude('duckdb')) await connection.run(statement);
});

const openDatabase = async (name: string): Promise<void> => {
  await connection.run(`attach ':memory:' as "${name}"; use "${name}"`);
};

const files = [...new Set(cases.map(({ file }) => file))];

describe.each(files)('%s: DuckDB gives the answers that Snowflake documents', (file) => {
  beforeAll(() => openDatabase(file));

  it.each(cases.filter((one) => one.file === file).map(labelled))('%s', async (_, one) => {
    const { sql, diagnostics } = translate(one.sql, { from: 'snowflake', to: 'duckdb' });
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    const said = errors.map(({ line, column, message }) => `${line}:${column} ${message}`);
    if (one.expected.kind === 'refused') return expect(said).toEqual([one.expected.message]);
    expect(said).toEqual([]);
    await check(one, sql);
  });
});

async function check({ expected }: Case, sql: string): Promise<void> {
  if (expected.kind === 'fails') return expect(connection.run(sql)).rejects.toThrow(expected.message);
  if (sql === '') return expect(expected.kind).toBe('runs');
  const result = await connection.runAndReadAll(sql);
  if (expected.kind !== 'rows') return;
  const rows = result.getRows().map((row) => row.map((value) => (value === null ? 'NULL' : String(value))).join(' | '));
  expect(rows, sql).toEqual(expected.rows);
  if (expected.type) expect(result.columnTypes().map(String).join(' | '), sql).toBe(expected.type);
}

describe('with the columns of the tables known, the answers are the same', () => {
  const schema = [{ name: 'facts', columns: columnsOf('facts') }];
  beforeAll(() => openDatabase('with columns known'));

  it.each(cases.filter(({ file, expected }) => file === 'columns.cases' && expected.kind !== 'fails').map(labelled))(
    '%s',
    async (_, one) => {
      const { sql, diagnostics } = translate(one.sql, { from: 'snowflake', to: 'duckdb', schema });
      expect(diagnostics).toEqual([]);
      await check(one, sql);
    },
  );
});

/** The columns of a table as the first case of its file makes it. */
function columnsOf(table: string): { name: string; type: string }[] {
  const made = cases.find(({ sql }) => sql.startsWith(`create or replace table ${table} (`))?.sql ?? '';
  const list = made.slice(made.indexOf('(') + 1, made.lastIndexOf(')'));
  return [...list.matchAll(/(\w+) (\w+(?:\([^)]*\))?)/g)].map(([, name = '', type = '']) => ({ name, type }));
}

it('has at least three hundred cases that are executed', () => {
  expect(cases.filter(({ expected }) => expected.kind === 'rows').length).toBeGreaterThan(300);
});
