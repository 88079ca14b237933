import { didYouMean } from '../../diagnostic.ts';
import { boundsOf } from '../bounds.ts';
import type { TimeDimension } from '../definition.ts';
import { readPeriod } from '../period.ts';
import { isZone, zoneName } from '../zone.ts';
import { nameOf, type Place, report, reportUnknownKeys, textAt, under } from './problems.ts';
import { readGrain } from './read-grain.ts';
import { readOffset } from './read-offset.ts';

const clockKeys = ['start', 'end', 'timezone', 'column', 'name'];

/** Reads a time dimension; undefined after problems. */
export function readTimeDimension(place: Place, name: string, column: string | undefined): TimeDimension | undefined {
  const isCron = under(place, 'cron').value !== undefined;
  reportUnknownKeys(place, isCron ? ['cron', ...clockKeys] : ['time', 'week_start', 'offset', ...clockKeys]);
  const before = place.problems.length;
  const grain = readGrain(place);
  const timezone = readTimezone(under(place, 'timezone'));
  const start = readDate(under(place, 'start'));
  const end = readDate(under(place, 'end'));
  if (start === undefined && (under(place, 'start').value ?? undefined) === undefined) {
    report(place, "Partitions by time need a 'start'", 'Write the first one: start: 2024-01-01');
  }
  if (grain === undefined || start === undefined || timezone === undefined) return undefined;
  const offset = readOffset(under(place, 'offset'), grain);
  const dimension: TimeDimension = { kind: 'time', name, column, grain, start, end, timezone, offset };
  if (place.problems.length > before) return undefined;
  const bounds = boundsOf(dimension);
  if (bounds.first < bounds.end) return dimension;
  return report(
    under(place, 'end'),
    `'end' (${end}) is not after 'start' (${start})`,
    'The end itself is no partition',
  );
}

function readDate(place: Place): string | undefined {
  const { value } = place;
  if (value === undefined || value === null) return undefined;
  const text = typeof value === 'number' ? String(value) : textAt(place);
  if (text === undefined || readPeriod(text) !== undefined) return text;
  return report(
    place,
    `${nameOf(place)} is no date or time: '${text}'`,
    'Write 2024-01-01, 2024-01 or 2024-01-01 06:00',
  );
}

function readTimezone(place: Place): string | undefined {
  if (place.value === undefined || place.value === null) return 'UTC';
  const text = textAt(place);
  if (text === undefined) return undefined;
  if (isZone(text)) return zoneName(text);
  const zones = [...Intl.supportedValuesOf('timeZone'), 'UTC'];
  const city = `/${text.toLowerCase().replaceAll(' ', '_')}`;
  const near = zones.find((zone) => zone.toLowerCase().endsWith(city)) ?? didYouMean(text, zones);
  const hint = near ? `Did you mean '${near}'?` : 'Write the name of a place in the IANA list: Europe/Berlin';
  return report(place, `There is no time zone '${text}'`, hint);
}
