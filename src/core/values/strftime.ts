import { bindArguments, hostFunction, str, type Value } from '../../jinja/index.ts';
import { dayOfYear, isoCalendar, type WallTime, wallTime, weekday } from './calendar.ts';
import { two } from './timedelta-value.ts';

export const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
export const monthNames = [
  ...(['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October'] as const),
  ...(['November', 'December'] as const),
] as const;

export interface ZoneText {
  /** `+0100`. */
  readonly offset: string;
  /** `CET`. */
  readonly name: string;
}

interface Moment {
  readonly micros: bigint;
  readonly wall: WallTime;
  readonly zone: ZoneText | undefined;
}

/** The method `strftime(format)` of dates, times and datetimes, each of which writes itself. */
export function strftimeMethod(write: (format: string) => string): Value {
  return hostFunction('strftime', (args, kwargs) => {
    const [format] = bindArguments('strftime', ['format'], args, kwargs);
    return write(str(format ?? ''));
  });
}

/** Python's `strftime` in the C locale. Directives that it does not know stay as they are. */
export function strftime(format: string, micros: bigint, zone: ZoneText | undefined): string {
  const moment = { micros, wall: wallTime(micros), zone };
  return format.replace(/%(-?)([a-zA-Z%])/g, (whole, dash: string, directive: string) => {
    const text = textOf(directive, moment);
    if (text === undefined) return whole;
    return dash === '' ? text : text.replace(/^0+(?=.)/, '');
  });
}

function textOf(directive: string, moment: Moment): string | undefined {
  const format = short[directive];
  return format === undefined ? directives[directive]?.(moment) : strftime(format, moment.micros, moment.zone);
}

/** Directives that stand for several others. */
const short: Readonly<Record<string, string>> = {
  F: '%Y-%m-%d',
  T: '%H:%M:%S',
  X: '%H:%M:%S',
  R: '%H:%M',
  D: '%m/%d/%y',
  x: '%m/%d/%y',
  r: '%I:%M:%S %p',
  c: '%a %b %e %H:%M:%S %Y',
};

const directives: Readonly<Record<string, (moment: Moment) => string | undefined>> = {
  Y: ({ wall }) => String(wall.year),
  y: ({ wall }) => two(wall.year % 100),
  C: ({ wall }) => two(Math.floor(wall.year / 100)),
  m: ({ wall }) => two(wall.month),
  B: ({ wall }) => monthNames[wall.month - 1],
  b: ({ wall }) => monthNames[wall.month - 1]?.slice(0, 3),
  h: ({ wall }) => monthNames[wall.month - 1]?.slice(0, 3),
  d: ({ wall }) => two(wall.day),
  e: ({ wall }) => String(wall.day).padStart(2),
  H: ({ wall }) => two(wall.hour),
  I: ({ wall }) => two(wall.hour % 12 || 12),
  k: ({ wall }) => String(wall.hour).padStart(2),
  l: ({ wall }) => String(wall.hour % 12 || 12).padStart(2),
  p: ({ wall }) => (wall.hour < 12 ? 'AM' : 'PM'),
  P: ({ wall }) => (wall.hour < 12 ? 'am' : 'pm'),
  M: ({ wall }) => two(wall.minute),
  S: ({ wall }) => two(wall.second),
  f: ({ wall }) => String(wall.microsecond).padStart(6, '0'),
  A: ({ micros }) => dayNames[weekday(micros)],
  a: ({ micros }) => dayNames[weekday(micros)]?.slice(0, 3),
  w: ({ micros }) => String((weekday(micros) + 1) % 7),
  u: ({ micros }) => String(weekday(micros) + 1),
  j: ({ micros }) => String(dayOfYear(micros)).padStart(3, '0'),
  U: ({ micros }) => two(Math.floor((dayOfYear(micros) + 6 - ((weekday(micros) + 1) % 7)) / 7)),
  W: ({ micros }) => two(Math.floor((dayOfYear(micros) + 6 - weekday(micros)) / 7)),
  V: ({ micros }) => two(isoCalendar(micros)[1]),
  G: ({ micros }) => String(isoCalendar(micros)[0]),
  g: ({ micros }) => two(isoCalendar(micros)[0] % 100),
  s: ({ micros }) => String(micros / 1_000_000n),
  z: ({ zone }) => zone?.offset ?? '',
  Z: ({ zone }) => zone?.name ?? '',
  n: () => '\n',
  t: () => '\t',
  '%': () => '%',
};
