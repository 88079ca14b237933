import {
  both,
  type Coordinates,
  combineCoordinates,
  coordinatesOf,
  ordinalRange,
  unionCoordinates,
} from './coordinates.ts';
import type { PartitionDefinition, PartitionDimension } from './definition.ts';
import { allPlaces, type PartitionExtent } from './extent.ts';
import { readPart } from './key.ts';
import type { KeyProblem } from './key-problem.ts';
import { boxOf, type KeySet } from './key-set.ts';
import { overlapping, readSpan } from './time-span.ts';

export type Selection = { readonly kind: 'keys'; readonly set: KeySet } | KeyProblem;

/**
 * The partitions that somebody asks for: a key, or for each dimension a list, a range of time or `*` for all of it:
 * `2024-03-31`, `2024-01-01..2024-03-31|EU,US`, `2024-03-31|*`. Unlike stored sets, it has to name partitions that the
 * definition has; those of time that have not ended yet, too, except for `*`.
 */
export function readSelection(definition: PartitionDefinition, text: string, extent: PartitionExtent): Selection {
  const { dimensions } = definition;
  const parts = dimensions.length === 0 && text === '' ? [] : text.split('|');
  if (parts.length !== dimensions.length) {
    const names = dimensions.map(({ name }) => name).join('|');
    const hint = dimensions.length === 0 ? 'It has no partitions' : `Write ${names}, * for all of a dimension`;
    return { kind: 'problem', message: `'${text}' does not fit the ${dimensions.length} dimensions`, hint };
  }
  const box: Coordinates[] = [];
  for (const [index, dimension] of dimensions.entries()) {
    const places = readPlaces(dimension, parts[index]!, extent);
    if (places.kind === 'problem') return places;
    box.push(places);
  }
  return { kind: 'keys', set: boxOf(box) };
}

/**
 * The partitions that there are between two dates or times, which both belong to it (`2024-01` to `2024-03` is a quarter).
 * They are meant in the zone of each time dimension; dimensions without time are taken whole.
 *
 * @param from default: the first partition. @param to default: the last one.
 */
export function selectBetween(
  definition: PartitionDefinition,
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  extent: PartitionExtent,
): Selection {
  const box: Coordinates[] = [];
  for (const dimension of definition.dimensions) {
    const all = allPlaces(dimension, extent);
    if (all.kind === 'texts' || dimension.kind !== 'time') {
      box.push(all);
      continue;
    }
    const span = readSpan(dimension, from, to);
    if (span.kind === 'problem') return span;
    box.push(combineCoordinates(all, ordinalRange(...overlapping(dimension, span)), both));
  }
  return { kind: 'keys', set: boxOf(box) };
}

function readPlaces(dimension: PartitionDimension, text: string, extent: PartitionExtent): Coordinates | KeyProblem {
  if (text === '*') return allPlaces(dimension, extent);
  const found: Coordinates[] = [];
  for (const part of text.split(',')) {
    // Two dots in a value are no range.
    const [from = '', to = from] = dimension.kind === 'time' ? part.split('..') : [part];
    const first = readPart(dimension, from, extent.dynamicKeys);
    const last = to === from ? first : readPart(dimension, to, extent.dynamicKeys);
    if (typeof first === 'object') return first;
    if (typeof last === 'object') return last;
    if (last < first) return { kind: 'problem', message: `'${to}' is before '${from}'` };
    found.push(typeof first === 'number' ? ordinalRange(first, Number(last) + 1) : coordinatesOf([first]));
  }
  return unionCoordinates(found);
}
