/**
 * A wall time is what clocks and calendars of a place show, as the milliseconds that UTC would need since 1970 to show
 * the same. An instant is milliseconds since 1970 in UTC. Both are plain numbers; names tell them apart.
 */
export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The wall time of a date's midnight; months count from 1 and may overflow into other years. */
export function wallOfDate(year: number, month: number, dayOfMonth = 1): number {
  return Date.UTC(year, month - 1, dayOfMonth);
}

export interface CalendarDate {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
}

/** By arithmetic over the 400 years after which the calendar repeats itself: `Date` takes ten times as long. */
export function dateOfWall(wall: number): CalendarDate {
  // Years that begin in March have the leap day at their end. Day 0 is then March 1st of the year 0.
  const days = Math.floor(wall / day) + 719_468;
  const cycle = Math.floor(days / 146_097);
  const dayOfCycle = days - cycle * 146_097;
  const yearOfCycle = Math.floor(
    (dayOfCycle - Math.floor(dayOfCycle / 1460) + Math.floor(dayOfCycle / 36_524) - Math.floor(dayOfCycle / 146_096)) /
      365,
  );
  const dayOfYear = dayOfCycle - (365 * yearOfCycle + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

/** Months since January 1970. */
export function monthNumber(wall: number): number {
  const date = new Date(wall);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

export function wallOfMonthNumber(month: number): number {
  return Date.UTC(1970, month, 1);
}

/** 0 is Monday. */
export function weekdayOf(wall: number): number {
  return remainder(Math.floor(wall / day) + 3, 7);
}

/** Never negative, unlike `%`. */
export function remainder(value: number, by: number): number {
  return ((value % by) + by) % by;
}

/** The ISO year and week (1 to 53) of a day. */
export function isoWeekOf(wall: number): { readonly year: number; readonly week: number } {
  const thursday = wall + (3 - weekdayOf(wall)) * day;
  const { year } = dateOfWall(thursday);
  return { year, week: Math.floor((thursday - wallOfDate(year, 1)) / (7 * day)) + 1 };
}

/** The Monday on which an ISO week begins: the first week is the one with January 4th. */
export function wallOfIsoWeek(year: number, week: number): number {
  const fourth = wallOfDate(year, 1, 4);
  return fourth - weekdayOf(fourth) * day + (week - 1) * 7 * day;
}

/** `2024-03-31`. */
export function dateText(wall: number): string {
  const { year, month, day: dayOfMonth } = dateOfWall(wall);
  return `${year}-${two(month)}-${two(dayOfMonth)}`;
}

/** `02:00`, or `02:00:30` where there are seconds. */
export function timeText(wall: number): string {
  const seconds = remainder(Math.floor(wall / second), 60);
  const text = `${two(remainder(Math.floor(wall / hour), 24))}:${two(remainder(Math.floor(wall / minute), 60))}`;
  return seconds === 0 ? text : `${text}:${two(seconds)}`;
}

/** `2024-03-31 00:00:00`, as a SQL timestamp literal is written. */
export function timestampText(wall: number): string {
  const seconds = remainder(Math.floor(wall / second), 60);
  return `${dateText(wall)} ${timeText(wall - seconds * second)}:${two(seconds)}`;
}

/** `+02:00`; `+00:19:32` for the few places and years with seconds. */
export function offsetText(offset: number): string {
  return `${offset < 0 ? '-' : '+'}${timeText(Math.abs(offset))}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
