import { partitionsOf } from '../../1-parse/index.ts';
import { type Graph, mappingOf } from '../../2-graph/index.ts';
import {
  boxesOf,
  type Coordinates,
  combineCoordinates,
  either,
  type Node,
  ordinalRange,
  ordinalRanges,
  type PartitionDefinition,
  type PartitionDimension,
  type PartitionMapping,
  type PartitionSlice,
  readSlice,
  type TimeDimension,
  textCoordinates,
  windowOf,
} from '../../core/index.ts';

/** A parent that is kept by partitions, and how a node reads them. */
export interface PartitionedParent {
  readonly node: Node;
  readonly definition: PartitionDefinition;
  readonly mapping: PartitionMapping;
}

/** The partitioned models that a node reads, itself or through models that hold no data. */
export function partitionedParents(
  node: Node,
  definition: PartitionDefinition,
  parents: readonly Node[],
  { project }: Graph,
): readonly PartitionedParent[] {
  return parents.flatMap((parent): PartitionedParent[] => {
    const ofParent = partitionsOf(parent, project.settings);
    if (!ofParent) return [];
    return [{ node: parent, definition: ofParent, mapping: mappingOf(node, parent, definition, ofParent) }];
  });
}

/** What of a column of a parent its mapping gives to some partitions of a node. */
export interface MappedColumn {
  readonly dimension: PartitionDimension;
  /** As the parent's settings name it. */
  readonly column: string;
  /** Wall times in milliseconds, or texts. */
  readonly places: Coordinates;
}

/** The columns of a parent of which the mapping gives less than everything. */
export function mappedColumns(
  { definition, keys }: PartitionSlice,
  parent: PartitionedParent,
): readonly MappedColumn[] {
  // Which partition is the last one is not asked: nobody writes that into SQL.
  const extent = { now: 0 };
  const slice = readSlice(definition, parent.definition, { extent, mapping: parent.mapping, keys });
  const boxes = boxesOf(slice.keys);
  return slice.definition.dimensions.flatMap((dimension, index): MappedColumn[] => {
    const { column } = dimension;
    const nothing = dimension.kind === 'time' ? ordinalRange(0, 0) : textCoordinates([]);
    const places = boxes
      .map((box) => box[index]!)
      .reduce((one, other) => combineCoordinates(one, other, either), nothing);
    return column === undefined ? [] : [{ dimension, column, places: asWall(dimension, places) }];
  });
}

function asWall(dimension: PartitionDimension, places: Coordinates): Coordinates {
  if (dimension.kind !== 'time' || places.kind === 'texts') return places;
  const walls = ordinalRanges(places.edges).map(([first, end]) => wallWindow(dimension, first, end - 1));
  return { kind: 'ranges', edges: walls.flat() };
}

/** The local time of some partitions, as rows of a table without offsets have it. */
export function wallWindow(
  dimension: TimeDimension,
  first: number,
  last: number,
): readonly [start: number, end: number] {
  const { start, end } = windowOf(dimension, first, last).local;
  return [wallOf(start), wallOf(end)];
}

const wallOf = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`);
