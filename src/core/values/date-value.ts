import { bindArguments, hostFunction, TemplateError, Tuple, type Value } from '../../jinja/index.ts';
import { exists, isoCalendar, toOrdinal, type WallTime, wallMicros, wallTime, weekday } from './calendar.ts';
import { MicrosValue } from './micros-value.ts';
import { strftime, strftimeMethod } from './strftime.ts';
import { floorDivide, microsPerDay, TimedeltaValue, two } from './timedelta-value.ts';

const midnight = { hour: 0, minute: 0, second: 0, microsecond: 0 };

/** Python's `datetime.date`. */
export class DateValue extends MicrosValue {
  /** @param micros since 1970, of the day or of a moment of it. */
  constructor(micros: bigint) {
    super(floorDivide(micros, microsPerDay) * microsPerDay);
  }

  /** @throws TemplateError (ValueError) where there is no such day. */
  static of(year: number, month: number, day: number): DateValue {
    const wall: WallTime = { year, month, day, ...midnight };
    if (!exists(wall)) throw new TemplateError(`There is no day ${year}-${two(month)}-${two(day)}`, 'ValueError');
    return new DateValue(wallMicros(wall));
  }

  override get typeName(): string {
    return 'datetime.date';
  }

  override str(): string {
    const { year, month, day } = wallTime(this.micros);
    return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  }

  override repr(): string {
    const { year, month, day } = wallTime(this.micros);
    return `datetime.date(${year}, ${month}, ${day})`;
  }

  override operate(operator: string, other: Value, reflected: boolean): Value | undefined {
    if (other instanceof TimedeltaValue) {
      const days = floorDivide(other.micros, microsPerDay) * microsPerDay;
      if (operator === '+') return new DateValue(this.micros + days);
      return operator === '-' && !reflected ? new DateValue(this.micros - days) : undefined;
    }
    if (operator !== '-' || reflected || !(other instanceof DateValue)) return undefined;
    return new TimedeltaValue(this.micros - other.micros);
  }

  override getAttribute(name: string): Value | undefined {
    const wall = wallTime(this.micros);
    switch (name) {
      case 'year':
      case 'month':
      case 'day':
        return wall[name];
      case 'isoformat':
        return hostFunction(name, () => this.str());
      case 'strftime':
        return strftimeMethod((format) => strftime(format, this.micros, undefined));
      case 'replace':
        return hostFunction(name, (args, kwargs) => {
          const bound = bindArguments(name, ['year=', 'month=', 'day='], args, kwargs);
          const [year, month, day] = bound.map((value) => (typeof value === 'number' ? value : undefined));
          return DateValue.of(year ?? wall.year, month ?? wall.month, day ?? wall.day);
        });
      default:
        return calendarMethod(name, this.micros);
    }
  }
}

/** Methods that dates and datetimes share. */
export function calendarMethod(name: string, micros: bigint): Value | undefined {
  switch (name) {
    case 'weekday':
      return hostFunction(name, () => weekday(micros));
    case 'isoweekday':
      return hostFunction(name, () => weekday(micros) + 1);
    case 'isocalendar':
      return hostFunction(name, () => new Tuple([...isoCalendar(micros)]));
    case 'toordinal':
      return hostFunction(name, () => toOrdinal(micros));
    case 'ctime':
      return hostFunction(name, () => strftime('%a %b %e %H:%M:%S %Y', micros, undefined));
    default:
      return undefined;
  }
}
