import { dateOfWall, day, hour, isoWeekOf, minute, second, wallOfDate, wallOfIsoWeek } from './wall.ts';

/** A stretch of time as people write it: `2024`, `2024-Q1`, `2024-03`, `2024-W07`, `2024-03-31`, `2024-03-31T02:00+02:00`. */
export interface Period {
  readonly form: 'year' | 'quarter' | 'month' | 'week' | 'day' | 'time';
  /** Wall times; the end is the first that no longer belongs to it. */
  readonly start: number;
  readonly end: number;
  /** Milliseconds east of UTC, where the text says it. */
  readonly offset?: number | undefined;
}

/** Undefined where a text is no period, or names a date that no calendar has. */
export function readPeriod(text: string): Period | undefined {
  const plain = readPlainPeriod(text);
  if (plain !== undefined) return plain;
  const match = pattern.exec(text.trim());
  if (!match?.groups) return undefined;
  const { year: yearText, quarter, week, month: monthText, day: dayText, time } = match.groups;
  const year = Number(yearText);
  if (quarter !== undefined) return months('quarter', year, Number(quarter) * 3 - 2, 3);
  if (week !== undefined) return weekOf(year, Number(week));
  if (monthText === undefined) return months('year', year, 1, 12);
  const month = Number(monthText);
  if (month < 1 || month > 12) return undefined;
  if (dayText === undefined) return months('month', year, month, 1);
  const start = wallOfDate(year, month, Number(dayText));
  if (dateOfWall(start).month !== month) return undefined;
  return time === undefined ? { form: 'day', start, end: start + day } : timeOf(start, match.groups);
}

/**
 * Days and times in UTC as keys have them (`2024-03-31`, `2024-03-31T02:00Z`), read by their places: a ledger holds
 * millions of them. Undefined for all else, whether or not it is a period.
 */
function readPlainPeriod(text: string): Period | undefined {
  const isTime = text.length === 17;
  if (!(isTime || text.length === 10) || text[4] !== '-' || text[7] !== '-') return undefined;
  const [year, month, dayOfMonth] = [digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)];
  if (!(year >= 1000 && month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= 28)) return undefined;
  const start = wallOfDate(year, month, dayOfMonth);
  if (!isTime) return { form: 'day', start, end: start + day };
  if (text[10] !== 'T' || text[13] !== ':' || text[16] !== 'Z') return undefined;
  const time = start + digits(text, 11, 13) * hour + digits(text, 14, 16) * minute;
  if (!(digits(text, 11, 13) <= 23 && digits(text, 14, 16) <= 59)) return undefined;
  return { form: 'time', start: time, end: time + minute, offset: 0 };
}

/** NaN where there is anything else between two places. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

const pattern = new RegExp(
  '^(?<year>[1-9]\\d{3})(?:-(?:Q(?<quarter>[1-4])|W(?<week>\\d{2})|(?<month>\\d{2})' +
    '(?:-(?<day>\\d{2})(?<time>[T ](?<hour>\\d{2})(?::(?<minute>\\d{2})(?::(?<second>\\d{2}))?)?' +
    '(?<zone>Z|(?<sign>[+-])(?<zoneHour>\\d{2}):?(?<zoneMinute>\\d{2})(?::(?<zoneSecond>\\d{2}))?)?)?)?))?$',
  'i',
);

function months(form: Period['form'], year: number, month: number, count: number): Period {
  return { form, start: wallOfDate(year, month), end: wallOfDate(year, month + count) };
}

function weekOf(year: number, week: number): Period | undefined {
  const start = wallOfIsoWeek(year, week);
  const named = isoWeekOf(start);
  return named.year === year && named.week === week ? { form: 'week', start, end: start + 7 * day } : undefined;
}

function timeOf(midnight: number, parts: Readonly<Record<string, string | undefined>>): Period | undefined {
  const part = (name: string): number => Number(parts[name] ?? 0);
  if (part('hour') > 23 || part('minute') > 59 || part('second') > 59 || part('zoneMinute') > 59) return undefined;
  const start = midnight + part('hour') * hour + part('minute') * minute + part('second') * second;
  const length = parts.second !== undefined ? second : parts.minute !== undefined ? minute : hour;
  const size = part('zoneHour') * hour + part('zoneMinute') * minute + part('zoneSecond') * second;
  const offset = parts.zone === undefined ? undefined : parts.sign === '-' ? -size : size;
  return { form: 'time', start, end: start + length, offset };
}
