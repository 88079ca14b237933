import type { Expressions, Relation, Statements } from '../../core/index.ts';
import { renderRelation } from './naming.ts';

/** Expressions that Snowflake writes differently from the standard. */
export const expressions: Partial<Expressions> = {
  arrayConstruct: (elements) => `array_construct(${elements.join(', ')})`,
  boolOr: (expression) => `boolor_agg(${expression})`,
  cast: (expression, type) => spatial(type, expression, 'to') ?? `cast(${expression} as ${type})`,
  escapeSingleQuotes: (text) => text.replaceAll("'", "\\'"),
  // Of no characters, `right` would give none either, but only for a plain number.
  right: (text, length) => `case when ${length} = 0 then '' else right(${text}, ${length}) end`,
  safeCast(expression, type) {
    const whole = spatial(type, expression, 'try_to');
    if (whole !== undefined) return whole;
    if (type.toUpperCase() === 'VARIANT') return `cast(${expression} as ${type})`;
    // `try_cast` takes nothing but texts.
    return `try_cast(${isNumber(expression) ? `'${expression}'` : expression} as ${type})`;
  },
};

const isNumber = (expression: string): boolean => /^-?\d+(\.\d+)?$/.test(expression.trim());

function spatial(type: string, expression: string, how: 'to' | 'try_to'): string | undefined {
  const name = type.toLowerCase();
  return name === 'geography' || name === 'geometry' ? `${how}_${name}(${expression})` : undefined;
}

/** Moments, and how they are moved and written. */
export const moments = {
  currentTimestamp: () => "convert_timezone('UTC', current_timestamp())",
  sessionTimestamp: () => 'current_timestamp::timestamp',
  localTime: (moment) => `to_timestamp_ntz(${moment})`,
  dateAdd: (part, interval, from) => `dateadd(${part}, ${interval}, ${from})`,
  instant,
  relationAt: (relation: Relation, at: Date) => `${renderRelation(relation)} at (timestamp => ${instant(at)})`,
} satisfies Partial<Statements>;

function instant(at: Date): string {
  const text = at
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, '+00:00');
  return `to_timestamp_tz('${text}')`;
}
