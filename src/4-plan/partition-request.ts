import {
  allPartitions,
  allPlaces,
  boxOf,
  type Coordinates,
  type Diagnostic,
  didYouMeanHint,
  error,
  formatKeySet,
  intersectKeys,
  isNone,
  type KeyProblem,
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
  unionCoordinates,
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

/** Names that mean no partition of any asset: among others, nobody would see that something is not built. */
export function unknownPartitions(
  { keys = [] }: PartitionRequest,
  definitions: readonly PartitionDefinition[],
  extent: PartitionExtent,
): readonly Diagnostic[] {
  const [first] = definitions;
  if (!first) return [];
  const all = definitions.map((definition) => allPartitions(definition, extent));
  const means = (text: string, definition: PartitionDefinition, index: number): boolean => {
    const found = requestedKeys({ keys: [text] }, definition, all[index]!, extent);
    // What makes no sense is told where it is asked for.
    return found.diagnostics.length > 0 || !isNone(found.keys);
  };
  const meant = (text: string): boolean => definitions.some((definition, index) => means(text, definition, index));
  const unknown = new Set(
    keys.flatMap((text) => (meant(text) ? eachNamed(text) : [text])).filter((text) => !meant(text)),
  );
  return [...unknown].map((text) => {
    const reading = readKey(first, text, extent.dynamicKeys);
    const isProblem = reading.kind === 'problem' && text.split('|').length === first.dimensions.length;
    const there = formatKeySet(first, all[0]!);
    const some = there.length > 100 ? `${there.slice(0, 100)}…` : there;
    const hint = isProblem ? (reading.hint ?? reading.message) : `There are: ${some || 'none yet'}`;
    return error('plan/partition', `Nothing that is selected has a partition '${text}'`, { hint });
  });
}

/** What a list names, each with all of the other dimensions: `2024|EU,US` names `2024|EU` and `2024|US`. */
function eachNamed(text: string): readonly string[] {
  return text.split(';').flatMap((box) => {
    const parts = box.split('|');
    return parts.flatMap((part, index) => part.split(',').map((piece) => parts.with(index, piece).join('|')));
  });
}

function spanOf({ from, to }: PartitionRequest, time: TimeDimension) {
  const first = from ?? time.start;
  // Without an end, everything: what does not exist yet is left out anyway.
  return readSpan(time, first, to ?? '9000');
}

/** A key of the asset, a list of ranges of them, or dates that mean all of its partitions in which they lie. */
function named(
  text: string,
  definition: PartitionDefinition,
  extent: PartitionExtent,
  problem: (found: { message: string; hint?: string | undefined }) => undefined,
): KeySet | undefined {
  const reading = readKey(definition, text, extent.dynamicKeys);
  if (reading.kind === 'key') return keySetOf([reading.point]);
  const several = readKeySet(definition, text);
  if (several.unknown.length === 0 && !isNone(several.set)) return several.set;
  const time = definition.dimensions.find((dimension): dimension is TimeDimension => dimension.kind === 'time');
  const places = time && placesNamed(time, text, extent);
  if (places && places.kind !== 'problem') return withPlaces(definition, time, places, extent);
  const boxes = text.split(';').map((box) => boxNamed(definition, box.split('|'), extent) ?? reading);
  const wrong = boxes.find((box) => box.kind === 'problem');
  // Of a name in one piece, more can be said than that it is no time.
  if (wrong) return problem(/\||\.\./.test(text) ? wrong : reading);
  return unionAllKeys(boxes.filter((box) => box.kind !== 'problem'));
}

/** A key as another asset has it, of other grain: the day `2024-03-31|EU` lies in the month `2024-03|EU`. */
function boxNamed(
  { dimensions }: PartitionDefinition,
  parts: readonly string[],
  extent: PartitionExtent,
): KeySet | KeyProblem | undefined {
  if (parts.length !== dimensions.length) return undefined;
  const box: Coordinates[] = [];
  for (const [index, dimension] of dimensions.entries()) {
    const places = placesNamed(dimension, parts[index]!, extent);
    if (places.kind === 'problem') return places;
    box.push(places);
  }
  return boxOf(box);
}

function placesNamed(dimension: PartitionDimension, text: string, extent: PartitionExtent): Coordinates | KeyProblem {
  const found: Coordinates[] = [];
  for (const piece of text.split(',')) {
    if (dimension.kind === 'time') {
      const [from = '', to = from] = piece.split('..');
      const span = readSpan(dimension, from, to);
      if (span.kind === 'problem') return span;
      found.push(ordinalRange(...overlapping(dimension, span)));
    } else {
      const place = readPart(dimension, piece, extent.dynamicKeys);
      if (typeof place === 'object') return place;
      found.push(textCoordinates([String(place)]));
    }
  }
  return unionCoordinates(found);
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
