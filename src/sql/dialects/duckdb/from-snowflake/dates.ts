import { call, cast, nowhere, number, string, type } from '../../../translate/build.ts';
import type { Translation } from '../../../translate/translation.ts';
import type { Call, Expression } from '../../../tree.ts';
import type { SqlType } from '../../../types/index.ts';
import { want } from './coercion.ts';
import {
  argumentsOf,
  constantNumber,
  constantText,
  type FunctionRule,
  type FunctionRules,
  refuseCall,
  same,
  title,
} from './functions.ts';
import { macro } from './macro.ts';

/** docs.snowflake.com/en/sql-reference/functions-date-time; weeks as with WEEK_START and WEEK_OF_YEAR_POLICY unset. */
export const dates: FunctionRules = {
  dateadd: added,
  timeadd: added,
  timestampadd: added,
  datediff: difference,
  timediff: difference,
  timestampdiff: difference,
  date_trunc: (node, translation) => {
    const [first, second] = argumentsOf(node, translation);
    if (!first || !second) return refuseCall(node, translation);
    const isColumn = first.kind === 'column' && translation.meaningOf(first) !== undefined;
    const swapped = partOf(first, translation) === undefined || (isColumn && partOf(second, translation) !== undefined);
    return truncateDate(node, swapped ? first : second, swapped ? second : first, translation);
  },
  date_part: extracted,
  extract: extracted,
  ...Object.fromEntries(
    ['year', 'quarter', 'month', 'week', 'day', 'dayofmonth', 'dayofweek', 'dayofweekiso', 'dayofyear', 'weekiso'].map(
      part,
    ),
  ),
  ...Object.fromEntries(['weekofyear', 'yearofweek', 'yearofweekiso', 'hour', 'minute', 'second'].map(part)),
  dayname: (node, translation) => formatted(node, '%a', translation),
  monthname: (node, translation) => formatted(node, '%b', translation),
  add_months: same('snowflake_add_months_to_end', ['moment', 'number']),
  months_between: same('snowflake_months_between_exactly', ['timestamp', 'timestamp']),
  last_day: (node, translation) => {
    const [value, unit] = argumentsOf(node, translation);
    const size = unit ? partOf(unit, translation) : 'month';
    if (!value || !size || !/^(year|quarter|month|week)$/.test(size))
      return refuseCall(node, translation, `${title(node)} of such a part`);
    const made = want(value, 'date', translation);
    return call(size === 'month' ? 'last_day' : `snowflake_last_day_of_${size}`, made);
  },
  next_day: same('snowflake_next_day', ['date', 'text']),
  previous_day: same('snowflake_previous_day', ['date', 'text']),
  date_from_parts: same('snowflake_date_of_parts', ['integer', 'integer', 'integer']),
  datefromparts: same('snowflake_date_of_parts', ['integer', 'integer', 'integer']),
  time_from_parts: same('snowflake_time_of_parts', ['integer', 'integer', 'integer', 'integer'], { least: 3 }),
  timefromparts: same('snowflake_time_of_parts', ['integer', 'integer', 'integer', 'integer'], { least: 3 }),
  timestamp_from_parts: fromParts,
  timestampfromparts: fromParts,
  timestamp_ntz_from_parts: fromParts,
  timestampntzfromparts: fromParts,
  time_slice: slice,
  convert_timezone: (node, translation) => {
    const given = argumentsOf(node, translation);
    const [source, target, value] = given;
    if (given.length === 2)
      return refuseCall(
        node,
        translation,
        'CONVERT_TIMEZONE with two arguments, which gives a TIMESTAMP_TZ,',
        'Cast the result to TIMESTAMP_NTZ or DATE, or give the time zone it comes from.',
      );
    if (!source || !target || !value) return refuseCall(node, translation);
    return macro(
      'snowflake_convert_timezone',
      want(source, 'text', translation),
      want(target, 'text', translation),
      want(value, 'timestamp', translation),
    );
  },
  current_date: () => call('current_date'),
  current_time: () => macro('snowflake_current_time'),
  localtime: () => macro('snowflake_current_time'),
  current_timestamp: () => call('now'),
  localtimestamp: () => call('now'),
  getdate: () => call('now'),
  systimestamp: () => call('now'),
  sysdate: () => macro('snowflake_utc_now'),
};

/** The part of a date that a word or text names, as Snowflake calls it. */
function partOf(node: Expression, translation: Translation): string | undefined {
  return translation.from.functions.dateParts.get(constantText(node)?.toLowerCase() ?? '');
}

const adders: Readonly<Record<string, readonly [adder: string, times: number]>> = {
  year: ['months', 12],
  quarter: ['months', 3],
  month: ['months', 1],
  week: ['days', 7],
  day: ['days', 1],
  hour: ['hours', 1],
  minute: ['minutes', 1],
  second: ['seconds', 1],
  millisecond: ['milliseconds', 1],
  microsecond: ['microseconds', 1],
  nanosecond: ['nanoseconds', 1],
};

