import {
  type Coordinate,
  type Coordinates,
  ordinalRange,
  ordinalRanges,
  textCoordinates,
  unionCoordinates,
} from './coordinates.ts';
import type { PartitionDefinition, PartitionDimension } from './definition.ts';
import { formatPart, readAnyPart } from './key.ts';
import {
  boxesOf,
  boxOf,
  type KeySet,
  keySetOf,
  noKeys,
  type PartitionPoint,
  unionAllKeys,
  wholeKey,
} from './key-set.ts';

/**
 * A set as compact text, to be stored: `2024-01-01..2024-03-31,2024-04-02`, `EU,US`, `2024-01-01..2024-01-05|EU,US;2024-01-06|EU`.
 * Made of keys alone, it outlives changes of the definition. The partition of an asset without partitions is `*`, an
 * empty set is the empty text.
 */
export function formatKeySet({ dimensions }: PartitionDefinition, set: KeySet): string {
  if (set.kind !== 'rows') return set.kind === 'whole' ? '*' : '';
  return boxesOf(set)
    .map((box) => box.map((places, index) => formatPlaces(dimensions[index]!, places)).join('|'))
    .join(';');
}

export interface KeySetReading {
  readonly set: KeySet;
  /** Parts of the text that are no partitions of the definition, after a change of its grain, for instance. */
  readonly unknown: readonly string[];
}

/**
 * The opposite of `formatKeySet`. Partitions before the definition's start, after its end or of values that are no longer
 * listed belong to the set: intersect it with `allPartitions` to leave them out.
 */
export function readKeySet({ dimensions }: PartitionDefinition, text: string): KeySetReading {
  if (text === '') return { set: noKeys, unknown: [] };
  if (dimensions.length === 0) return text === '*' ? { set: wholeKey, unknown: [] } : { set: noKeys, unknown: [text] };
  const unknown: string[] = [];
  const boxes: KeySet[] = [];
  // Single partitions are gathered first: a ledger names a million of them one by one.
  const points: PartitionPoint[] = [];
  for (const boxText of text.split(';')) {
    const parts = boxText.split('|');
    if (parts.length !== dimensions.length) {
      unknown.push(boxText);
    } else if (boxText.includes(',') || boxText.includes('..')) {
      boxes.push(boxOf(dimensions.map((dimension, index) => readPlaces(dimension, parts[index]!, unknown))));
    } else {
      const point = dimensions.flatMap((dimension, index) => readPlace(dimension, parts[index]!) ?? []);
      if (point.length === dimensions.length) points.push(point);
      else unknown.push(boxText);
    }
  }
  return { set: unionAllKeys([keySetOf(points), ...boxes]), unknown };
}

function readPlace(dimension: PartitionDimension, text: string): Coordinate | undefined {
  const place = readAnyPart(dimension, text);
  return typeof place === 'object' ? undefined : place;
}

function formatPlaces(dimension: PartitionDimension, places: Coordinates): string {
  const part = (place: Coordinate): string => formatPart(dimension, place);
  if (places.kind === 'texts') return places.texts.map(part).join(',');
  const text = ([first, end]: readonly [number, number]): string =>
    end - first === 1 ? part(first) : `${part(first)}..${part(end - 1)}`;
  return ordinalRanges(places.edges).map(text).join(',');
}

function readPlaces(dimension: PartitionDimension, text: string, unknown: string[]): Coordinates {
  const found = text.split(',').flatMap((part): Coordinates[] => {
    const places = readRange(dimension, part);
    if (places === undefined) unknown.push(part);
    return places === undefined ? [] : [places];
  });
  return unionCoordinates(found);
}

function readRange(dimension: PartitionDimension, text: string): Coordinates | undefined {
  if (dimension.kind !== 'time') {
    const value = readAnyPart(dimension, text);
    return typeof value === 'string' ? textCoordinates([value]) : undefined;
  }
  const [from = '', to = from, ...more] = text.split('..');
  const [first, last] = [readAnyPart(dimension, from), readAnyPart(dimension, to)];
  if (typeof first !== 'number' || typeof last !== 'number' || more.length > 0 || last < first) return undefined;
  return ordinalRange(first, last + 1);
}
