import {
  allPlaces,
  boxOf,
  type Coordinates,
  type Diagnostic,
  didYouMeanHint,
  error,
  intersectKeys,
  isNone,
  type KeySet,
  keySetOf,
  ordinalRange,
  overlapping,
  type PartitionDefinition,
  type PartitionDimension,
  type PartitionExtent,
  readKey,
  readKeySet,
  readPart,
  readSpan,
  type TimeDimension,
  textCoordinates,
  unionAllKeys,
} from '../core/index.ts';

/** Which partitions a command was asked for, in the user's words, which fit assets of any grain. */
export interface PartitionRequest {
  /** Keys, or dates and months: `2024-03-31`, `2024-03`, `2024-03-31|EU`. Default: none are named. */
  readonly keys?: readonly string[] | undefined;
  /** Both ends belong to it. Default: from the first one on, up to the last. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** A value, or several, of a dimension by its name. Default: all. */
  readonly dimensions?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** Whether a request says which partitions are meant. */
export function namesPartitions({ keys, from, to, dimensions }: PartitionRequest): boolean {
  return Boolean(keys?.length || from !== undefined || to !== undefined || Object.keys(dimensions ?? {}).length);
}

/**
 * The partitions of one asset that a request means, of those that there are. Throws nothing: what is wrong is in
 * `diagnostics`.
 */
export function requestedKeys(
  request: PartitionRequest,
  definition: PartitionDefinition,
  all: KeySet,
  extent: PartitionExtent,
): { readonly keys: KeySet; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const problem = ({ message, hint }: { readonly message: string; readonly hint?: string | undefined }): undefined => {
    diagnostics.push(error('plan/partition', message, { hint }));
    return undefined;
  };
  let keys = all;
  if (request.keys?.length) {
    keys = unionAllKeys(request.keys.flatMap((text) => named(text, definition, extent, problem) ?? []));
  }
  const time = definition.dimensions.find((dimension): dimension is TimeDimension => dimension.kind === 'time');
  if (time && (request.from !== undefined || request.to !== undefined)) {
    const span = spanOf(request, time);
    if (span.kind === 'problem') problem(span);
    else keys = intersectKeys(keys, withPlaces(definition, time, ordinalRange(...overlapping(time, span)), extent));
  }
  for (const [name, values] of Object.entries(request.dimensions ?? {})) {
    const dimension = definition.dimensions.find((one) => one.name === name);
    if (!dimension) continue;
    const places = values.flatMap((text) => {
      const place = readPart(dimension, text, extent.dynamicKeys);
      if (typeof place !== 'object') return [place];
      problem(place);
      return [];
    });
    const picked = dimension.kind === 'time' ? ranges(places) : textCoordinates(places.map(String));
    keys = intersectKeys(keys, withPlaces(definition, dimension, picked, extent));
  }
  return { keys: intersectKeys(all, keys), diagnostics };
}

/** Dimensions that none of the assets has: a name that is written wrong would mean everything. */
export function unknownDimensions(
  { dimensions = {} }: PartitionRequest,
  definitions: readonly PartitionDefinition[],
): readonly Diagnostic[] {
  const known = [...new Set(definitions.flatMap((definition) => definition.dimensions.map(({ name }) => name)))];
  const unknown = Object.keys(dimensions).filter((name) => !known.includes(name));
  if (definitions.length === 0) return [];
  return unknown.map((name) => {
    const hint = didYouMeanHint(name, known) ?? `Their dimensions: ${known.join(', ')}`;
    return error('plan/partition', `Nothing that is selected has partitions by '${name}'`, { hint });
  });
}

function spanOf({ from, to }: PartitionRequest, time: TimeDimension) {
  const first = from ?? time.start;
  // Without an end, everything: what does not exist yet is left out anyway.
  return readSpan(time, first, to ?? '9000');
}

/** A key of the asset, a list of ranges of them, or a stretch of time that means all of its partitions. */
function named(
  text: string,
  definition: PartitionDefinition,
  extent: PartitionExtent,
  problem: (found: { message: string; hint?: string | undefined }) => undefined,
): KeySet | undefined {
  const reading = readKey(definition, text, extent.dynamicKeys);
  if (reading.kind === 'key') return keySetOf([reading.point]);
  const time = definition.dimensions.find((dimension): dimension is TimeDimension => dimension.kind === 'time');
  const span = time && readSpan(time, text, text);
  const several = readKeySet(definition, text);
  if (several.unknown.length === 0 && !isNone(several.set)) return several.set;
  if (!time || span?.kind !== 'span') return problem(reading);
  return withPlaces(definition, time, ordinalRange(...overlapping(time, span)), extent);
}

/** Everything that stands at some places of one dimension. */
function withPlaces(
  { dimensions }: PartitionDefinition,
  dimension: PartitionDimension,
  places: Coordinates,
  extent: PartitionExtent,
): KeySet {
  return boxOf(dimensions.map((one) => (one === dimension ? places : allPlaces(one, { ...extent, current: true }))));
}

function ranges(places: readonly (number | string)[]): Coordinates {
  const numbers = places.map(Number).sort((one, other) => one - other);
  return { kind: 'ranges', edges: numbers.flatMap((place) => [place, place + 1]) };
}
