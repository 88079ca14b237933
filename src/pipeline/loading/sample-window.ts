import { error, Problem, readInstant } from '../../core/index.ts';

const units = ['hour', 'day', 'month', 'year'] as const;

/**
 * What `--sample` asks for: some hours, days, months or years before now, or a start and an end.
 *
 * @throws Problem for anything else.
 */
export function sampleWindow(text: string, now: Date): { readonly start: Date; readonly end: Date } {
  const window = text.trimStart().startsWith('{') ? stretchOf(text) : lastOf(text, now);
  if (window) return window;
  throw new Problem(
    error('cli/bad-time', `'${text}' is no stretch of time that --sample can take`, {
      hint: "For example: '3 days', '1 month', or '{start: 2024-07-01, end: 2024-07-08T18:00:00}' in UTC",
    }),
  );
}

function lastOf(text: string, now: Date): { start: Date; end: Date } | undefined {
  const [, count, word = ''] = /^(\d+) ([a-z]+?)s?$/i.exec(text.trim()) ?? [];
  const unit = units.find((one) => one === word.toLowerCase());
  if (count === undefined || unit === undefined) return undefined;
  return { start: before(now, Number(count), unit), end: now };
}

function before(now: Date, count: number, unit: (typeof units)[number]): Date {
  const start = new Date(now);
  if (unit === 'hour') start.setUTCHours(start.getUTCHours() - count);
  if (unit === 'day') start.setUTCDate(start.getUTCDate() - count);
  if (unit === 'hour' || unit === 'day') return start;
  const day = start.getUTCDate();
  start.setUTCMonth(start.getUTCMonth() - count * (unit === 'year' ? 12 : 1), 1);
  const lastDay = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 0)).getUTCDate();
  start.setUTCDate(Math.min(day, lastDay));
  return start;
}

/** The two moments in `{start: …, end: …}`, in any order and with any quotes. */
function stretchOf(text: string): { start: Date; end: Date } | undefined {
  const moments = new Map<string, Date | undefined>();
  for (const [, name = '', moment = ''] of text.matchAll(/(\w+)['"]?\s*:\s*['"]?(\d[^,}'"]*)/g)) {
    moments.set(name, readInstant(moment));
  }
  const [start, end] = [moments.get('start'), moments.get('end')];
  return start && end ? { start, end } : undefined;
}
