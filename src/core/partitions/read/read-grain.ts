import { didYouMean } from '../../diagnostic.ts';
import { readCron } from '../cron-fields.ts';
import { type TimeGrain, weekdays } from '../definition.ts';
import { neededTextAt, type Place, report, textAt, under } from './problems.ts';

const grainNames = ['minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const;
const adverbs = ['minutely', 'hourly', 'daily', 'weekly', 'monthly', 'quarterly', 'yearly'];
const minutesOfDay = 24 * 60;

/** Reads `time`, `cron` and `week_start` of an object. */
export function readGrain(dimension: Place): TimeGrain | undefined {
  const cron = under(dimension, 'cron');
  const grain = cron.value === undefined ? readTime(under(dimension, 'time')) : readCronGrain(cron);
  const start = under(dimension, 'week_start');
  if (start.value === undefined) return grain;
  const text = textAt(start)?.toLowerCase();
  const weekday = weekdays.find((name) => name === text);
  if (text !== undefined && weekday === undefined) {
    const near = didYouMean(text, weekdays) ?? weekdays.find((name) => text.length > 1 && name.startsWith(text));
    report(
      start,
      `There is no weekday '${text}'`,
      near ? `Did you mean '${near}'?` : `Write one of ${weekdays.join(', ')}`,
    );
  }
  if (grain !== undefined && grain.kind !== 'week') {
    report(start, "Only weeks have a 'week_start'", 'Leave it out, or write time: week');
  }
  return weekday !== undefined && grain?.kind === 'week' ? { kind: 'week', startsOn: weekday } : grain;
}

function readTime(place: Place): TimeGrain | undefined {
  const text = neededTextAt(place, `Write ${known}`)?.toLowerCase();
  if (text === undefined) return undefined;
  const name = grainNames.find((grain) => grain === text);
  if (name === 'minute') return { kind: 'minutes', count: 1 };
  if (name === 'week') return { kind: 'week', startsOn: 'monday' };
  if (name !== undefined) return { kind: name };
  const counted = /^(\d+)\s*([a-z]+)$/.exec(text);
  if (counted) return readCounted(place, Number(counted[1]), counted[2] ?? '');
  if (readCron(text).kind === 'times') return report(place, `'${text}' is a cron expression`, `Write cron: '${text}'`);
  const adverb = adverbs.indexOf(text);
  const near = adverb >= 0 ? grainNames[adverb] : didYouMean(text, grainNames);
  return report(place, `There are no partitions by '${text}'`, near ? `Did you mean '${near}'?` : `Write ${known}`);
}

const known = `${grainNames.join(', ')}, or a number of minutes or hours such as 15 minutes`;

function readCounted(place: Place, count: number, unit: string): TimeGrain | undefined {
  const single = unit.replace(/s$/, '');
  const minutes = single === 'minute' ? count : single === 'hour' ? count * 60 : undefined;
  if (minutes === undefined) {
    const name = grainNames.find((grain) => grain === single);
    if (name !== undefined && count === 1) return report(place, `'${count} ${unit}' is one ${name}`, `Write ${name}`);
    const hint = name === undefined ? 'Write minutes or hours: 15 minutes' : 'Only minutes and hours can be counted';
    return report(place, `There are no partitions by '${count} ${unit}'`, hint);
  }
  if (minutes === 0 || minutesOfDay % minutes !== 0) {
    const hint = `Near are ${nearDivisors(count, unit)}; a cron expression can say other times`;
    return report(
      place,
      `${count} ${unit} do not divide a day, so that partitions would begin at other times each day`,
      hint,
    );
  }
  if (minutes === 60) return { kind: 'hour' };
  return minutes === minutesOfDay ? { kind: 'day' } : { kind: 'minutes', count: minutes };
}

function nearDivisors(count: number, unit: string): string {
  const whole = unit.startsWith('hour') ? 24 : minutesOfDay;
  const divides = (value: number): boolean => value > 0 && whole % value === 0;
  let [below, above] = [Math.min(count, whole), Math.min(count, whole)];
  while (below > 1 && !divides(below)) below -= 1;
  while (!divides(above)) above += 1;
  return `${Math.max(1, below)} and ${above}`;
}

function readCronGrain(place: Place): TimeGrain | undefined {
  const expression = neededTextAt(place, "Write cron: '0 6 * * *'");
  if (expression === undefined) return undefined;
  const reading = readCron(expression);
  if (reading.kind === 'problem') return report(place, reading.message, reading.hint);
  return { kind: 'cron', expression };
}