function added(node: Call, translation: Translation): Expression {
  const [unit, amount, value] = argumentsOf(node, translation);
  const adder = unit && adders[partOf(unit, translation) ?? ''];
  if (!unit || !amount || !value || !adder) return refuseCall(node, translation, `${title(node)} of such a part`);
  const [called, times] = adder;
  const count = want(amount, 'number', translation);
  const whole = times === 1 ? count : multiplied(count, times);
  return macro(`snowflake_add_${called}`, want(value, 'moment', translation), whole);
}

const multiplied = (count: Expression, times: number): Expression => ({
  kind: 'binary',
  operator: '*',
  left: call('round', count),
  right: number(times),
  ...nowhere,
});

function difference(node: Call, translation: Translation): Expression {
  const [unit, from, to] = argumentsOf(node, translation);
  const size = unit && partOf(unit, translation);
  if (!unit || !from || !to || !size || !(size in adders))
    return refuseCall(node, translation, `${title(node)} of such a part`);
  const made = translation.expressions([from, to]);
  const plain = [from, to].every((side) => isOnTheWall(translation.typeOf(side)));
  if (plain && size === 'week') return macro('snowflake_weeks_between_dates', ...made);
  if (plain && size !== 'nanosecond') return call('date_diff', string(size), ...made);
  return macro(`snowflake_${size}s_between`, ...made);
}

/** Dates, and timestamps without a time zone, between which DuckDB counts boundaries as Snowflake does. */
const isOnTheWall = (type: SqlType): boolean =>
  type.kind === 'date' || (type.kind === 'timestamp' && type.zone === 'ntz');

/** DATE_TRUNC and TRUNC of a date: to a unit, whose type stays that of the date. */
export function truncateDate(
  node: Call,
  value: Expression,
  unit: Expression | undefined,
  translation: Translation,
): Expression {
  const size = unit && partOf(unit, translation);
  if (!size || !/^(year|quarter|month|week|day|hour|minute|second|millisecond|microsecond)$/.test(size))
    return refuseCall(node, translation, `${title(node)} to such a part`);
  return macro('snowflake_truncate_date', string(size), want(value, 'moment', translation));
}

const extractors: Readonly<Record<string, string>> = {
  year: 'year',
  quarter: 'quarter',
  month: 'month',
  week: 'week',
  week_iso: 'week',
  day: 'day',
  dayofweek: 'dayofweek',
  dayofweek_iso: 'isodow',
  dayofyear: 'dayofyear',
  yearofweek: 'isoyear',
  yearofweekiso: 'isoyear',
  hour: 'hour',
  minute: 'minute',
  second: 'second',
  nanosecond: 'snowflake_nanosecond',
  epoch_second: 'snowflake_epoch_seconds',
  epoch_millisecond: 'snowflake_epoch_milliseconds',
  epoch_microsecond: 'snowflake_epoch_microseconds',
  epoch_nanosecond: 'snowflake_epoch_nanoseconds',
};

function extracted(node: Call, translation: Translation): Expression {
  const [unit, value] = argumentsOf(node, translation);
  const part = unit && partOf(unit, translation);
  return value && part
    ? extract(node, part, value, translation)
    : refuseCall(node, translation, `${title(node)} of such a part`);
}

function extract(node: Call, part: string, value: Expression, translation: Translation): Expression {
  const extractor = extractors[part];
  if (!extractor) return refuseCall(node, translation, `The date part ${part.toUpperCase()}`);
  return call(extractor, want(value, 'moment', translation));
}

/** A function that is called like the part that it takes. */
function part(called: string): readonly [string, FunctionRule] {
  return [
    called,
    (node, translation) => {
      const [value, ...others] = argumentsOf(node, translation);
      const meant = translation.from.functions.dateParts.get(called);
      if (!value || others.length > 0 || !meant) return refuseCall(node, translation);
      return extract(node, meant, value, translation);
    },
  ];
}

function formatted(node: Call, format: string, translation: Translation): Expression {
  const [value] = argumentsOf(node, translation);
  if (!value) return refuseCall(node, translation);
  return call('strftime', want(value, 'moment', translation), string(format));
}

function fromParts(node: Call, translation: Translation): Expression {
  const given = argumentsOf(node, translation);
  if (given.length === 2) return same('snowflake_timestamp_of_parts', ['date', 'time'])(node, translation);
  const whole = ['integer', 'integer', 'integer', 'integer', 'integer', 'integer', 'integer'] as const;
  return same('snowflake_timestamp_of_parts', whole, { least: 6 })(node, translation);
}

function slice(node: Call, translation: Translation): Expression {
  const [value, length, unit, side] = argumentsOf(node, translation);
  const size = unit && partOf(unit, translation);
  const width = constantNumber(length);
  const end = side ? constantText(side)?.toLowerCase() : 'start';
  if (!value || !size || !width || !(size in adders) || !(end === 'start' || end === 'end'))
    return refuseCall(node, translation, `${title(node)} of such slices`);
  if (size === 'week' && width !== 1) return refuseCall(node, translation, `${title(node)} of several weeks`);
  const origin = cast(string(size === 'week' ? '1970-01-05' : '1970-01-01'), type('timestamp'));
  const interval: Expression = { kind: 'interval', value: string(`${width} ${size}`), ...nowhere };
  return macro(`snowflake_slice_${end}`, want(value, 'moment', translation), interval, origin);
}
