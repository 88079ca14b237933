import { didYouMeanHint } from '../../diagnostic.ts';
import { isMapping } from '../../json.ts';
import { noOffset, type TimeGrain, type TimeOffset } from '../definition.ts';
import { grainText } from '../time-key.ts';
import { type Place, report, under } from './problems.ts';

const units = ['months', 'days', 'hours', 'minutes'] as const;
type Unit = (typeof units)[number];

/** Reads `offset`: `6 hours`, `-90 minutes`, `{days: 4, hours: 6}`. It has to be smaller than the grain. */
export function readOffset(place: Place, grain: TimeGrain): TimeOffset {
  if (place.value === undefined || place.value === null) return noOffset;
  const offset = { ...noOffset, ...readUnits(place) };
  if (grain.kind === 'cron') report(place, 'A cron expression has no offset', 'Write the times into the expression');
  else if (isTooLarge(offset, grain))
    report(place, `The offset is not smaller than the grain, ${grainText(grain)}`, hintFor(grain));
  return offset;
}

function readUnits(place: Place): Partial<TimeOffset> {
  const { value } = place;
  if (isMapping(value)) return Object.assign({}, ...Object.keys(value).map((key) => readUnit(under(place, key), key)));
  const match = typeof value === 'string' ? /^([+-]?\d+)\s+([a-z]+)$/i.exec(value.trim()) : null;
  if (match) return readUnit({ ...place, value: Number(match[1]) }, (match[2] ?? '').toLowerCase().replace(/s?$/, 's'));
  report(place, `'offset' is no time: ${JSON.stringify(value)}`, 'Write 6 hours, -90 minutes or {days: 4, hours: 6}');
  return {};
}

function readUnit(place: Place, name: string): Partial<Record<Unit, number>> {
  const unit = units.find((known) => known === name);
  const { value } = place;
  if (unit === undefined) {
    report(place, `'${name}' is no unit of an offset`, didYouMeanHint(name, units) ?? `Units: ${units.join(', ')}`);
    return {};
  }
  if (typeof value === 'number' && Number.isInteger(value)) return { [unit]: value };
  report(place, `'${name}' of an offset has to be a whole number, not ${JSON.stringify(value)}`);
  return {};
}

function isTooLarge(
  { months, days, hours, minutes }: TimeOffset,
  grain: Exclude<TimeGrain, { kind: 'cron' }>,
): boolean {
  const size = Math.abs(days * 1440 + hours * 60 + minutes);
  const month = 28 * 1440;
  switch (grain.kind) {
    case 'minutes':
      return months !== 0 || size >= grain.count;
    case 'hour':
      return months !== 0 || size >= 60;
    case 'day':
      return months !== 0 || size >= 1440;
    case 'week':
      return months !== 0 || size >= 7 * 1440;
    case 'month':
      return months !== 0 || size >= month;
    case 'quarter':
      return Math.abs(months) >= 3 || size >= month;
    case 'year':
      return Math.abs(months) >= 12 || size >= month;
  }
}

function hintFor(grain: TimeGrain): string | undefined {
  if (grain.kind === 'week') return 'week_start says on which day weeks begin';
  return grain.kind === 'quarter' || grain.kind === 'year' ? 'Write months, and days below 28' : undefined;
}
