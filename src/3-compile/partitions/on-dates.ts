import type { Coordinates } from '../../core/index.ts';

const day = 86_400_000;

/** Where a column can be that has only dates, if it may be one: a date is at the beginning of its day: between those, no row is. */
export function onDates(places: Coordinates, type: string | undefined): Coordinates {
  if (places.kind === 'texts' || (type !== 'date' && type !== undefined)) return places;
  const edges: number[] = [];
  for (let index = 0; index < places.edges.length; index += 2) {
    const [first, end] = [places.edges[index]!, places.edges[index + 1]!].map(
      (edge) => Math.ceil(edge / day) * day,
    ) as [number, number];
    if (first < end) edges.push(first, type === 'date' ? end : places.edges[index + 1]!);
  }
  return { kind: 'ranges', edges };
}
