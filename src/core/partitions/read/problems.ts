import { didYouMeanHint } from '../../diagnostic.ts';
import { isMapping, type Json, type JsonObject } from '../../json.ts';

/** What is wrong with a part of a configuration. */
export interface PartitionProblem {
  /** The way from the value that was read to the part: keys and positions. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly hint?: string | undefined;
}

/** A value of a configuration, with its place and the list to which its problems go. */
export interface Place {
  readonly value: Json | undefined;
  readonly path: readonly (string | number)[];
  readonly problems: PartitionProblem[];
}

export function placeOf(value: Json): Place {
  return { value, path: [], problems: [] };
}

/** The place of a key of an object. */
export function under(place: Place, key: string | number): Place {
  const within = place.value as JsonObject | undefined;
  const has = typeof within === 'object' && within !== null && Object.hasOwn(within, key);
  const value = has ? within[key] : undefined;
  return { value, path: [...place.path, key], problems: place.problems };
}

/** Reports a problem of a place; returns undefined, for what could not be read. */
export function report(place: Place, message: string, hint?: string): undefined {
  place.problems.push({ path: place.path, message, hint });
  return undefined;
}

/** Reports keys that an object does not have. */
export function reportUnknownKeys(place: Place, known: readonly string[]): void {
  for (const key of Object.keys(isMapping(place.value) ? place.value : {})) {
    if (known.includes(key)) continue;
    const hint = didYouMeanHint(key, known) ?? `Known keys: ${known.join(', ')}`;
    report(under(place, key), `'${key}' is not known here`, hint);
  }
}

/** A text, or undefined: reported unless there is nothing at all. */
export function textAt(place: Place): string | undefined {
  const { value } = place;
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  return report(place, `${nameOf(place)} has to be a text, not ${JSON.stringify(value)}`);
}

/** A text that has to be there. */
export function neededTextAt(place: Place, hint?: string): string | undefined {
  return place.value === undefined || place.value === null
    ? report(place, `${nameOf(place)} is empty`, hint)
    : textAt(place);
}

/** How messages call a place: its key. */
export function nameOf({ path }: Place): string {
  return path.length === 0 ? 'partitions' : `'${path.at(-1)}'`;
}
