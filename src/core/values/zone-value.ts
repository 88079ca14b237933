import { bindArguments, HostObject, hostFunction, TemplateError, truthy, type Value } from '../../jinja/index.ts';
import { zoneFormat } from '../zone-format.ts';
import { microsPerSecond, TimedeltaValue, two } from './timedelta-value.ts';

/** What a zone needs of a datetime: pytz's `localize()` puts a clock's time into a zone. */
export abstract class Moment extends HostObject {
  /** Microseconds that the wall clock shows, as if it were in UTC. */
  abstract readonly wall: bigint;
  /** Seconds east of UTC; undefined for a naive time. */
  abstract readonly offset: number | undefined;
  /** The same wall time, in a zone. */
  abstract placedIn(zone: ZoneValue, offset: number): Moment;
  /** The same moment, in a zone. */
  abstract shownIn(zone: ZoneValue): Moment;
}

/** A time zone: `pytz.timezone('US/Eastern')`, `pytz.utc`, `datetime.timezone.utc`. Rules come from `Intl`. */
export class ZoneValue extends HostObject {
  readonly name: string;
  readonly #fixedOffset: number | undefined;
  readonly #offsetOfMoment: number | undefined;

  /**
   * @param fixedOffset seconds east of UTC; undefined for a zone with rules.
   * @param offsetOfMoment of a zone with rules, as a moment had it.
   */
  private constructor(name: string, fixedOffset: number | undefined, offsetOfMoment?: number) {
    super();
    this.name = name;
    this.#fixedOffset = fixedOffset;
    this.#offsetOfMoment = offsetOfMoment;
  }

  static readonly utc = new ZoneValue('UTC', 0);

  static fixed(offset: number, name = `UTC${offset === 0 ? '' : offsetText(offset, ':')}`): ZoneValue {
    return new ZoneValue(name, offset);
  }

  /** @throws TemplateError where there is no zone of that name. */
  static named(name: string): ZoneValue {
    if (['utc', 'etc/utc', 'zulu'].includes(name.toLowerCase())) return ZoneValue.utc;
    try {
      formatter(name);
    } catch {
      throw new TemplateError(`There is no time zone '${name}'`, 'KeyError');
    }
    return new ZoneValue(name, undefined);
  }

  /** The zone as the `tzinfo` of a moment: a time that is put into it gets the moment's offset. */
  as(offset: number): ZoneValue {
    return this.#fixedOffset === undefined ? new ZoneValue(this.name, undefined, offset) : this;
  }

  /**
   * Seconds east of UTC of a time that is put into the zone without `localize()`. As in pytz, whose zones do not ask their
   * rules then: the local mean time of before there were zones, to the minute.
   */
  get plainOffset(): number {
    return this.#fixedOffset ?? this.#offsetOfMoment ?? this.#localMeanTime();
  }

