// The driver that the program works with, for what is loaded before it: the build has a copy of its own.
import { pathToFileURL } from 'node:url';

const file = new URL('../adapters/duckdb/driver.js', pathToFileURL(process.argv[1]));
export const { DuckDBConnection, DuckDBInstance } = (await import(file.href)).loadDriver();
