import {
  DatetimeValue,
  DateValue,
  exists,
  microsPerSecond,
  parseIsoDatetime,
  TimedeltaValue,
  TimeValue,
  ZoneValue,
} from '../../core/index.ts';
import { bindArguments, Dict, Float, hostFunction, str, TemplateError, type Value } from '../../jinja/index.ts';
import { ClassValue } from './class-value.ts';
import { strptime } from './strptime.ts';

type Clock = () => Date;

/** Python's `datetime` module, as far as dbt gives it. */
export function datetimeModule(now: Clock): Dict {
  return Dict.of([
    ['date', dateClass(now)],
    ['datetime', datetimeClass(now)],
    ['time', timeClass()],
    ['timedelta', timedeltaClass()],
    [
      'tzinfo',
      new ClassValue(
        'datetime.tzinfo',
        () => ZoneValue.utc,
        () => undefined,
      ),
    ],
    ['timezone', timezoneClass()],
    ['MINYEAR', 1],
    ['MAXYEAR', 9999],
  ]);
}

function whole(value: Value | undefined, fallback?: number): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === undefined && fallback !== undefined) return fallback;
  throw new TemplateError('an integer is required', 'TypeError');
}

/** A number of units, whole or not, in microseconds. */
function amount(value: Value | undefined, unit: bigint): bigint {
  if (value === undefined) return 0n;
  if (value instanceof Float) return BigInt(Math.round(value.value * Number(unit)));
  if (typeof value === 'bigint') return value * unit;
  return BigInt(whole(value)) * unit;
}

function zoneArgument(value: Value | undefined): ZoneValue | undefined {
  return value instanceof ZoneValue ? value : undefined;
}

function today(now: Clock): DatetimeValue {
  return new DatetimeValue(DatetimeValue.at(now()).wall);
}

function dateClass(now: Clock): Value {
  const make = (args: Value[], kwargs: Map<string, Value>): Value => {
    const [year, month, day] = bindArguments('date', ['year', 'month', 'day'], args, kwargs);
    return DateValue.of(whole(year), whole(month), whole(day));
  };
  return new ClassValue('datetime.date', make, (name) => {
    switch (name) {
      case 'today':
        return hostFunction(name, () => new DateValue(today(now).wall));
      case 'fromisoformat':
        return hostFunction(name, (args) => new DateValue(isoDatetime(str(args[0] ?? null)).wall));
      case 'fromordinal':
        return hostFunction(
          name,
          (args) => new DateValue(BigInt(whole(args[0]) - 719_163) * 86_400n * microsPerSecond),
        );
      case 'fromtimestamp':
        return hostFunction(name, (args) => new DateValue(amount(args[0], microsPerSecond)));
      case 'min':
        return DateValue.of(1, 1, 1);
      case 'max':
        return DateValue.of(9999, 12, 31);
      default:
        return undefined;
    }
  });
}

function datetimeClass(now: Clock): Value {
  const fields = ['year', 'month', 'day', 'hour=', 'minute=', 'second=', 'microsecond=', 'tzinfo=', '*', 'fold='];
  const make = (args: Value[], kwargs: Map<string, Value>): Value => {
    const [year, month, day, hour, minute, second, micro, zone] = bindArguments('datetime', fields, args, kwargs);
    const wall = {
      year: whole(year),
      month: whole(month),
      day: whole(day),
      hour: whole(hour, 0),
      minute: whole(minute, 0),
      second: whole(second, 0),
      microsecond: whole(micro, 0),
    };
    return DatetimeValue.of(wall, zoneArgument(zone));
  };
  return new ClassValue('datetime.datetime', make, (name) => datetimeMember(name, now));
}

