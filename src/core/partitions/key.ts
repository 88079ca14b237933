import { didYouMeanHint } from '../diagnostic.ts';
import { boundsOf } from './bounds.ts';
import type { Coordinate } from './coordinates.ts';
import type { PartitionDefinition, PartitionDimension } from './definition.ts';
import { escapeValue, unescapeValue } from './key-escape.ts';
import type { KeyProblem } from './key-problem.ts';
import type { PartitionPoint } from './key-set.ts';
import { formatTimeKey, readTimeKey } from './time-key.ts';

/** The values of dynamic dimensions by the name of their list, in the order in which they were added. */
export type DynamicKeys = ReadonlyMap<string, readonly string[]>;

export type KeyReading = { readonly kind: 'key'; readonly point: PartitionPoint } | KeyProblem;

/** The canonical text of a partition: the parts of its dimensions in their order, with `|` between: `2024-03-31|EU`. */
export function formatKey(definition: PartitionDefinition, point: PartitionPoint): string {
  return definition.dimensions.map((dimension, index) => formatPart(dimension, point[index]!)).join('|');
}

/** The part of one dimension: `2024-03-31`, or a value with what is special in keys escaped. */
export function formatPart(dimension: PartitionDimension, place: Coordinate): string {
  if (dimension.kind === 'time') return formatTimeKey(dimension, Number(place));
  return escapeValue(String(place));
}

/**
 * The partition that a key names, or why there is none.
 *
 * @param dynamicKeys the values of dynamic dimensions. Default: those that the definition knows; else any will do.
 */
export function readKey(definition: PartitionDefinition, text: string, dynamicKeys?: DynamicKeys): KeyReading {
  const { dimensions } = definition;
  const parts = dimensions.length === 0 && text === '' ? [] : text.split('|');
  if (parts.length !== dimensions.length) return wrongCount(definition, text, parts.length);
  const point: Coordinate[] = [];
  for (const [index, dimension] of dimensions.entries()) {
    const place = readPart(dimension, parts[index]!, dynamicKeys);
    if (typeof place === 'object') return place;
    point.push(place);
  }
  return { kind: 'key', point };
}

/** As `readKey`, for the part of one dimension. */
export function readPart(
  dimension: PartitionDimension,
  text: string,
  dynamicKeys?: DynamicKeys,
): Coordinate | KeyProblem {
  const place = readAnyPart(dimension, text);
  if (typeof place === 'object') return place;
  if (typeof place === 'number') return dimension.kind === 'time' ? withinBounds(dimension, text, place) : place;
  const values = dimension.kind === 'static' ? dimension.values : valuesOf(dimension, dynamicKeys);
  if (values === undefined || values.includes(place)) return place;
  // As they are written to name them.
  const known = values.map(escapeValue);
  const hint = didYouMeanHint(escapeValue(place), known) ?? (known.length > 0 ? `Known: ${listOf(known)}` : undefined);
  return { kind: 'problem', message: `Dimension '${dimension.name}' has no partition '${place}'`, hint };
}

/** The place of a part whether or not the definition has it today: what is stored outlives changes of a definition. */
export function readAnyPart(dimension: PartitionDimension, text: string): Coordinate | KeyProblem {
  if (dimension.kind === 'time') return readTimeKey(dimension, text);
  const value = unescapeValue(text);
  return value === '' ? { kind: 'problem', message: `Dimension '${dimension.name}' needs a value` } : value;
}

function valuesOf(dimension: PartitionDimension, dynamicKeys?: DynamicKeys): readonly string[] | undefined {
  if (dimension.kind !== 'dynamic') return undefined;
  return dynamicKeys ? (dynamicKeys.get(dimension.keys) ?? []) : dimension.values;
}

function withinBounds(
  dimension: Extract<PartitionDimension, { kind: 'time' }>,
  text: string,
  ordinal: number,
): number | KeyProblem {
  const { first, end } = boundsOf(dimension);
  if (ordinal < first) {
    return { kind: 'problem', message: `${text} is before the first partition, ${formatTimeKey(dimension, first)}` };
  }
  if (ordinal < end) return ordinal;
  return { kind: 'problem', message: `${text} is after the last partition, ${formatTimeKey(dimension, end - 1)}` };
}

function wrongCount({ dimensions }: PartitionDefinition, text: string, count: number): KeyProblem {
  if (dimensions.length === 0) return { kind: 'problem', message: `There is no partition '${text}': there are none` };
  if (dimensions.length === 1) {
    const hint = `Write ${escapeValue(text)} if the value itself has a bar`;
    return { kind: 'problem', message: `'${text}' names ${count} dimensions, and there is only one`, hint };
  }
  const names = dimensions.map((dimension) => dimension.name).join('|');
  const message = `'${text}' names ${count} ${count === 1 ? 'dimension' : 'dimensions'}, and there are ${dimensions.length}`;
  return { kind: 'problem', message, hint: `Write ${names}` };
}

function listOf(values: readonly string[]): string {
  return values.length > 10 ? `${values.slice(0, 10).join(', ')}, …` : values.join(', ');
}
