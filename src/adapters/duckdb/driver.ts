import { createRequire } from 'node:module';

type Driver = typeof import('@duckdb/node-api');

/**
 * Loads DuckDB's driver. By `require`, because `import` of its hundred CommonJS files looks through each of them for names
 * first: 0.2 s instead of 0.08. The build puts another file in the place of this one, with all of them in it.
 */
export const loadDriver = (): Driver => createRequire(import.meta.url)('@duckdb/node-api') as Driver;