function datetimeMember(name: string, now: Clock): Value | undefined {
  switch (name) {
    case 'now':
      return hostFunction(name, (args, kwargs) => {
        const zone = zoneArgument(bindArguments(name, ['tz='], args, kwargs)[0]);
        return zone === undefined ? today(now) : DatetimeValue.at(now(), zone);
      });
    case 'utcnow':
    case 'today':
      return hostFunction(name, () => today(now));
    case 'strptime':
      return hostFunction(name, (args, kwargs) => {
        const [text, format] = bindArguments(name, ['date_string', 'format'], args, kwargs);
        return strptime(str(text ?? null), str(format ?? null));
      });
    case 'fromisoformat':
      return hostFunction(name, (args) => isoDatetime(str(args[0] ?? null)));
    case 'combine':
      return hostFunction(name, (args, kwargs) =>
        combine(bindArguments(name, ['date', 'time', 'tzinfo='], args, kwargs)),
      );
    case 'fromtimestamp':
    case 'utcfromtimestamp':
      return hostFunction(name, (args) => {
        const moment = new DatetimeValue(amount(args[0], microsPerSecond));
        const zone = zoneArgument(args[1]);
        return zone === undefined ? moment : moment.placedIn(ZoneValue.utc, 0).shownIn(zone);
      });
    case 'min':
      return DatetimeValue.of({ year: 1, month: 1, day: 1, hour: 0, minute: 0, second: 0, microsecond: 0 });
    case 'max': {
      const clock = { hour: 23, minute: 59, second: 59, microsecond: 999_999 };
      return DatetimeValue.of({ year: 9999, month: 12, day: 31, ...clock });
    }
    default:
      return undefined;
  }
}

function isoDatetime(text: string): DatetimeValue {
  const moment = parseIsoDatetime(text);
  if (moment !== undefined) return moment;
  throw new TemplateError(`Invalid isoformat string: '${text}'`, 'ValueError');
}

function combine([date, time, zone]: readonly (Value | undefined)[]): Value {
  if (!(date instanceof DateValue) || !(time instanceof TimeValue)) {
    throw new TemplateError('combine() takes a date and a time', 'TypeError');
  }
  return new DatetimeValue(date.micros + time.micros, zoneArgument(zone));
}

function timeClass(): Value {
  const fields = ['hour=', 'minute=', 'second=', 'microsecond=', 'tzinfo='];
  const make = (args: Value[], kwargs: Map<string, Value>): Value => {
    const bound = bindArguments('time', fields, args, kwargs);
    const [hour = 0, minute = 0, second = 0, microsecond = 0] = bound.slice(0, 4).map((value) => whole(value, 0));
    if (!exists({ year: 1970, month: 1, day: 1, hour, minute, second, microsecond })) {
      throw new TemplateError('There is no such time', 'ValueError');
    }
    return TimeValue.of(hour, minute, second, microsecond);
  };
  return new ClassValue('datetime.time', make, (name) => {
    if (name === 'min') return new TimeValue(0n);
    if (name === 'max') return new TimeValue(-1n);
    if (name !== 'fromisoformat') return undefined;
    return hostFunction(name, (args) => new TimeValue(isoDatetime(`1970-01-01 ${str(args[0] ?? null)}`).wall));
  });
}

const units: readonly (readonly [name: string, micros: bigint])[] = [
  ['days', 86_400n * microsPerSecond],
  ['seconds', microsPerSecond],
  ['microseconds', 1n],
  ['milliseconds', 1000n],
  ['minutes', 60n * microsPerSecond],
  ['hours', 3600n * microsPerSecond],
  ['weeks', 7n * 86_400n * microsPerSecond],
];

function timedeltaClass(): Value {
  const parameters = units.map(([name]) => `${name}=`);
  const make = (args: Value[], kwargs: Map<string, Value>): Value => {
    const bound = bindArguments('timedelta', parameters, args, kwargs);
    return new TimedeltaValue(units.reduce((sum, [, unit], index) => sum + amount(bound[index], unit), 0n));
  };
  return new ClassValue('datetime.timedelta', make, (name) => {
    if (name === 'resolution') return new TimedeltaValue(1n);
    const most = 999_999_999n * 86_400n * microsPerSecond;
    if (name === 'min') return new TimedeltaValue(-most);
    return name === 'max' ? new TimedeltaValue(most + 86_400n * microsPerSecond - 1n) : undefined;
  });
}

function timezoneClass(): Value {
  const make = (args: Value[], kwargs: Map<string, Value>): Value => {
    const [offset, name] = bindArguments('timezone', ['offset', 'name='], args, kwargs);
    if (!(offset instanceof TimedeltaValue)) throw new TemplateError('timezone() takes a timedelta', 'TypeError');
    const seconds = Number(offset.micros / microsPerSecond);
    return name === undefined ? ZoneValue.fixed(seconds) : ZoneValue.fixed(seconds, str(name));
  };
  return new ClassValue('datetime.timezone', make, (name) => (name === 'utc' ? ZoneValue.utc : undefined));
}
