import { unsupported } from '../../errors.ts';
import { Cursor } from '../cursor.ts';
import { readExpression } from '../expression.ts';
import { argument, atMost, type Call, constant, isText, type Rule } from './call.ts';

const parts: Readonly<Record<string, string>> = {
  ...names('year', 'YEAR Y YY YYY YYYY YR YEARS YRS'),
  ...names('quarter', 'QUARTER Q QTR QTRS QUARTERS'),
  ...names('month', 'MONTH MM MON MONS MONTHS'),
  ...names('week', 'WEEK W WK WEEKOFYEAR WOY WY WEEKISO WEEK_ISO'),
  ...names('day', 'DAY D DD DAYS DAYOFMONTH'),
  ...names('hour', 'HOUR H HH HR HOURS HRS'),
  ...names('minute', 'MINUTE M MI MIN MINUTES MINS'),
  ...names('second', 'SECOND S SEC SECONDS SECS'),
  ...names('millisecond', 'MILLISECOND MS MSEC MILLISECONDS'),
  ...names('microsecond', 'MICROSECOND US USEC MICROSECONDS'),
};

/** Parts that can be asked of a date and are no unit. */
const fields: Readonly<Record<string, string>> = {
  ...names('dow', 'DAYOFWEEK WEEKDAY DOW DW'),
  ...names('isodow', 'DAYOFWEEKISO DAYOFWEEK_ISO DOW_ISO'),
  ...names('doy', 'DAYOFYEAR YEARDAY DOY DY'),
  ...names('isoyear', 'YEAROFWEEKISO'),
  ...names('epoch', 'EPOCH EPOCH_SECOND EPOCH_SECONDS'),
};

function names(part: string, words: string): Record<string, string> {
  return Object.fromEntries(words.split(' ').map((word) => [word, part]));
}

function unitOf(call: Call, index: number): string {
  const word = constant(call, index)?.toUpperCase() ?? '';
  const unit = parts[word];
  if (!unit) throw unsupported(`date part ${word}`);
  return unit;
}

const calendar = new Set(['year', 'quarter', 'month', 'week', 'day']);

const add: Rule = (call) => {
  const unit = unitOf(call, 0);
  const count = `CAST(round(${argument(call, 1)}) AS BIGINT)`;
  const moment = momentOf(call, 2);
  const interval =
    unit === 'quarter'
      ? `to_months(CAST(3 * ${count} AS INTEGER))`
      : `to_${unit}s(CAST(${count} AS ${widths[unit] ?? 'BIGINT'}))`;
  return `main.${calendar.has(unit) ? 'sf_add_days' : 'sf_add_time'}(${moment}, ${interval})`;
};

const widths: Readonly<Record<string, string>> = {
  year: 'INTEGER',
  month: 'INTEGER',
  week: 'INTEGER',
  day: 'INTEGER',
  second: 'DOUBLE',
  millisecond: 'DOUBLE',
};

/** A moment; a literal is one by its place. */
const momentOf = (call: Call, index: number): string =>
  isText(call, index) ? `CAST(${argument(call, index)} AS TIMESTAMP)` : argument(call, index);

/** `interval '1 day, 2 hours'` as the engine writes it; whether only a calendar's units are in it. */
export function acceptInterval(cursor: Cursor): { readonly sql: string; readonly calendar: boolean } | undefined {
  if (!cursor.sees('INTERVAL') || cursor.peek(1)?.kind !== 'string') return undefined;
  cursor.next();
  const text = cursor.expectString();
  const pieces = text.split(',').map((piece) => {
    const [, count = '', word = 'second'] = /^\s*(-?\d+)\s*([A-Za-z]*)\s*$/.exec(piece) ?? [];
    const unit = parts[word.toUpperCase()];
    if (count === '' || !unit) throw unsupported(`INTERVAL '${text}'`);
    return { unit, sql: `INTERVAL (${count}) ${unit}` };
  });
  return { sql: pieces.map(({ sql }) => sql).join(' + '), calendar: pieces.every(({ unit }) => calendar.has(unit)) };
}

const difference: Rule = (call) => {
  const [unit, from, to] = [unitOf(call, 0), momentOf(call, 1), momentOf(call, 2)];
  // Weeks are counted by the Mondays between, not by sevens of days.
  if (unit === 'week') return `(date_diff('day', date_trunc('week', ${from}), date_trunc('week', ${to})) // 7)`;
  return `date_diff('${unit}', ${from}, ${to})`;
};
const truncate = (unit: number, moment: number): Rule => {
  return (call) => `main.sf_trunc('${unitOf(call, unit)}', ${momentOf(call, moment)})`;
};

function field(word: string, moment: string): string {
  const name = parts[word] ?? fields[word];
  if (!name) throw unsupported(`date part ${word}`);
  return name === 'epoch' ? `CAST(floor(epoch(${moment})) AS BIGINT)` : `date_part('${name}', ${moment})`;
}

const extract: Rule = (call) => {
  const cursor = new Cursor(call.group?.children ?? []);
  const word = cursor.peek()?.kind === 'string' ? cursor.expectString().toUpperCase() : cursor.expectWord();
  cursor.expect('FROM');
  const moment = readExpression(cursor, call.scope);
  cursor.expectEnd();
  return field(word, moment);
};

const single =
  'YEAR QUARTER MONTH WEEK WEEKISO WEEKOFYEAR DAY DAYOFMONTH DAYOFWEEK DAYOFWEEKISO DAYOFYEAR HOUR MINUTE SECOND YEAROFWEEKISO';

const convertTimezone: Rule = (call) =>
  call.parts.length === 2
    ? `timezone(${argument(call, 0)}, CAST(${argument(call, 1)} AS TIMESTAMPTZ))`
    : `timezone(${argument(call, 1)}, timezone(${argument(call, 0)}, CAST(${argument(call, 2)} AS TIMESTAMP)))`;

const fromParts: Rule = (call) => {
  atMost(call, 6);
  const [year, month, day, hour, minute, second] = [0, 1, 2, 3, 4, 5].map((index) => argument(call, index));
  return `make_timestamp(${year}, ${month}, ${day}, ${hour}, ${minute}, ${second})`;
};

/** Functions over dates and times. */
export const dates: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(single.split(' ').map((name) => [name, (call: Call) => field(name, momentOf(call, 0))])),
  DATEADD: add,
  TIMEADD: add,
  TIMESTAMPADD: add,
  DATEDIFF: difference,
  TIMEDIFF: difference,
  TIMESTAMPDIFF: difference,
  DATE_TRUNC: (call) => (parts[constant(call, 0)?.toUpperCase() ?? ''] ? truncate(0, 1)(call) : truncate(1, 0)(call)),
  DATE_PART: (call) => field(constant(call, 0)?.toUpperCase() ?? '', momentOf(call, 1)),
  EXTRACT: extract,
  LAST_DAY: (call) => {
    atMost(call, 1);
    return `last_day(${momentOf(call, 0)})`;
  },
  DAYNAME: (call) => `left(dayname(${momentOf(call, 0)}), 3)`,
  MONTHNAME: (call) => `left(monthname(${momentOf(call, 0)}), 3)`,
  CONVERT_TIMEZONE: convertTimezone,
  DATE_FROM_PARTS: (call) => `make_date(${[0, 1, 2].map((index) => argument(call, index)).join(', ')})`,
  DATEFROMPARTS: (call) => `make_date(${[0, 1, 2].map((index) => argument(call, index)).join(', ')})`,
  TIMESTAMP_FROM_PARTS: fromParts,
  TIMESTAMP_NTZ_FROM_PARTS: fromParts,
};
