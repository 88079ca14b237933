import { didYouMeanHint } from '../../diagnostic.ts';
import { isMapping, type Json } from '../../json.ts';
import { type PartitionDefinition, type PartitionDimension, unpartitioned } from '../definition.ts';
import {
  neededTextAt,
  type PartitionProblem,
  type Place,
  placeOf,
  report,
  reportUnknownKeys,
  textAt,
  under,
} from './problems.ts';
import { readTimeDimension } from './read-time.ts';
import { readDynamicDimension, readStaticDimension } from './read-values.ts';

/** Definitions by the name that the project gives them. */
export type NamedPartitions = ReadonlyMap<string, PartitionDefinition>;

export type PartitionsReading =
  | { readonly kind: 'definition'; readonly definition: PartitionDefinition }
  | { readonly kind: 'problems'; readonly problems: readonly PartitionProblem[] };

/**
 * Reads `partitions:` of a model, whose shapes docs/guides/partitions.md explains. Whether columns are given is not looked at.
 *
 * @param config what YAML or JSON says; null for a model without partitions.
 * @param named the project's definitions.
 */
export function readPartitions(config: Json, named: NamedPartitions = new Map()): PartitionsReading {
  const place = placeOf(config);
  const definition = config === null ? unpartitioned : readDefinition(place, named);
  if (definition !== undefined && place.problems.length === 0) return { kind: 'definition', definition };
  return { kind: 'problems', problems: place.problems };
}

/** Reads `partitions:` of a project: definitions by name. One may use those that stand above it. */
export function readNamedPartitions(config: Json): {
  readonly named: NamedPartitions;
  readonly problems: readonly PartitionProblem[];
} {
  const place = placeOf(config);
  const named = new Map<string, PartitionDefinition>();
  if (config !== null && !isMapping(config)) {
    report(place, 'The partitions of a project have names', 'Write daily: {time: day, start: 2024-01-01}');
  }
  for (const name of Object.keys(isMapping(config) ? config : {})) {
    const definition = readDefinition(under(place, name), named);
    if (definition !== undefined) named.set(name, definition);
  }
  return { named, problems: place.problems };
}

function readDefinition(place: Place, named: NamedPartitions): PartitionDefinition | undefined {
  if (!isMapping(place.value) || place.value.dimensions === undefined) {
    const dimensions = readOne(place, undefined, named);
    return dimensions && { dimensions };
  }
  reportUnknownKeys(place, ['dimensions']);
  const list = under(place, 'dimensions');
  if (!isMapping(list.value) || Object.keys(list.value).length === 0) {
    return report(list, "'dimensions' has to name at least one dimension", 'Write day: {time: day, …} below it');
  }
  const dimensions = Object.keys(list.value).map((name) => readOne(under(list, name), name, named));
  return dimensions.some((found) => found === undefined)
    ? undefined
    : { dimensions: dimensions.flatMap((found) => found ?? []) };
}

/**
 * One dimension, or all of a named definition.
 *
 * @param name what the dimension is called, where its place says so.
 */
function readOne(
  place: Place,
  name: string | undefined,
  named: NamedPartitions,
): readonly PartitionDimension[] | undefined {
  if (typeof place.value === 'string') return readNamed(place, place.value, name, named);
  if (!isMapping(place.value)) return report(place, 'Partitions are a name or a definition', partitionShapes);
  const kinds = Object.keys(readers).filter((kind) => under(place, kind).value !== undefined);
  const [kind, other] = kinds;
  if (kind === undefined) return reportNoKind(place);
  if (other !== undefined)
    return report(under(place, other), `'${other}' cannot stand beside '${kind}'`, 'Write one, or dimensions');
  if (kind === 'use') return readUse(place, name, named);
  const column = textAt(under(place, 'column'));
  const given = name ?? textAt(under(place, 'name')) ?? defaultName(place, kind, column);
  if (name !== undefined && under(place, 'name').value !== undefined) {
    report(under(place, 'name'), `The dimension has a name: '${name}'`, 'Leave this one out');
  }
  const dimension = readers[kind]!(place, given, column);
  return dimension && [dimension];
}

type DimensionReader = (place: Place, name: string, column: string | undefined) => PartitionDimension | undefined;

const readers: Readonly<Record<string, DimensionReader>> = {
  time: readTimeDimension,
  cron: readTimeDimension,
  values: readStaticDimension,
  dynamic: readDynamicDimension,
  use: () => undefined,
};

/** Hint for who wrote something else. */
export const partitionShapes =
  'Write {time: day, start: 2024-01-01}, {values: [EU, US]}, {dynamic: customers}, dimensions, or a name';

function reportNoKind(place: Place): undefined {
  const known = ['time', 'cron', 'values', 'dynamic', 'use', 'dimensions'];
  for (const key of Object.keys(isMapping(place.value) ? place.value : {})) {
    const hint = ['name', 'column', 'start', 'end', 'timezone'].includes(key) ? undefined : didYouMeanHint(key, known);
    if (hint !== undefined) return report(under(place, key), `'${key}' is not known here`, hint);
  }
  return report(place, 'Nothing says what the partitions are by', partitionShapes);
}

function defaultName(place: Place, kind: string, column: string | undefined): string {
  if (kind === 'time' || kind === 'cron') return 'time';
  const { value: list } = under(place, 'dynamic');
  const listed = isMapping(list) ? list.name : list;
  return kind === 'dynamic' && typeof listed === 'string' ? listed : (column ?? 'value');
}

function readUse(
  place: Place,
  name: string | undefined,
  named: NamedPartitions,
): readonly PartitionDimension[] | undefined {
  reportUnknownKeys(place, ['use', 'column', 'columns']);
  const used = neededTextAt(under(place, 'use'));
  const dimensions = used === undefined ? undefined : readNamed(under(place, 'use'), used, name, named);
  const column = textAt(under(place, 'column'));
  if (dimensions === undefined) return undefined;
  if (column !== undefined && dimensions.length > 1) {
    const names = dimensions.map((dimension) => `${dimension.name}: …`).join(', ');
    report(under(place, 'column'), `'${used}' has ${dimensions.length} dimensions`, `Write columns: {${names}}`);
  }
  const columns = readColumns(under(place, 'columns'), dimensions);
  return dimensions.map((dimension) => ({
    ...dimension,
    column: columns.get(dimension.name) ?? column ?? dimension.column,
  }));
}

function readColumns(place: Place, dimensions: readonly PartitionDimension[]): ReadonlyMap<string, string> {
  const columns = new Map<string, string>();
  if (place.value === undefined || place.value === null) return columns;
  if (!isMapping(place.value))
    report(place, "'columns' names a column for each dimension", 'Write columns: {day: sold_at}');
  reportUnknownKeys(
    place,
    dimensions.map(({ name }) => name),
  );
  for (const { name } of dimensions) {
    const column = textAt(under(place, name));
    if (column !== undefined) columns.set(name, column);
  }
  return columns;
}

function readNamed(
  place: Place,
  used: string,
  name: string | undefined,
  named: NamedPartitions,
): readonly PartitionDimension[] | undefined {
  const definition = named.get(used);
  if (definition === undefined) {
    const hint =
      didYouMeanHint(used, named.keys()) ??
      (named.size > 0 ? `Known: ${[...named.keys()].join(', ')}` : partitionShapes);
    return report(place, `The project has no partitions '${used}'`, hint);
  }
  if (name === undefined) return definition.dimensions;
  if (definition.dimensions.length === 1) return definition.dimensions.map((dimension) => ({ ...dimension, name }));
  return report(place, `'${used}' has several dimensions and cannot be one`, 'Name its dimensions one by one');
}
