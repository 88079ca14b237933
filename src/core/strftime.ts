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

/** Python's `strftime` in the C locale. Directives that it does not know stay as they are. */
export function strftime(format: string, micros: bigint, zone: ZoneText | undefined): string {
  const wall = wallTime(micros);
  return format.replace(/%(-?)([a-zA-Z%])/g, (whole, dash: string, directive: string) => {
    const text = directiveText(directive, wall, micros, zone);
    if (text === undefined) return whole;
    return dash === '' ? text : text.replace(/^0+(?=.)/, '');
  });
}

function directiveText(
  directive: string,
  wall: WallTime,
  micros: bigint,
  zone: ZoneText | undefined,
): string | undefined {
  const again = (format: string): string => strftime(format, micros, zone);
  const hour12 = wall.hour % 12 || 12;
  switch (directive) {
    case 'Y':
      return String(wall.year);
    case 'y':
      return two(wall.year % 100);
    case 'm':
      return two(wall.month);
    case 'd':
      return two(wall.day);
    case 'e':
      return String(wall.day).padStart(2);
    case 'H':
      return two(wall.hour);
    case 'I':
      return two(hour12);
    case 'k':
      return String(wall.hour).padStart(2);
    case 'l':
      return String(hour12).padStart(2);
    case 'M':
      return two(wall.minute);
    case 'S':
      return two(wall.second);
    case 'f':
      return String(wall.microsecond).padStart(6, '0');
    case 'p':
      return wall.hour < 12 ? 'AM' : 'PM';
    case 'P':
      return wall.hour < 12 ? 'am' : 'pm';
    case 'B':
      return monthNames[wall.month - 1];
    case 'b':
    case 'h':
      return monthNames[wall.month - 1]?.slice(0, 3);
    case 'A':
      return dayNames[weekday(micros)];
    case 'a':
      return dayNames[weekday(micros)]?.slice(0, 3);
    case 'w':
      return String((weekday(micros) + 1) % 7);
    case 'u':
      return String(weekday(micros) + 1);
    case 'j':
      return String(dayOfYear(micros)).padStart(3, '0');
    case 'U':
      return two(Math.floor((dayOfYear(micros) + 6 - ((weekday(micros) + 1) % 7)) / 7));
    case 'W':
      return two(Math.floor((dayOfYear(micros) + 6 - weekday(micros)) / 7));
    case 'V':
      return two(isoCalendar(micros)[1]);
    case 'G':
      return String(isoCalendar(micros)[0]);
    case 'g':
      return two(isoCalendar(micros)[0] % 100);
    case 'C':
      return two(Math.floor(wall.year / 100));
    case 'z':
      return zone?.offset ?? '';
    case 'Z':
      return zone?.name ?? '';
    case 's':
      return String(micros / 1_000_000n);
    case 'F':
      return again('%Y-%m-%d');
    case 'T':
    case 'X':
      return again('%H:%M:%S');
    case 'R':
      return again('%H:%M');
    case 'D':
    case 'x':
      return again('%m/%d/%y');
    case 'r':
      return again('%I:%M:%S %p');
    case 'c':
      return again('%a %b %e %H:%M:%S %Y');
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case '%':
      return '%';
    default:
      return undefined;
  }
}
