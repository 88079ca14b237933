// The driver that the program works with, for what is loaded before it: the build has a copy of its own.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const load = createRequire(resolve(process.argv[1]));
export const { DuckDBConnection, DuckDBInstance } = load('../adapters/duckdb/driver.cjs').loadDriver();