  #localMeanTime(): number {
    const exact = this.offsetAt(BigInt(Date.UTC(1800, 0, 1)) * 1000n);
    return Math.floor((exact + 30) / 60) * 60;
  }

  /** Seconds east of UTC at a moment. */
  offsetAt(utc: bigint): number {
    if (this.#fixedOffset !== undefined) return this.#fixedOffset;
    const seconds = Number(utc / microsPerSecond);
    const shown = new Map(
      formatter(this.name)
        .formatToParts(new Date(seconds * 1000))
        .map((part) => [part.type, Number(part.value)]),
    );
    const part = (type: Intl.DateTimeFormatPartTypes): number => shown.get(type) ?? 0;
    const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
    return Math.round(wall / 1000 - seconds);
  }

  /** Seconds east of UTC for a wall time; of an hour that happens twice the later (standard time), as pytz. */
  offsetOfWall(wall: bigint): number {
    const day = 86_400n * microsPerSecond;
    const candidates = [this.offsetAt(wall - day), this.offsetAt(wall + day)];
    const fitting = candidates.filter((offset) => this.offsetAt(wall - BigInt(offset) * microsPerSecond) === offset);
    return Math.min(...(fitting.length > 0 ? fitting : candidates));
  }

  /** `EST`, as far as `Intl` knows short names; else the offset. */
  abbreviation(utc: bigint): string {
    if (this.#fixedOffset !== undefined) return this.name;
    const parts = new Intl.DateTimeFormat('en-US', { timeZone: this.name, timeZoneName: 'short' }).formatToParts(
      new Date(Number(utc / 1000n)),
    );
    const shown = parts.find((part) => part.type === 'timeZoneName')?.value ?? this.name;
    return shown.startsWith('GMT') && shown !== 'GMT' ? offsetText(this.offsetAt(utc), '').slice(0, 3) : shown;
  }

  override get typeName(): string {
    return 'tzinfo';
  }

  override str(): string {
    return this.name;
  }

  override repr(): string {
    return this === ZoneValue.utc ? '<UTC>' : `<DstTzInfo '${this.name}'>`;
  }

  override equals(other: Value): boolean {
    return other instanceof ZoneValue && other.name === this.name;
  }

  override hashKey(): string {
    return `zone:${this.name}`;
  }

  override toJs(): unknown {
    return this.name;
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'zone':
        return this.name;
      case 'localize':
        return hostFunction(name, (args, kwargs) => this.#localize(args, kwargs));
      case 'normalize':
      case 'fromutc':
        return hostFunction(name, (args) => momentOf(args[0]).shownIn(this));
      case 'utcoffset':
        return hostFunction(name, (args) => seconds(this.#offsetFor(args[0])));
      case 'tzname':
        return hostFunction(name, (args) => {
          const moment = momentOf(args[0]);
          return this.abbreviation(moment.wall - BigInt(this.#offsetFor(moment)) * microsPerSecond);
        });
      case 'dst':
        return hostFunction(name, (args) => seconds(this.#daylightSaving(momentOf(args[0]))));
      default:
        return undefined;
    }
  }

  #localize(args: readonly Value[], kwargs: ReadonlyMap<string, Value>): Value {
    const [given, isDst] = bindArguments('localize', ['dt', 'is_dst='], args, kwargs);
    const moment = momentOf(given);
    if (moment.offset !== undefined)
      throw new TemplateError('Not naive datetime (tzinfo is already set)', 'ValueError');
    const standard = this.offsetOfWall(moment.wall);
    const summer = this.offsetAt(moment.wall - 86_400n * microsPerSecond);
    const twice = this.offsetAt(moment.wall - BigInt(summer) * microsPerSecond) === summer && summer > standard;
    return moment.placedIn(this, truthy(isDst ?? false) && twice ? summer : standard);
  }

  #offsetFor(given: Value | undefined): number {
    const moment = momentOf(given);
    return moment.offset ?? this.offsetOfWall(moment.wall);
  }

  #daylightSaving(moment: Moment): number {
    const year = 365n * 86_400n * microsPerSecond;
    const quarter = year / 4n;
    const around = [0n, 1n, 2n, 3n].map((step) => this.offsetAt(moment.wall + step * quarter));
    return this.#offsetFor(moment) - Math.min(...around);
  }
}

function momentOf(value: Value | undefined): Moment {
  if (value instanceof Moment) return value;
  throw new TemplateError('A datetime is needed here', 'TypeError');
}

function seconds(count: number): TimedeltaValue {
  return new TimedeltaValue(BigInt(count) * microsPerSecond);
}

/** `+01:00`, or `+0100` with an empty separator. */
export function offsetText(offset: number, separator: string): string {
  const minutes = Math.floor(Math.abs(offset) / 60);
  const rest = Math.abs(offset) % 60;
  const tail = rest === 0 ? '' : separator + two(rest);
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${separator}${two(minutes % 60)}${tail}`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(name: string): Intl.DateTimeFormat {
  let known = formatters.get(name);
  if (known === undefined) {
    known = zoneFormat(name);
    formatters.set(name, known);
  }
  return known;
}
