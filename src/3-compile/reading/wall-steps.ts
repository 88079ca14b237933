/** What an expression does to a time, always so that a later time gives a later or an equal one. */
export type WallStep =
  /** To the beginning of a unit. */
  | { readonly kind: 'floor'; readonly unit: WallUnit }
  | { readonly kind: 'add'; readonly milliseconds: number }
  | { readonly kind: 'add-months'; readonly months: number };

export const wallUnits = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const;
export type WallUnit = (typeof wallUnits)[number];

export const millisecondsOf = {
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
} as const;

const monthsOf = { month: 1, quarter: 3, year: 12 } as const;

/** 1970 began on a Thursday, weeks begin on Mondays. */
const firstMonday = 4 * millisecondsOf.day;

export function applyStep(wall: number, step: WallStep): number {
  if (!Number.isFinite(wall)) return wall;
  if (step.kind === 'add') return wall + step.milliseconds;
  return step.kind === 'floor' ? floorTo(wall, step.unit) : addMonths(wall, step.months);
}

export const applySteps = (wall: number, steps: readonly WallStep[]): number => steps.reduce(applyStep, wall);

/**
 * The first time that some steps bring to `wall` or later, so that `steps(x) >= wall` says the same as `x >= earliest`.
 * Undefined where that cannot be said exactly.
 */
export function earliestFor(wall: number, steps: readonly WallStep[]): number | undefined {
  let least = wall;
  for (const step of steps.toReversed()) {
    if (!Number.isFinite(least)) return least;
    if (step.kind === 'add-months') return undefined;
    least = step.kind === 'add' ? least - step.milliseconds : ceilTo(least, step.unit);
  }
  return least;
}

/** The last day of a month stays in the month that is meant: a month after January 31st is the end of February. */
export function addMonths(wall: number, months: number): number {
  const date = new Date(wall);
  const [year, month, dayOfMonth] = [date.getUTCFullYear(), date.getUTCMonth() + months, date.getUTCDate()];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const time = wall - floorTo(wall, 'day');
  return Date.UTC(year, month, Math.min(dayOfMonth, lastDay)) + time;
}

export function floorTo(wall: number, unit: WallUnit): number {
  if (unit === 'month' || unit === 'quarter' || unit === 'year') {
    const date = new Date(wall);
    const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
    const first = month - (month % monthsOf[unit]);
    return Date.UTC(Math.floor(first / 12), first % 12);
  }
  const size = millisecondsOf[unit];
  const origin = unit === 'week' ? firstMonday : 0;
  return Math.floor((wall - origin) / size) * size + origin;
}

function ceilTo(wall: number, unit: WallUnit): number {
  const floor = floorTo(wall, unit);
  if (floor === wall) return wall;
  if (unit === 'month' || unit === 'quarter' || unit === 'year') return addMonths(floor, monthsOf[unit]);
  return floor + millisecondsOf[unit];
}

/** The unit of a word as SQL writes it: `days`, `MONTH`. */
export function unitOfWord(word: string): { readonly milliseconds: number } | { readonly months: number } | undefined {
  const name = word.trim().toLowerCase().replace(/s$/, '');
  if (Object.hasOwn(monthsOf, name)) return { months: monthsOf[name as keyof typeof monthsOf] };
  if (Object.hasOwn(millisecondsOf, name)) return { milliseconds: millisecondsOf[name as keyof typeof millisecondsOf] };
  return undefined;
}
