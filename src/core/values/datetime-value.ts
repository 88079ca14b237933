import { bindArguments, Float, hostFunction, str, TemplateError, Tuple, type Value } from '../../jinja/index.ts';
import { dayOfYear, exists, type WallTime, wallMicros, wallTime, weekday } from './calendar.ts';
import { calendarMethod, DateValue } from './date-value.ts';
import { sign } from './micros-value.ts';
import { strftime, strftimeMethod } from './strftime.ts';
import { TimeValue } from './time-value.ts';
import { microsPerSecond, TimedeltaValue, two } from './timedelta-value.ts';
import { Moment, offsetText, ZoneValue } from './zone-value.ts';

/** Python's `datetime.datetime`, naive or in a zone. */
export class DatetimeValue extends Moment {
  readonly wall: bigint;
  readonly zone: ZoneValue | undefined;
  readonly offset: number | undefined;

  constructor(wall: bigint, zone?: ZoneValue, offset?: number) {
    super();
    this.wall = wall;
    this.zone = zone;
    this.offset = zone === undefined ? undefined : (offset ?? zone.plainOffset);
  }

  /** @throws TemplateError (ValueError) where there is no such day or time. */
  static of(wall: WallTime, zone?: ZoneValue): DatetimeValue {
    if (!exists(wall)) throw new TemplateError('There is no such day or time', 'ValueError');
    return new DatetimeValue(wallMicros(wall), zone);
  }

  /** A JavaScript date, shown in a zone. */
  static at(date: Date, zone: ZoneValue = ZoneValue.utc): DatetimeValue {
    return new DatetimeValue(BigInt(date.getTime()) * 1000n, ZoneValue.utc, 0).shownIn(zone);
  }

  /** Python's `strftime`. */
  format(text: string): string {
    return strftime(text, this.wall, this.#zoneText());
  }

  placedIn(zone: ZoneValue, offset: number): DatetimeValue {
    return new DatetimeValue(this.wall, zone, offset);
  }

  shownIn(zone: ZoneValue): DatetimeValue {
    const offset = zone.offsetAt(this.utc);
    return new DatetimeValue(this.utc + BigInt(offset) * microsPerSecond, zone, offset);
  }

  /** The moment in UTC; a naive time counts as UTC. */
  get utc(): bigint {
    return this.wall - BigInt(this.offset ?? 0) * microsPerSecond;
  }

  override get typeName(): string {
    return 'datetime.datetime';
  }

  override truthy(): boolean {
    return true;
  }

  override str(): string {
    return this.iso(' ');
  }

  /** `2024-03-31T02:00:00.000000+01:00`: fraction and offset only where there is one. */
  iso(separator = 'T', timespec = 'auto'): string {
    const wall = wallTime(this.wall);
    const micros = String(wall.microsecond).padStart(6, '0');
    const clock: Readonly<Record<string, string>> = {
      hours: two(wall.hour),
      minutes: `${two(wall.hour)}:${two(wall.minute)}`,
      seconds: `${two(wall.hour)}:${two(wall.minute)}:${two(wall.second)}`,
      milliseconds: `${two(wall.hour)}:${two(wall.minute)}:${two(wall.second)}.${micros.slice(0, 3)}`,
      microseconds: `${two(wall.hour)}:${two(wall.minute)}:${two(wall.second)}.${micros}`,
    };
    const chosen = timespec === 'auto' ? (wall.microsecond === 0 ? 'seconds' : 'microseconds') : timespec;
    const day = `${String(wall.year).padStart(4, '0')}-${two(wall.month)}-${two(wall.day)}`;
    const offset = this.offset === undefined ? '' : offsetText(this.offset, ':');
    return `${day}${separator}${clock[chosen] ?? clock.microseconds}${offset}`;
  }

  override repr(): string {
    const { year, month, day, hour, minute, second, microsecond } = wallTime(this.wall);
    const tail = microsecond !== 0 ? [second, microsecond] : second !== 0 ? [second] : [];
    const zone = this.zone ? [`tzinfo=${this.zone.repr()}`] : [];
    return `datetime.datetime(${[year, month, day, hour, minute, ...tail, ...zone].join(', ')})`;
  }

  override toJs(): unknown {
    return this.iso();
  }

  override equals(other: Value): boolean {
    if (!(other instanceof DatetimeValue) || (other.offset === undefined) !== (this.offset === undefined)) return false;
    return other.utc === this.utc;
  }

  override hashKey(): string {
    return `datetime:${this.offset === undefined ? 'naive' : 'aware'}:${this.utc}`;
  }

  override compare(other: Value): number | undefined {
    if (!(other instanceof DatetimeValue)) return undefined;
    this.#checkComparable(other, 'compare');
    return sign(this.utc - other.utc);
  }

  override operate(operator: string, other: Value, reflected: boolean): Value | undefined {
    if (other instanceof TimedeltaValue) {
      if (operator === '+') return this.#moved(other.micros);
      return operator === '-' && !reflected ? this.#moved(-other.micros) : undefined;
    }
    if (operator !== '-' || reflected || !(other instanceof DatetimeValue)) return undefined;
    this.#checkComparable(other, 'subtract');
    return new TimedeltaValue(this.utc - other.utc);
  }

  #moved(by: bigint): DatetimeValue {
    return new DatetimeValue(this.wall + by, this.zone, this.offset);
  }

