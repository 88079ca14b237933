import type { Dialect } from '../../dialect.ts';
import { functions } from './functions/index.ts';
import { names } from './names.ts';
import { syntax } from './syntax.ts';
import { types } from './types/index.ts';

/** DuckDB. */
export const duckdb: Dialect = {
  name: 'duckdb',
  title: 'DuckDB',
  syntax,
  names,
  types,
  functions,
};
