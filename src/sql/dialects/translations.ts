import type { TranslationRules } from '../translate/translation.ts';
import { fromSnowflake } from './duckdb/from-snowflake/index.ts';
import { prelude as duckdbPrelude } from './duckdb/prelude/index.ts';

interface Pair {
  readonly from: string;
  readonly to: string;
  readonly rules: TranslationRules;
}

/** All pairs of dialects, one to be said in the other. */
const pairs: readonly Pair[] = [{ from: 'snowflake', to: 'duckdb', rules: fromSnowflake }];

/** What statements that were translated into a dialect call; a session of it has to run them first. */
const preludes: Readonly<Record<string, readonly string[]>> = { duckdb: duckdbPrelude };

export const findTranslation = (from: string, to: string): TranslationRules | undefined =>
  pairs.find((pair) => pair.from === from && pair.to === to)?.rules;

export const preludeOf = (dialect: string): readonly string[] => preludes[dialect] ?? [];
