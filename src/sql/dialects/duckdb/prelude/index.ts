import { conversions } from './conversions.ts';
import { dates } from './dates.ts';
import { numbers } from './numbers.ts';
import { semiStructured } from './semi-structured.ts';
import { tables } from './tables.ts';
import { texts } from './texts.ts';

const families: readonly (readonly string[])[] = [conversions, numbers, dates, texts, semiStructured, tables];

/**
 * The macros that translated statements call. They are temporary, so that nothing is left in a user's database, and
 * replaced, so that a session may run them twice.
 */
export const prelude: readonly string[] = families.flat().map((macro) => `create or replace temp macro ${macro}`);
