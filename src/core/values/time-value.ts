import { bindArguments, hostFunction, type Value } from '../../jinja/index.ts';
import { wallTime } from './calendar.ts';
import { MicrosValue } from './micros-value.ts';
import { strftime, strftimeMethod } from './strftime.ts';
import { microsPerDay, microsPerSecond, two } from './timedelta-value.ts';

/** Python's `datetime.time`, without zones. */
export class TimeValue extends MicrosValue {
  /** @param micros since midnight, or more or less than a day has. */
  constructor(micros: bigint) {
    super(((micros % microsPerDay) + microsPerDay) % microsPerDay);
  }

  static of(hour: number, minute: number, second: number, microsecond: number): TimeValue {
    return new TimeValue(BigInt(hour * 3600 + minute * 60 + second) * microsPerSecond + BigInt(microsecond));
  }

  override get typeName(): string {
    return 'datetime.time';
  }

  override str(): string {
    const { hour, minute, second, microsecond } = wallTime(this.micros);
    const fraction = microsecond === 0 ? '' : `.${String(microsecond).padStart(6, '0')}`;
    return `${two(hour)}:${two(minute)}:${two(second)}${fraction}`;
  }

  override repr(): string {
    const { hour, minute, second, microsecond } = wallTime(this.micros);
    const tail = microsecond !== 0 ? [second, microsecond] : second !== 0 ? [second] : [];
    return `datetime.time(${[hour, minute, ...tail].join(', ')})`;
  }

  override getAttribute(name: string): Value | undefined {
    const wall = wallTime(this.micros);
    switch (name) {
      case 'hour':
      case 'minute':
      case 'second':
      case 'microsecond':
        return wall[name];
      case 'tzinfo':
        return null;
      case 'isoformat':
        return hostFunction(name, () => this.str());
      case 'strftime':
        return strftimeMethod((format) => strftime(format, this.micros, undefined));
      case 'replace':
        return hostFunction(name, (args, kwargs) => {
          const bound = bindArguments(name, ['hour=', 'minute=', 'second=', 'microsecond='], args, kwargs);
          const [hour, minute, second, micro] = bound.map((value) => (typeof value === 'number' ? value : undefined));
          return TimeValue.of(
            hour ?? wall.hour,
            minute ?? wall.minute,
            second ?? wall.second,
            micro ?? wall.microsecond,
          );
        });
      default:
        return undefined;
    }
  }
}
