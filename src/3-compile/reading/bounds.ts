import { both, type Coordinates, combineCoordinates, either, ordinalRange } from '../../core/index.ts';
import type { Place } from '../../sql/index.ts';
import type { Scan } from './relation.ts';

/** What conditions say of a column: the rows that are read have it in `places`. */
export interface Bound {
  /** Milliseconds of wall time as ranges, or texts. */
  readonly places: Coordinates;
  /** False if there are conditions that cannot be read: fewer rows may be read. */
  readonly sure: boolean;
  /** The conditions. */
  readonly because: readonly Place[];
}

/** Of columns that are not here nothing is said. */
export type Bounds = ReadonlyMap<Scan, ReadonlyMap<string, Bound>>;

export const noBounds: Bounds = new Map();
export const allTime: Coordinates = ordinalRange(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);

export function boundOf(bounds: Bounds, scan: Scan, column: string): Bound | undefined {
  return bounds.get(scan)?.get(column);
}

/** All of the conditions hold. */
export function allBounds(all: readonly Bounds[]): Bounds {
  const found = new Map<Scan, Map<string, Bound>>();
  for (const bounds of all) {
    for (const [scan, columns] of bounds) {
      const known = found.get(scan) ?? new Map<string, Bound>();
      found.set(scan, known);
      for (const [column, bound] of columns) known.set(column, bothBounds(known.get(column), bound));
    }
  }
  return found;
}

export function bothBounds(one: Bound | undefined, other: Bound): Bound {
  if (!one) return other;
  return {
    places: combineCoordinates(one.places, other.places, both),
    sure: one.sure && other.sure,
    because: [...one.because, ...other.because.filter((place) => !one.because.includes(place))],
  };
}

/** One of the conditions holds. A column of which one of them says nothing can be anything, if that can be told. */
export function eitherBounds(all: readonly Bounds[], everything: (scan: Scan, column: string) => Coordinates): Bounds {
  const found = new Map<Scan, Map<string, Bound>>();
  const columnsOf = (scan: Scan): Set<string> =>
    new Set(all.flatMap((bounds) => [...(bounds.get(scan)?.keys() ?? [])]));
  for (const scan of new Set(all.flatMap((bounds) => [...bounds.keys()]))) {
    const columns = new Map<string, Bound>();
    for (const column of columnsOf(scan)) {
      const free: Bound = { places: everything(scan, column), sure: true, because: [] };
      const each = all.map((bounds) => boundOf(bounds, scan, column) ?? free);
      columns.set(
        column,
        each.reduce((one, other) => ({
          places: combineCoordinates(one.places, other.places, either),
          sure: one.sure && other.sure,
          because: [...one.because, ...other.because],
        })),
      );
    }
    found.set(scan, columns);
  }
  return found;
}
