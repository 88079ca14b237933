import { conversions } from './conversions.ts';
import { dates } from './dates.ts';
import { numberFormats } from './number-formats.ts';
import { numbers } from './numbers.ts';
import { semiStructured } from './semi-structured.ts';
import { tables } from './tables.ts';
import { texts } from './texts.ts';

const families: readonly (readonly string[])[] = [
  conversions,
  numbers,
  numberFormats,
  dates,
  texts,
  semiStructured,
  tables,
];

/**
 * The macros that translated statements call. They are temporary, so that nothing is left in a user's database, and
 * replaced, so that a session may run them twice. A lambda's parameter whose fields are read has a name that no table has:
 * in `p.a`, DuckDB would rather see the column of a table.
 */
export const prelude: readonly string[] = families.flat().map((macro) => `create or replace temp macro ${macro}`);
