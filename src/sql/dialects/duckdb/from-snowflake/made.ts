import type { Expression } from '../../../tree.ts';
import { unwrapped } from './macro.ts';

/*
 * What made expressions give, whatever they are made of. Macros repeat their arguments, so that a macro around a macro,
 * five deep, would keep the database busy for minutes: what is certain is not asked for again.
 */

const giveText = new Set(
  `upper lower trim ltrim rtrim replace substring left right lpad rpad split_part regexp_replace reverse repeat translate
  concat_ws strftime string_agg md5 snowflake_text snowflake_text_within snowflake_variant_text snowflake_float_text
  snowflake_left snowflake_right snowflake_substring snowflake_split_part snowflake_strtok snowflake_insert
  snowflake_initcap snowflake_lpad snowflake_rpad snowflake_repeat snowflake_base64 snowflake_hex snowflake_character
  snowflake_regexp_substr snowflake_regexp_replace_from`.split(/\s+/),
);

const giveOperand = new Set(
  `abs round ceil floor trunc sqrt power sum count count_if length snowflake_operand snowflake_float snowflake_integer
  snowflake_divide snowflake_div0 snowflake_div0null snowflake_modulo snowflake_round_whole
  snowflake_ceiling snowflake_floor snowflake_sqrt`.split(/\s+/),
);

const giveMoment = new Set(
  `snowflake_moment snowflake_timestamp snowflake_date snowflake_truncate_date snowflake_add_days snowflake_add_months
  snowflake_add_months_to_end snowflake_add_hours snowflake_next_day snowflake_previous_day last_day`.split(/\s+/),
);

/** Those that give one of what they are given. */
const passing = new Set(['coalesce', 'greatest', 'least']);

/** Whether it is certain that the expression gives a text. */
export function isText(made: Expression): boolean {
  if (made.kind === 'binary') return made.operator === '||';
  return made.kind === 'string' || isGivenBy(made, giveText, isText);
}

/** Whether it is certain that arithmetic can be done with what the expression gives: that it is no VARIANT. */
export function isOperand(made: Expression): boolean {
  if (made.kind === 'binary') return made.operator !== '||';
  return made.kind === 'number' || isGivenBy(made, giveOperand, isOperand);
}

/** Whether it is certain that the expression gives a date or a timestamp. */
export const isMomentMade = (made: Expression): boolean => isGivenBy(made, giveMoment, isMomentMade);

function isGivenBy(given: Expression, giving: ReadonlySet<string>, isOne: (made: Expression) => boolean): boolean {
  const made = unwrapped(given);
  if (made.kind === 'parenthesized') return isOne(made.expression);
  if (made.kind !== 'call' || made.name.parts.length !== 1) return false;
  const called = made.name.parts[0]!.text;
  if (giving.has(called)) return true;
  return passing.has(called) && made.arguments.every(({ value }) => value.kind !== 'query' && isOne(value));
}
