/**
 * A set of places on one dimension: ordinals of a time dimension as edges of ranges, values of a static or dynamic one as
 * texts. Values are kept by their text, so that a value that is added to a list moves no other.
 */
export type Coordinates =
  /** Rising: the first ordinal of a range, the first one after it, the first one of the next range, and so on. */
  | { readonly kind: 'ranges'; readonly edges: readonly number[] }
  /** Sorted by code units, without repetition. */
  | { readonly kind: 'texts'; readonly texts: readonly string[] };

export type Coordinate = number | string;

/** Whether something is in the result, given whether it is in the first set and in the second. */
export type Keep = (inFirst: boolean, inSecond: boolean) => boolean;

/** What two sets share, what is in any of them, and what only the first has. */
export const both: Keep = (inFirst, inSecond) => inFirst && inSecond;
export const either: Keep = (inFirst, inSecond) => inFirst || inSecond;
export const onlyFirst: Keep = (inFirst, inSecond) => inFirst && !inSecond;

/** The ordinals from `first` and below `end`. */
export function ordinalRange(first: number, end: number): Coordinates {
  return { kind: 'ranges', edges: first < end ? [first, end] : [] };
}

/** In any order, repetitions allowed. */
export function textCoordinates(texts: Iterable<string>): Coordinates {
  return { kind: 'texts', texts: [...new Set(texts)].sort() };
}

/** The set of some places of one dimension, in any order. */
export function coordinatesOf(places: readonly Coordinate[]): Coordinates {
  const ordinals = places.filter((place) => typeof place === 'number').sort((one, other) => one - other);
  if (ordinals.length === 0) return textCoordinates(places.map(String));
  return { kind: 'ranges', edges: edgesOf(ordinals.map((ordinal) => [ordinal, ordinal + 1])) };
}

/** @throws Error for coordinates of different kinds: they belong to different definitions, which is a bug of ours. */
export function combineCoordinates(first: Coordinates, second: Coordinates, keep: Keep): Coordinates {
  if (first.kind === 'ranges' && second.kind === 'ranges') {
    return { kind: 'ranges', edges: combineEdges(first.edges, second.edges, keep) };
  }
  if (first.kind === 'texts' && second.kind === 'texts') {
    return { kind: 'texts', texts: combineTexts(first.texts, second.texts, keep) };
  }
  throw new Error('Partitions of different definitions cannot be combined');
}

/** One after the other would look at the first ones again and again; halves are combined instead. */
export function unionCoordinates(all: readonly Coordinates[]): Coordinates {
  if (all.length <= 1) return all[0] ?? ordinalRange(0, 0);
  const middle = all.length >> 1;
  return combineCoordinates(unionCoordinates(all.slice(0, middle)), unionCoordinates(all.slice(middle)), either);
}

/** Whether no place is in the set. */
export function isEmpty(coordinates: Coordinates): boolean {
  return coordinates.kind === 'ranges' ? coordinates.edges.length === 0 : coordinates.texts.length === 0;
}

/** How many places are in the set. */
export function sizeOf(coordinates: Coordinates): number {
  if (coordinates.kind === 'texts') return coordinates.texts.length;
  return coordinates.edges.reduce((sum, edge, index) => (index % 2 === 0 ? sum - edge : sum + edge), 0);
}

/** Whether a place is in the set; found by halving, since a list may have very many. */
export function includes(coordinates: Coordinates, place: Coordinate): boolean {
  if (coordinates.kind === 'texts') return coordinates.texts[placeOf(coordinates.texts, place)] === place;
  const index = placeOf(coordinates.edges, place);
  return coordinates.edges[index] === place ? index % 2 === 0 : index % 2 === 1;
}

/** Whether two sets have the same places: each set is written in one way only. */
export function sameCoordinates(first: Coordinates, second: Coordinates): boolean {
  if (first === second) return true;
  const [one, other] = [placesOf(first), placesOf(second)];
  return (
    first.kind === second.kind && one.length === other.length && one.every((place, index) => place === other[index])
  );
}

/** The edges or the texts. */
export function placesOf(coordinates: Coordinates): readonly Coordinate[] {
  return coordinates.kind === 'ranges' ? coordinates.edges : coordinates.texts;
}

/** Ranges as pairs: the first ordinal and the first one after the range. */
export function ordinalRanges(edges: readonly number[]): (readonly [first: number, end: number])[] {
  const ranges: (readonly [number, number])[] = [];
  for (let index = 0; index < edges.length; index += 2) ranges.push([edges[index]!, edges[index + 1]!]);
  return ranges;
}

/** The opposite of `ordinalRanges`, for ranges that begin and end in rising order; they may overlap, touch or be empty. */
export function edgesOf(ranges: readonly (readonly [first: number, end: number])[]): number[] {
  const edges: number[] = [];
  for (const [first, end] of ranges) {
    if (first >= end) continue;
    const last = edges.length - 1;
    if (last < 0 || first > edges[last]!) edges.push(first, end);
    else edges[last] = Math.max(edges[last]!, end);
  }
  return edges;
}

function combineEdges(first: readonly number[], second: readonly number[], keep: Keep): number[] {
  const edges: number[] = [];
  let [i, j] = [0, 0];
  let inside = false;
  while (i < first.length || j < second.length) {
    const at = Math.min(first[i] ?? Number.POSITIVE_INFINITY, second[j] ?? Number.POSITIVE_INFINITY);
    if (first[i] === at) i += 1;
    if (second[j] === at) j += 1;
    // After an odd number of edges one is inside a range.
    if (keep(i % 2 === 1, j % 2 === 1) !== inside) {
      edges.push(at);
      inside = !inside;
    }
  }
  return edges;
}

function combineTexts(first: readonly string[], second: readonly string[], keep: Keep): string[] {
  const texts: string[] = [];
  let [i, j] = [0, 0];
  while (i < first.length || j < second.length) {
    const [one, other] = [first[i], second[j]];
    const inFirst = one !== undefined && (other === undefined || one <= other);
    const inSecond = other !== undefined && (one === undefined || other <= one);
    if (keep(inFirst, inSecond)) texts.push(inFirst ? one : other!);
    if (inFirst) i += 1;
    if (inSecond) j += 1;
  }
  return texts;
}

/** The position of the first that is not below `place` in a rising list. */
function placeOf(rising: readonly Coordinate[], place: Coordinate): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle]! < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
