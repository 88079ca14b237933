import { didYouMean } from '../diagnostic.ts';
import { dateOfWall, day, weekdayOf } from './wall.ts';

/** The times that a cron expression names, ready to be counted. */
export interface CronTimes {
  /** Minutes of the day, rising. */
  readonly minutes: readonly number[];
  /** Whether the expression names every hour, so that an hour that happens twice counts twice. */
  readonly everyHour: boolean;
  /** Whether a day, given as the wall time of its midnight, is one of the expression's. */
  readonly onDay: (midnight: number) => boolean;
}

export type CronReading =
  | { readonly kind: 'times'; readonly times: CronTimes }
  | { readonly kind: 'problem'; readonly message: string; readonly hint?: string | undefined };

/**
 * Reads an expression of five fields (minute, hour, day of month, month, day of week) or a name such as `@daily`. Lists,
 * ranges, steps and English names; `L` is the last day of a month, `5L` its last Friday, `1#2` its second Monday. A day
 * has to fit one of the two day fields if both are restricted, as cron does it.
 */
export function readCron(expression: string): CronReading {
  const text = expression.trim().toLowerCase();
  const fields = (nicknames.get(text) ?? text).split(/\s+/);
  if (text.startsWith('@') && !nicknames.has(text)) {
    const near = didYouMean(text, nicknames.keys());
    return problem(`There is no cron name '${expression}'`, near ? `Did you mean '${near}'?` : undefined);
  }
  if (fields.length !== 5) {
    const hint = 'Write minute, hour, day of month, month and day of week: 0 6 * * mon-fri';
    return problem(`A cron expression has five fields, '${expression}' has ${text === '' ? 0 : fields.length}`, hint);
  }
  const [minutes, hours, monthDays, months, weekDays] = fields.map((field, index) => readField(field, parts[index]!));
  for (const field of [minutes!, hours!, monthDays!, months!, weekDays!]) {
    if (typeof field === 'string') return problem(`'${expression}' is no cron expression: ${field}`);
  }
  const times = cronTimes([minutes, hours, monthDays, months, weekDays] as Field[]);
  return happens(times) ? { kind: 'times', times } : problem(`The cron expression '${expression}' never happens`);
}

const nicknames: ReadonlyMap<string, string> = new Map([
  ['@hourly', '0 * * * *'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@weekly', '0 0 * * 0'],
  ['@monthly', '0 0 1 * *'],
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
]);

interface Part {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Names of values, the first for `from`. */
  readonly names?: readonly string[];
  /** What counts from the end: `L`, `5L`, `1#2`. */
  readonly special?: RegExp;
}

const parts: readonly Part[] = [
  { name: 'minutes', from: 0, to: 59 },
  { name: 'hours', from: 0, to: 23 },
  { name: 'days of the month', from: 1, to: 31, special: /^l$/ },
  { name: 'months', from: 1, to: 12, names: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  {
    name: 'days of the week',
    from: 0,
    to: 7,
    names: 'sun mon tue wed thu fri sat'.split(' '),
    special: /^[0-7](l|#[1-5])$/,
  },
];

interface Field {
  readonly values: ReadonlySet<number>;
  readonly specials: readonly string[];
  readonly isWildcard: boolean;
}

/** A text says what is wrong. */
function readField(text: string, part: Part): Field | string {
  const values = new Set<number>();
  const specials: string[] = [];
  for (const item of text.split(',')) {
    if (part.special?.test(item)) {
      specials.push(item);
      continue;
    }
    const range = readRange(item, part);
    if (typeof range === 'string') return range;
    for (let value = range.from; value <= range.to; value += range.step) values.add(value);
  }
  return { values, specials, isWildcard: text === '*' || text === '?' };
}

function readRange(item: string, part: Part): { from: number; to: number; step: number } | string {
  const [span = '', stepText, ...more] = item.split('/');
  const step = stepText === undefined ? 1 : Number(stepText);
  if (more.length > 0 || !Number.isInteger(step) || step < 1 || stepText === '') return `'${item}' has no such step`;
  if (span === '*' || span === '?')
    return { from: part.from, to: Math.min(part.to, part.names?.length === 7 ? 6 : part.to), step };
  const ends = span.split('-').map((end) => readValue(end, part));
  const wrong = ends.find((end) => typeof end === 'string');
  if (wrong !== undefined) return String(wrong);
  const [from, to = stepText === undefined ? from : part.to] = ends as number[];
  if (ends.length > 2 || from! > to!) return `'${span}' is no range`;
  return { from: from!, to: to!, step };
}

function readValue(text: string, part: Part): number | string {
  const named = part.names?.indexOf(text) ?? -1;
  if (named >= 0) return named + part.from;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= part.from && value <= part.to) return value;
  const names = part.names ? `, or ${part.names[0]} to ${part.names.at(-1)}` : '';
  return `${part.name} are ${part.from} to ${part.to}${names}, not '${text}'`;
}

function cronTimes([minutes, hours, monthDays, months, weekDays]: readonly Field[]): CronTimes {
  const rising = (field: Field): number[] => [...field.values].sort((a, b) => a - b);
  const inMonth = onMonthDay(monthDays!);
  const inWeek = onWeekDay(weekDays!);
  const either = !monthDays!.isWildcard && !weekDays!.isWildcard;
  return {
    minutes: rising(hours!).flatMap((hour) => rising(minutes!).map((minute) => hour * 60 + minute)),
    everyHour: hours!.values.size === 24,
    onDay: (midnight) => {
      if (!months!.values.has(dateOfWall(midnight).month)) return false;
      return either ? inMonth(midnight) || inWeek(midnight) : inMonth(midnight) && inWeek(midnight);
    },
  };
}

function onMonthDay({ values, specials }: Field): (midnight: number) => boolean {
  return (midnight) =>
    values.has(dateOfWall(midnight).day) || (specials.length > 0 && dateOfWall(midnight + day).day === 1);
}

function onWeekDay({ values, specials }: Field): (midnight: number) => boolean {
  return (midnight) => {
    // Cron counts from Sunday, and calls it 7 too.
    const weekday = (weekdayOf(midnight) + 1) % 7;
    if (values.has(weekday) || (weekday === 0 && values.has(7))) return true;
    return specials.some((special) => Number(special[0]) % 7 === weekday && countedDay(special, midnight));
  };
}

function countedDay(special: string, midnight: number): boolean {
  if (special.endsWith('l')) return dateOfWall(midnight + 7 * day).day <= 7;
  return Math.ceil(dateOfWall(midnight).day / 7) === Number(special.slice(2));
}

/** Whether a day of the 28 years after which dates fall on the same weekdays is one of the expression's. */
function happens({ onDay }: CronTimes): boolean {
  const begin = Date.UTC(2000, 0, 1);
  for (let index = 0; index < 28 * 366; index += 1) if (onDay(begin + index * day)) return true;
  return false;
}

function problem(message: string, hint?: string): CronReading {
  return { kind: 'problem', message, hint };
}
