import {
  boxesOf,
  type Coordinates,
  type KeySet,
  ordinalRanges,
  type PartitionDefinition,
  type PartitionDimension,
  windowOf,
} from './partitions/index.ts';
import type { Statements } from './statements.ts';

/** The partitions that one statement builds. */
export interface PartitionSlice {
  readonly definition: PartitionDefinition;
  readonly keys: KeySet;
}

/**
 * A condition for the rows of some partitions.
 *
 * @param columnOf the SQL of the column that stands for a dimension; undefined: the dimension is not looked at.
 */
export function sliceCondition(
  { definition, keys }: PartitionSlice,
  columnOf: (dimension: PartitionDimension) => string | undefined,
  statements: Statements,
): string {
  const boxes = boxesOf(keys).map((box) => {
    const conditions = definition.dimensions.flatMap((dimension, index) => {
      const column = columnOf(dimension);
      return column === undefined ? [] : [placesCondition(dimension, box[index]!, column, statements)];
    });
    return conditions.length === 0 ? 'true' : conditions.join(' and ');
  });
  if (boxes.length === 0) return 'false';
  return boxes.length === 1 ? boxes[0]! : `(${boxes.map((box) => `(${box})`).join(' or ')})`;
}

function placesCondition(
  dimension: PartitionDimension,
  places: Coordinates,
  column: string,
  statements: Statements,
): string {
  if (places.kind === 'texts') return valuesCondition(places.texts, column, statements);
  if (dimension.kind !== 'time') throw new Error(`${dimension.name} has no order`);
  const ranges = ordinalRanges(places.edges).map(([first, end]) => {
    const { start, end: stop } = windowOf(dimension, first, end - 1).local;
    return `${column} >= ${timestamp(start, statements)} and ${column} < ${timestamp(stop, statements)}`;
  });
  return ranges.length === 1 ? ranges[0]! : `(${ranges.map((range) => `(${range})`).join(' or ')})`;
}

function valuesCondition(texts: readonly string[], column: string, statements: Statements): string {
  const literals = texts.map((text) => statements.literal(text));
  return literals.length === 1 ? `${column} = ${literals[0]}` : `${column} in (${literals.join(', ')})`;
}

/** A local time; it compares with dates, too. */
function timestamp(text: string, statements: Statements): string {
  const literal = statements.literal(text);
  return statements.localTime?.(literal) ?? `cast(${literal} as timestamp)`;
}
