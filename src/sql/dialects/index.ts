import type { Dialect } from '../dialect.ts';
import { duckdb } from './duckdb/index.ts';
import { snowflake } from './snowflake/index.ts';

/** All dialects. A new one is a folder beside these and a line here. */
export const dialects: readonly Dialect[] = [duckdb, snowflake];

/** What `dialect` can be where SQL is read, for hints. */
export const dialectNames: readonly string[] = dialects.map(({ name }) => name);

/** The dialect of a name, undefined if there is none. */
export function findDialect(name: string): Dialect | undefined {
  return dialects.find((dialect) => dialect.name === name);
}
