import { readCron } from './cron-fields.ts';
import type { Grid } from './grid.ts';
import { dateOfWall, day, minute, remainder, wallOfDate } from './wall.ts';
import { lastNotAbove } from './zone.ts';

/**
 * The steps of a cron expression that `readCron` accepts. Days are listed year by year as they are asked for, so that a
 * step costs a search within a year, however many lie before it; an expression has one grid for all zones.
 */
export function cronGrid(expression: string): Grid {
  const grid = known.get(expression) ?? makeGrid(expression);
  known.set(expression, grid);
  return grid;
}

const known = new Map<string, Grid>();

function makeGrid(expression: string): Grid {
  const reading = readCron(expression);
  if (reading.kind === 'problem') throw new Error(reading.message);
  const { minutes, everyHour, onDay } = reading.times;
  const offsets = minutes.map((time) => time * minute);
  const years = countYears(onDay);
  return {
    repeats: everyHour,
    wallOf: (step) => {
      const rank = Math.floor(step / offsets.length);
      const year = years.yearOf(rank);
      return year.days[rank - year.before]! + offsets[remainder(step, offsets.length)]!;
    },
    stepAt: (wall) => {
      const year = years.get(dateOfWall(wall).year);
      const time = remainder(wall, day);
      const rank = countUpTo(year.days, wall - time);
      const isDay = year.days[rank - 1] === wall - time;
      const earlier = (year.before + rank - (isDay ? 1 : 0)) * offsets.length;
      return earlier + (isDay ? countUpTo(offsets, time) : 0) - 1;
    },
  };
}

interface Year {
  readonly year: number;
  /** The expression's days, as wall times of their midnight. */
  readonly days: readonly number[];
  /** Days since 1970 before this year; negative for years before. */
  readonly before: number;
}

interface Years {
  get(year: number): Year;
  /** The year of the day with that number, counted from 1970. */
  yearOf(rank: number): Year;
}

function countYears(onDay: (midnight: number) => boolean): Years {
  const known = new Map<number, Year>([[1970, { year: 1970, days: daysOf(1970, onDay), before: 0 }]]);
  const next = (from: Year, by: 1 | -1): Year => {
    const year = from.year + by;
    let found = known.get(year);
    if (found === undefined) {
      const days = daysOf(year, onDay);
      found = { year, days, before: by > 0 ? from.before + from.days.length : from.before - days.length };
      known.set(year, found);
    }
    return found;
  };
  // Neighbouring questions are the rule: each begins where the last one ended.
  let current = next(known.get(1970)!, 1);
  return {
    get: (wanted) => {
      current = known.get(wanted) ?? current;
      while (current.year !== wanted) current = next(current, current.year < wanted ? 1 : -1);
      return current;
    },
    yearOf: (rank) => {
      while (rank < current.before) current = next(current, -1);
      while (rank >= current.before + current.days.length) current = next(current, 1);
      return current;
    },
  };
}

function daysOf(year: number, onDay: (midnight: number) => boolean): number[] {
  const days: number[] = [];
  for (let midnight = wallOfDate(year, 1); midnight < wallOfDate(year + 1, 1); midnight += day) {
    if (onDay(midnight)) days.push(midnight);
  }
  return days;
}

function countUpTo(rising: readonly number[], limit: number): number {
  return rising.length === 0 || rising[0]! > limit ? 0 : lastNotAbove(rising, limit) + 1;
}
