import {
  both,
  type Coordinates,
  combineCoordinates,
  either,
  ordinalRange,
  ordinalRanges,
  sameCoordinates,
} from '../../core/index.ts';
import { allBounds, type Bound, type Bounds, bothBounds, boundOf } from './bounds.ts';
import { type Link, timeOf, unsureBounds } from './conditions.ts';
import type { Comparison, Edge, Reader } from './reader.ts';
import type { Scan, Value } from './relation.ts';
import { applySteps } from './wall-steps.ts';

const turned: Readonly<Record<Comparison, Comparison>> = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/**
 * Values that compare so in all rows that are needed.
 *
 * @param reached whether rows of a table are needed only where this holds.
 */
export function pushLinks(links: readonly Link[], reader: Reader, reached: (scan: Scan) => boolean): void {
  for (const { left, right, operator } of links) {
    pushEdges(left, right, turned[operator], reader, reached);
    pushEdges(right, left, operator, reader, reached);
  }
}

function pushEdges(
  to: Value,
  from: Value,
  operator: Comparison,
  reader: Reader,
  reached: (scan: Scan) => boolean,
): void {
  const targets = to.traces.filter(({ scan }) => reached(scan));
  // Of several columns that stand for a value, each has it for some of the rows only.
  if (from.traces.length !== 1) {
    const unclear = { ...to, from: new Map([...to.from].filter(([scan]) => reached(scan))) };
    reader.bounds.push(unsureBounds(unclear, undefined, reader.everything));
    return;
  }
  for (const trace of targets) reader.edges.push({ from: from.traces[0]!, to: trace, operator });
}

/** What is known of the columns of tables in the end: what is said of one is said of those that are compared with it, too. */
export function settleBounds(reader: Reader, isWhole: (scan: Scan, column: string) => boolean): Bounds {
  const bounds = new Map([...allBounds(reader.bounds)].map(([scan, columns]) => [scan, new Map(columns)]));
  // Each round brings what is known over one more comparison.
  for (let round = 0; round < 20; round += 1) {
    let changed = false;
    for (const edge of reader.edges) changed = follow(edge) || changed;
    if (!changed) break;
  }
  return bounds;

  function follow({ from, to, operator }: Edge): boolean {
    const free: Bound = { places: reader.everything(from.scan, from.column), sure: true, because: [] };
    const known = boundOf(bounds, from.scan, from.column) ?? free;
    const everything = reader.everything(to.scan, to.column);
    const places = placesAcross({ from, to, operator }, known.places, everything);
    // Another table need not have rows for all that its column could be.
    const sure = known.sure && places !== undefined && isWhole(from.scan, from.column);
    const before = boundOf(bounds, to.scan, to.column);
    const because = places && !sameCoordinates(places, everything) ? known.because : [];
    const after = bothBounds(before ?? { places: everything, sure: true, because: [] }, {
      places: places ?? everything,
      sure,
      because,
    });
    if (before && sameCoordinates(before.places, after.places) && before.sure === after.sure) return false;
    const columns = bounds.get(to.scan) ?? new Map<string, Bound>();
    bounds.set(to.scan, columns.set(to.column, after));
    return true;
  }
}

function placesAcross(
  { from, to, operator }: Edge,
  places: Coordinates,
  everything: Coordinates,
): Coordinates | undefined {
  if (places.kind === 'texts' || everything.kind === 'texts') {
    const plain = operator === '=' && from.steps.length === 0 && to.steps.length === 0;
    return plain && places.kind === everything.kind ? combineCoordinates(places, everything, both) : undefined;
  }
  const ranges = ordinalRanges(places.edges);
  const each = ranges.map(([first, end]): Coordinates | undefined => {
    const least = Number.isFinite(first) ? applySteps(first, from.steps) : first;
    const most = Number.isFinite(end) ? applySteps(end - 1, from.steps) : end;
    const atLeast = Number.isFinite(least) ? timeOf(to, operator === '>' ? '>' : '>=', least) : everything;
    const atMost = Number.isFinite(most) ? timeOf(to, operator === '<' ? '<' : '<=', most) : everything;
    if (!atLeast || !atMost) return undefined;
    if (operator === '>' || operator === '>=') return atLeast;
    if (operator === '<' || operator === '<=') return atMost;
    return combineCoordinates(atLeast, atMost, both);
  });
  if (each.some((one) => one === undefined)) return undefined;
  return (each as readonly Coordinates[]).reduce(
    (one, other) => combineCoordinates(one, other, either),
    ordinalRange(0, 0),
  );
}
