import { zoneFormat } from '../zone-format.ts';
import { day, hour, minute, second, wallOfDate } from './wall.ts';

/** What a zone's clocks are ahead of UTC, as stretches of time; the last one has no end. */
export interface ZoneOffsets {
  /** Instants from which an offset holds, rising; the first is minus infinity. */
  readonly from: readonly number[];
  /** Milliseconds east of UTC, one for each stretch. */
  readonly offset: readonly number[];
}

/**
 * The years whose changes are looked up unless more are asked for: each year costs. Before the first and after the last
 * the offset stays as it is there, which leaves no gap and no overlap either.
 */
const usualFirstYear = 2000;
const usualLastYear = 2050;
const firstKnownYear = 1850;
const lastKnownYear = 2150;

/**
 * Two changes of a zone's offset are never nearer than 6.9 days since 1970 (Gaza in 2040) and 3.9 days before (Freetown
 * in 1939), so that samples this far apart see each of them.
 */
const sampleStep = 6 * day;
const sampleStepBefore1970 = 3 * day;

/** No place was ever further from UTC (Alaska, before 1867: 15 hours and some minutes). */
const widestOffset = 16 * hour;

const known = new Map<string, ZoneOffsets>();

/**
 * All changes of a zone's offset, found once by sampling `Intl`: some 10 ms a zone, after which times are arithmetic.
 *
 * @param zone an IANA name that `isZone` accepts.
 * @param fromYear the first year whose changes matter. Default: 2000; not before 1850.
 * @param toYear the last one. Default: 2050; not after 2150.
 */
export function zoneOffsets(zone: string, fromYear = usualFirstYear, toYear = usualLastYear): ZoneOffsets {
  if (zone === 'UTC') return utc;
  const first = Math.max(firstKnownYear, Math.min(usualFirstYear, Math.floor(fromYear / 10) * 10));
  const last = Math.min(lastKnownYear, Math.max(usualLastYear, Math.ceil(toYear / 10) * 10));
  const key = `${zone} ${first} ${last}`;
  const found = known.get(key) ?? readOffsets(zone, wallOfDate(first, 1), wallOfDate(last + 1, 1));
  known.set(key, found);
  return found;
}

/** The position of the stretch that an instant belongs to. */
export function stretchAt(zone: ZoneOffsets, instant: number): number {
  return lastNotAbove(zone.from, instant);
}

/** Milliseconds east of UTC at an instant. */
export function offsetAt(zone: ZoneOffsets, instant: number): number {
  return zone.offset[stretchAt(zone, instant)]!;
}

/** The first instant at which a zone's clocks have reached a wall time, whether or not they ever show it. */
export function instantOf(zone: ZoneOffsets, wall: number): number {
  let stretch = stretchAt(zone, wall - widestOffset);
  while (stretch + 1 < zone.from.length && zone.from[stretch + 1]! + zone.offset[stretch]! <= wall) stretch += 1;
  return Math.max(wall - zone.offset[stretch]!, zone.from[stretch]!);
}

/** The instants at which clocks show a wall time, in their order: none, one or two. */
export function instantsOf(zone: ZoneOffsets, wall: number): number[] {
  const instants: number[] = [];
  for (let stretch = stretchAt(zone, wall - widestOffset); stretch < zone.from.length; stretch += 1) {
    const instant = wall - zone.offset[stretch]!;
    if (zone.from[stretch]! > wall + widestOffset) break;
    if (instant >= zone.from[stretch]! && stretchAt(zone, instant) === stretch) instants.push(instant);
  }
  return instants;
}

/** The position of the last number that is not above `limit` in a rising list; 0 if there is none. */
export function lastNotAbove(rising: readonly number[], limit: number): number {
  let low = 0;
  let high = rising.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (rising[middle]! <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Whether this machine knows a zone of that name. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The zone as it is usually written: `europe/berlin` is `Europe/Berlin`, and the names of UTC are one. */
export function zoneName(name: string): string {
  if (/^(?:utc|z|zulu|uct|universal|etc\/(?:utc|zulu|uct|universal))$/i.test(name)) return 'UTC';
  const official = new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
  return official.toLowerCase() === name.toLowerCase() ? official : name;
}

const utc: ZoneOffsets = { from: [Number.NEGATIVE_INFINITY], offset: [0] };

function readOffsets(zone: string, begin: number, end: number): ZoneOffsets {
  const read = offsetReader(zone);
  const from = [Number.NEGATIVE_INFINITY];
  const offset = [read(begin)];
  for (let instant = begin; instant < end; ) {
    const next = Math.min(end, instant + (instant < 0 ? sampleStepBefore1970 : sampleStep));
    const before = offset[offset.length - 1]!;
    const after = read(next);
    if (after !== before) {
      from.push(findChange(read, instant, next, before));
      offset.push(after);
    }
    instant = next;
  }
  return { from, offset };
}

/** The first instant (to the second) after `low` and not after `high` at which the offset is no longer `before`. */
function findChange(read: (instant: number) => number, low: number, high: number, before: number): number {
  let [same, changed] = [low / 1000, high / 1000];
  while (changed - same > 1) {
    const middle = Math.floor((same + changed) / 2);
    if (read(middle * 1000) === before) same = middle;
    else changed = middle;
  }
  return changed * 1000;
}

function offsetReader(zone: string): (instant: number) => number {
  const format = zoneFormat(zone);
  return (instant) => {
    // Always `MM/DD/YYYY, HH:MM:SS`: en-US does not change, and years have four digits here.
    const text = format.format(instant);
    const part = (begin: number, end: number): number => Number(text.slice(begin, end));
    const midnight = Date.UTC(part(6, 10), part(0, 2) - 1, part(3, 5));
    return midnight + part(12, 14) * hour + part(15, 17) * minute + part(18, 20) * second - instant;
  };
}
