import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE } from 'js-yaml';
import type { Span } from '../../core/index.ts';
import { scalarRange, startOf } from './event-place.ts';
import { readEvents, YamlSyntaxError } from './events.ts';

export type YamlPath = readonly (string | number)[];

interface Place {
  readonly event: number;
  /** The event of the key, where the place is a member of a mapping. */
  readonly key: number | undefined;
}

/**
 * Finds the place of a path, of its key or its value.
 *
 * @param from the offset of the mapping that the path goes from. Default: the whole text's.
 */
export type Locator = (path: YamlPath, part?: 'key' | 'value', from?: number) => Span;

/** Finds the places of many paths in one text; the text is read when the first is asked for. */
export function locator(text: string, file: string): Locator {
  let walker: Walker | undefined;
  return (path, part = 'value', from = undefined) => {
    walker ??= openWalker(text);
    return spanOf(walker, walker.find(path, from), part, file);
  };
}

/**
 * Where a path of the data (`['models', 0, 'name']`) stands in the text: the key or the value there. A path that does
 * not exist gives the place of its longest part that does; a value that is a mapping or a list gives its first line.
 */
export function locate(text: string, file: string, path: YamlPath, part: 'key' | 'value' = 'value'): Span {
  return locator(text, file)(path, part);
}

interface Walker {
  readonly text: string;
  readonly events: readonly Event[];
  find(path: YamlPath, from: number | undefined): Place;
}

function openWalker(text: string): Walker {
  const events = eventsOrNone(text);
  const anchors = new Map<string, number>();
  events.forEach((event, index) => {
    if ('anchorStart' in event && event.anchorStart >= 0 && event.type !== EVENT_ID.ALIAS) {
      anchors.set(text.slice(event.anchorStart, event.anchorEnd), index);
    }
  });
  const resolve = (at: number): number => {
    const event = events[at];
    if (event?.type !== EVENT_ID.ALIAS) return at;
    return anchors.get(text.slice(event.anchorStart, event.anchorEnd)) ?? at;
  };
  const find = (path: YamlPath, from: number | undefined): Place => {
    const isFrom = (event: Event): boolean => event.type === EVENT_ID.MAPPING && startOf(event) === from;
    let place: Place = { event: from === undefined ? 1 : Math.max(1, events.findIndex(isFrom)), key: undefined };
    for (const step of path) {
      const next = member(text, events, resolve(place.event), step, resolve);
      if (next === undefined || isNowhere(events, next)) break;
      place = next;
    }
    return place;
  };
  return { text, events, find };
}

/** An empty entry of a list has no place of its own, nor a key. */
function isNowhere(events: readonly Event[], { event, key }: Place): boolean {
  const found = events[event];
  return key === undefined && found !== undefined && startOf(found) < 0;
}

function eventsOrNone(text: string): readonly Event[] {
  try {
    return readEvents(text);
  } catch (problem) {
    if (problem instanceof YamlSyntaxError) return [];
    throw problem;
  }
}

function member(
  text: string,
  events: readonly Event[],
  container: number,
  step: string | number,
  resolve: (at: number) => number,
): Place | undefined {
  const kind = events[container]?.type;
  if (kind === EVENT_ID.SEQUENCE) return item(events, container, Number(step));
  if (kind !== EVENT_ID.MAPPING) return undefined;
  let found: Place | undefined;
  const merged: number[] = [];
  for (let at = container + 1; events[at]?.type !== EVENT_ID.POP; ) {
    const value = after(events, at);
    const key = events[at];
    if (key?.type === EVENT_ID.SCALAR) {
      const name = getScalarValue(text, key);
      // The last of two equal keys counts.
      if (name === String(step)) found = { event: value, key: at };
      else if (name === '<<' && key.style === SCALAR_STYLE.PLAIN) merged.push(resolve(value));
    }
    at = after(events, value);
  }
  if (found) return found;
  for (const source of merged.flatMap((at) => mappingsIn(events, at, resolve))) {
    found = member(text, events, source, step, resolve);
    if (found) return found;
  }
  return undefined;
}

function mappingsIn(events: readonly Event[], at: number, resolve: (at: number) => number): readonly number[] {
  if (events[at]?.type !== EVENT_ID.SEQUENCE) return [at];
  const found: number[] = [];
  for (let next = at + 1; events[next]?.type !== EVENT_ID.POP; next = after(events, next)) found.push(resolve(next));
  return found;
}

function item(events: readonly Event[], container: number, index: number): Place | undefined {
  let at = container + 1;
  for (let count = 0; events[at] && events[at]?.type !== EVENT_ID.POP; count += 1) {
    if (count === index) return { event: at, key: undefined };
    at = after(events, at);
  }
  return undefined;
}

/** The index behind the node that begins at `at`. */
function after(events: readonly Event[], at: number): number {
  let depth = 0;
  let index = at;
  do {
    const type = events[index]?.type;
    if (type === undefined) return index;
    if (type === EVENT_ID.POP) depth -= 1;
    else if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth += 1;
    index += 1;
  } while (depth > 0);
  return index;
}

function spanOf(walker: Walker, place: Place, part: 'key' | 'value', file: string): Span {
  const key = place.key === undefined ? undefined : walker.events[place.key];
  const value = walker.events[place.event];
  // An empty value has no place of its own.
  const chosen = (part === 'key' && key) || (value && startOf(value) < 0 && key) || value;
  if (chosen === undefined) return { file, start: 0, end: 0 };
  const start = Math.max(0, startOf(chosen));
  if (chosen.type === EVENT_ID.SCALAR) return { file, start, end: Math.max(start, scalarRange(chosen)[1]) };
  const newline = walker.text.indexOf('\n', start);
  return { file, start, end: newline < 0 ? walker.text.length : newline };
}
