import type { Dialect } from '../../dialect.ts';
import { functions } from './functions/index.ts';
import { names } from './names.ts';
import { syntax } from './syntax.ts';
import { types } from './types/index.ts';

/** Snowflake. */
export const snowflake: Dialect = {
  name: 'snowflake',
  title: 'Snowflake',
  syntax,
  names,
  types,
  functions,
};
