import { floorDivide, microsPerDay, microsPerSecond } from './timedelta-value.ts';

/** What a wall clock and a calendar show at once; the time is the one of the place, whatever the zone. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

/** Microseconds since 1970 in the proleptic calendar, as if the clock showed UTC. */
export function wallMicros(wall: WallTime): bigint {
  const date = new Date(0);
  date.setUTCFullYear(wall.year, wall.month - 1, wall.day);
  const seconds = wall.hour * 3600 + wall.minute * 60 + wall.second;
  return BigInt(date.getTime()) * 1000n + BigInt(seconds) * microsPerSecond + BigInt(wall.microsecond);
}

export function wallTime(micros: bigint): WallTime {
  const days = floorDivide(micros, microsPerDay);
  const rest = micros - days * microsPerDay;
  const date = new Date(Number(days) * 86_400_000);
  const seconds = Number(rest / microsPerSecond);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    microsecond: Number(rest % microsPerSecond),
  };
}

/** Whether there is such a day (years 1 to 9999, as in Python) and such a time. */
export function exists(wall: WallTime): boolean {
  if (wall.year < 1 || wall.year > 9999 || wall.month < 1 || wall.month > 12 || wall.day < 1) return false;
  if (wall.day > daysInMonth(wall.year, wall.month)) return false;
  const within = (value: number, limit: number): boolean => value >= 0 && value < limit;
  const clock = within(wall.hour, 24) && within(wall.minute, 60) && within(wall.second, 60);
  return clock && within(wall.microsecond, 1_000_000);
}

function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

/** 0 is Monday. */
export function weekday(micros: bigint): number {
  return Number((((floorDivide(micros, microsPerDay) + 3n) % 7n) + 7n) % 7n);
}

/** 1 is the first of January. */
export function dayOfYear(micros: bigint): number {
  const start = wallMicros({ ...wallTime(micros), month: 1, day: 1, hour: 0, minute: 0, second: 0, microsecond: 0 });
  return Number((micros - start) / microsPerDay) + 1;
}

/** The ISO year, week (1 to 53) and day (1 is Monday). */
export function isoCalendar(micros: bigint): readonly [year: number, week: number, day: number] {
  const day = weekday(micros) + 1;
  const thursday = micros + BigInt(4 - day) * microsPerDay;
  return [wallTime(thursday).year, Math.floor((dayOfYear(thursday) - 1) / 7) + 1, day];
}

/** Days since the day before the first of January of the year 1: Python's `toordinal()`. */
export function toOrdinal(micros: bigint): number {
  return Number(floorDivide(micros, microsPerDay)) + 719_163;
}
