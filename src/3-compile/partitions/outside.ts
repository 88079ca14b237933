import {
  type Coordinates,
  combineCoordinates,
  formatKeySet,
  isEmpty,
  matchDimensions,
  type Node,
  onlyFirst,
  overlapMapping,
  type PartitionDefinition,
  type PartitionSlice,
  partitionAt,
  type TimeDimension,
} from '../../core/index.ts';
import type { Bound } from '../reading/bounds.ts';
import { type MappedColumn, mappedColumns, type PartitionedParent, wallWindow } from './read-windows.ts';

/** What a partition reads of a column of a parent, of which its mapping gives less. */
export interface Outside {
  /** The conditions that let it; undefined where there are none. */
  readonly bound: Bound | undefined;
  readonly places: Coordinates;
  readonly column: MappedColumn;
  readonly parent: PartitionedParent;
}

export function outsideMessage(node: Node, slice: PartitionSlice, { bound, places, column, parent }: Outside): string {
  const which = formatKeySet(slice.definition, slice.keys);
  const name = `'${parent.node.name}'`;
  const read = bound ? `${name} with ${column.column} ${placesText(places)}` : `all of ${name}`;
  const given = isEmpty(column.places) ? 'nothing' : `only ${column.column} ${placesText(column.places)}`;
  return `'${node.name}' reads outside its partition mapping: for ${which} it reads ${read}, the mapping gives ${given}`;
}

/** What would be right: another mapping, or another condition. */
export function outsideHint(outside: Outside, slice: PartitionSlice): string {
  const { column, parent } = outside;
  const filter = filterText(slice.definition, parent.definition, column);
  if (isOneMoment(outside)) {
    return `The end of a partition is the first moment that is not in it: write < in place of <= or between, or ${filter}`;
  }
  const mapping = mappingText(outside, slice);
  return `Write ${filter}${mapping ? `; or, if it is meant, partition_mapping: {${parent.node.name}: ${mapping}}` : ''}`;
}

function filterText(
  child: PartitionDefinition,
  parent: PartitionDefinition,
  { dimension, column }: MappedColumn,
): string {
  const index = matchDimensions(child, parent)[parent.dimensions.findIndex(({ name }) => name === dimension.name)];
  const own = index === undefined ? undefined : child.dimensions[index];
  const of = !own || child.dimensions.length === 1 ? '' : `.${own.name}`;
  return `where {{ partition${of}.filter('${column}') }}`;
}

function isOneMoment({ bound, column }: Outside): boolean {
  const left = bound && combineCoordinates(bound.places, column.places, onlyFirst);
  const end = column.places.kind === 'ranges' ? column.places.edges.at(-1) : undefined;
  return left?.kind === 'ranges' && left.edges.length === 2 && left.edges[0] === end && left.edges[1] === end! + 1;
}

/** The mapping that gives what is read. */
function mappingText({ places, column, parent }: Outside, slice: PartitionSlice): string | undefined {
  const { dimension } = column;
  const rule = dimension.kind === 'time' ? timeRule(places, parent, dimension, slice) : 'all';
  if (rule === undefined || parent.definition.dimensions.length === 1) return rule;
  return `{dimensions: {${dimension.name}: ${rule}}}`;
}

function timeRule(
  places: Coordinates,
  parent: PartitionedParent,
  dimension: TimeDimension,
  slice: PartitionSlice,
): string | undefined {
  if (places.kind === 'texts') return undefined;
  const [first, end] = [places.edges[0]!, places.edges.at(-1)!];
  if (!Number.isFinite(first) || !Number.isFinite(end)) return 'all';
  const base = mappedColumns(slice, { ...parent, mapping: overlapMapping }).find(
    (one) => one.dimension.name === dimension.name,
  );
  if (base?.places.kind !== 'ranges' || base.places.edges.length === 0) return undefined;
  const [baseFirst, baseEnd] = [base.places.edges[0]!, base.places.edges.at(-1)!];
  const start = partitionOn(dimension, first) - partitionOn(dimension, baseFirst);
  const last = partitionOn(dimension, end - 1) - partitionOn(dimension, baseEnd - 1);
  return `{start: ${Math.min(start, 0)}, end: ${Math.max(last, 0)}}`;
}

/** The partition that a wall time lies in. */
function partitionOn(dimension: TimeDimension, wall: number): number {
  let ordinal = partitionAt(dimension, wall);
  while (wallWindow(dimension, ordinal, ordinal)[0] > wall) ordinal -= 1;
  while (wallWindow(dimension, ordinal, ordinal)[1] <= wall) ordinal += 1;
  return ordinal;
}

function placesText(places: Coordinates): string {
  if (places.kind === 'texts') return places.texts.length === 1 ? places.texts[0]! : `in (${places.texts.join(', ')})`;
  const [first, end] = [places.edges[0]!, places.edges.at(-1)!];
  if (!Number.isFinite(first)) return Number.isFinite(end) ? `before ${wallText(end)}` : 'whatever it is';
  return Number.isFinite(end) ? `from ${wallText(first)} up to ${wallText(end)}` : `from ${wallText(first)} on`;
}

/** `2024-03-31` at midnight, else with the time. */
function wallText(wall: number): string {
  const text = new Date(wall).toISOString().replace('T', ' ').replace('.000Z', '').replace('Z', '');
  return text.replace(' 00:00:00', '');
}
