import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { duckdbSchema, errorCodes, inDuckdb, statementsOf } from './samples.ts';

let connection: DuckDBConnection;

beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  await connection.run('create schema sc');
  for (const { name, columns = [] } of duckdbSchema) {
    await connection.run(
      `create table ${name} (${columns.map((column) => `${column.name} ${column.type}`).join(', ')})`,
    );
  }
});

/** Names that are expressions are DuckDB's own; types compare without quotes and blanks. */
const plainName = /^[A-Za-z_]\w*$/;
const plainType = (type: string): string =>
  type
    .replace(/"(\w*)"/g, '$1')
    .replace(/\s/g, '')
    .toLowerCase();

describe('a query that DuckDB takes has no error, and the columns that DuckDB says', () => {
  it.each(statementsOf('accepted-duckdb.sql'))('%s%s', async (_, sql) => {
    const result = inDuckdb(sql);
    expect(errorCodes(result)).toEqual([]);
    if (result.columns.at(-1)?.name === '*') return;
    const statement = await connection.prepare(sql);
    const theirs = Array.from({ length: statement.columnCount }, (_, index) => statement.columnName(index));
    expect(
      result.columns.map(({ name }, index) => (plainName.test(theirs[index] ?? '') ? name : theirs[index])),
    ).toEqual(theirs);
    result.columns.forEach(({ type }, index) => {
      if (/unknown|null|STRUCT\(INTEGER/.test(type)) return;
      expect(plainType(type)).toBe(plainType(String(statement.columnType(index))));
    });
  });
});

describe('a query that DuckDB refuses has the error', () => {
  it.each(statementsOf('refused-duckdb.sql'))('%s: %s', async (code, sql) => {
    expect(errorCodes(inDuckdb(sql))).toEqual([code]);
    await expect(connection.prepare(sql)).rejects.toThrow();
  });
});
