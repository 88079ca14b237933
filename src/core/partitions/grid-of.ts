import { cronGrid } from './cron-grid.ts';
import { noOffset, type TimeGrain, type TimeOffset, weekdays } from './definition.ts';
import type { Grid } from './grid.ts';
import { day, hour, minute, monthNumber, wallOfMonthNumber } from './wall.ts';

/**
 * The grid of a grain.
 *
 * @param offset moves the boundaries on the clock; a cron expression has its own. Default: none. Step numbers do not depend
 *   on it, so that the grid without offset gives the wall time that a step is named after.
 */
export function gridOf(grain: TimeGrain, offset: TimeOffset = noOffset): Grid {
  const shift = offset.days * day + offset.hours * hour + offset.minutes * minute;
  switch (grain.kind) {
    case 'minutes':
      return evenGrid(grain.count * minute, shift, true);
    case 'hour':
      return evenGrid(hour, shift, true);
    case 'day':
      return evenGrid(day, shift, false);
    case 'week':
      return evenGrid(7 * day, firstMonday + weekdays.indexOf(grain.startsOn) * day + shift, false);
    case 'month':
      return monthGrid(1, offset.months, shift);
    case 'quarter':
      return monthGrid(3, offset.months, shift);
    case 'year':
      return monthGrid(12, offset.months, shift);
    case 'cron':
      return cronGrid(grain.expression);
  }
}

/** January 5th 1970. */
const firstMonday = 4 * day;

function evenGrid(size: number, origin: number, repeats: boolean): Grid {
  return {
    wallOf: (step) => step * size + origin,
    stepAt: (wall) => Math.floor((wall - origin) / size),
    repeats,
  };
}

function monthGrid(months: number, firstMonth: number, shift: number): Grid {
  return {
    wallOf: (step) => wallOfMonthNumber(step * months + firstMonth) + shift,
    stepAt: (wall) => Math.floor((monthNumber(wall - shift) - firstMonth) / months),
    repeats: false,
  };
}
