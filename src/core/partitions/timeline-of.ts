import type { TimeDimension } from './definition.ts';
import { gridOf } from './grid-of.ts';
import { makeTimeline, type Timeline } from './timeline.ts';
import { type ZoneOffsets, zoneOffsets } from './zone.ts';

const known = new WeakMap<ZoneOffsets, Map<string, Timeline>>();
const knownOf = new WeakMap<TimeDimension, Timeline>();

/** The timeline of a dimension; made once for all dimensions of the same grain, zone and offset. */
export function timelineOf(dimension: TimeDimension): Timeline {
  const made = knownOf.get(dimension);
  if (made !== undefined) return made;
  const { grain, timezone, offset } = dimension;
  const zone = zoneOffsets(timezone, yearIn(dimension.start), yearIn(dimension.end));
  const ofZone = known.get(zone) ?? new Map<string, Timeline>();
  const key = JSON.stringify([grain, offset]);
  const timeline = ofZone.get(key) ?? makeTimeline(gridOf(grain, offset), zone);
  known.set(zone, ofZone.set(key, timeline));
  knownOf.set(dimension, timeline);
  return timeline;
}

function yearIn(text: string | undefined): number | undefined {
  const year = Number(text?.slice(0, 4));
  return Number.isNaN(year) ? undefined : year;
}
