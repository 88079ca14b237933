// DuckDB's own parser as the judge of what is DuckDB's SQL; used by accept.mjs and fuzz.mjs.
import { DuckDBInstance } from '@duckdb/node-api';

/** `accepts` tells whether a text is one or more statements; no statement is run, no name looked up. */
export async function openOracle() {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const version = (await connection.runAndReadAll('SELECT version()')).getRows()[0][0];
  const judge = async (sql) => {
    try {
      return (await connection.extractStatements(sql)).count > 0 ? undefined : 'no statement';
    } catch (error) {
      return error.message.split('\n')[0];
    }
  };
  return { version, judge, accepts: async (sql) => (await judge(sql)) === undefined };
}