  #checkComparable(other: DatetimeValue, what: string): void {
    if ((this.offset === undefined) === (other.offset === undefined)) return;
    throw new TemplateError(`can't ${what} offset-naive and offset-aware datetimes`, 'TypeError');
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'year':
      case 'month':
      case 'day':
      case 'hour':
      case 'minute':
      case 'second':
      case 'microsecond':
        return wallTime(this.wall)[name];
      case 'tzinfo':
        return this.offset === undefined ? null : (this.zone?.as(this.offset) ?? null);
      case 'fold':
        return 0;
      default:
        return this.#method(name) ?? calendarMethod(name, this.wall);
    }
  }

  #method(name: string): Value | undefined {
    switch (name) {
      case 'date':
        return hostFunction(name, () => new DateValue(this.wall));
      case 'time':
      case 'timetz':
        return hostFunction(name, () => new TimeValue(this.wall));
      case 'isoformat':
        return hostFunction(name, (args, kwargs) => {
          const [separator, timespec] = bindArguments(name, ['sep=', 'timespec='], args, kwargs);
          return this.iso(str(separator ?? 'T'), str(timespec ?? 'auto'));
        });
      case 'strftime':
        return strftimeMethod((format) => this.format(format));
      case 'replace':
        return hostFunction(name, (args, kwargs) => this.#replace(args, kwargs));
      case 'astimezone':
        return hostFunction(name, (args) => this.shownIn(args[0] instanceof ZoneValue ? args[0] : ZoneValue.utc));
      case 'timestamp':
        return hostFunction(name, () => new Float(Number(this.utc) / 1e6));
      case 'utcoffset':
        return hostFunction(name, () => this.#offsetDelta());
      case 'tzname':
        return hostFunction(name, () => this.zone?.abbreviation(this.utc) ?? null);
      case 'dst':
        return hostFunction(name, () => (this.zone ? new TimedeltaValue(0n) : null));
      case 'timetuple':
      case 'utctimetuple':
        return hostFunction(name, () => timeTuple(name === 'timetuple' ? this.wall : this.utc));
      default:
        return undefined;
    }
  }

  #offsetDelta(): Value {
    return this.offset === undefined ? null : new TimedeltaValue(BigInt(this.offset) * microsPerSecond);
  }

  #zoneText() {
    if (this.zone === undefined || this.offset === undefined) return undefined;
    return { offset: offsetText(this.offset, ''), name: this.zone.abbreviation(this.utc) };
  }

  #replace(args: readonly Value[], kwargs: ReadonlyMap<string, Value>): DatetimeValue {
    const fields = ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond'] as const;
    const parameters = [...fields.map((field) => `${field}=`), 'tzinfo=', '*', 'fold='];
    const bound = bindArguments('replace', parameters, args, kwargs);
    const wall: Record<(typeof fields)[number], number> = { ...wallTime(this.wall) };
    fields.forEach((field, index) => {
      const value = bound[index];
      if (typeof value === 'number') wall[field] = value;
    });
    const zone = bound[fields.length];
    if (zone === undefined && this.offset !== undefined) return DatetimeValue.of(wall, this.zone?.as(this.offset));
    return DatetimeValue.of(wall, zone instanceof ZoneValue ? zone : undefined);
  }
}

function timeTuple(micros: bigint): Tuple {
  const { year, month, day, hour, minute, second } = wallTime(micros);
  return new Tuple([year, month, day, hour, minute, second, weekday(micros), dayOfYear(micros), -1]);
}

/** `2024-03-31`, `2024-03-31 02:00:00[.123456][+01:00]`: what a warehouse or Python's `fromisoformat` writes. */
const isoPattern =
  /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?$/;

/** A datetime from ISO text, or undefined where it is none. */
export function parseIsoDatetime(text: string): DatetimeValue | undefined {
  const match = isoPattern.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = match;
  const wall = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    microsecond: Number(fraction.slice(0, 6).padEnd(6, '0')),
  };
  return exists(wall) ? new DatetimeValue(wallMicros(wall), zone === undefined ? undefined : zoneOf(zone)) : undefined;
}

/** A date, or a datetime where the text has a time; undefined where it is neither. */
export function parseIsoMoment(text: string): DateValue | DatetimeValue | undefined {
  const moment = parseIsoDatetime(text);
  return moment && text.length <= 'yyyy-mm-dd'.length ? new DateValue(moment.wall) : moment;
}

/** A zone from `Z`, `+01:00`, `-0530`. */
export function zoneOf(text: string): ZoneValue {
  if (text === 'Z') return ZoneValue.utc;
  const digits = text.slice(1).replaceAll(':', '').padEnd(4, '0');
  const offset = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2, 4)) * 60;
  return offset === 0 ? ZoneValue.utc : ZoneValue.fixed(text.startsWith('-') ? -offset : offset);
}
