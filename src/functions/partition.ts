import {
  boxesOf,
  type Coordinate,
  type Coordinates,
  countKeys,
  DatetimeValue,
  didYouMeanHint,
  formatKey,
  formatKeySet,
  formatPart,
  keySetOf,
  ordinalRanges,
  type PartitionDimension,
  type PartitionSlice,
  pointAt,
  type Rendering,
  sliceCondition,
  type TemplateFunction,
  windowOf,
} from '../core/index.ts';
import { bindArguments, HostObject, hostFunction, str, TemplateError, type Value } from '../jinja/index.ts';

/**
 * `partition`: what the model is built for at the moment. `partition.key`, `partition.start`, `partition.end` (local
 * times of the partitions' zone), `partition.filter('column')`, and the same of each dimension: `partition.region.key`.
 * While parsing it stands for a partition in the year 2000.
 */
const partition: TemplateFunction = {
  name: 'partition',
  create(rendering) {
    const slice = rendering.partitions?.();
    if (slice || !rendering.execute) return new PartitionValue(slice ?? example, rendering);
    return new NoPartition(rendering.node?.name ?? 'this');
  },
};
export default partition;

const exampleDay: PartitionDimension = {
  kind: 'time',
  name: 'time',
  grain: { kind: 'day' },
  start: '2000-01-01',
  timezone: 'UTC',
  offset: { months: 0, days: 0, hours: 0, minutes: 0 },
};
const example: PartitionSlice = { definition: { dimensions: [exampleDay] }, keys: keySetOf([[10957]]) };

/** Stands where there is no partition: what is wrong is told where something of it is asked for. */
class NoPartition extends HostObject {
  readonly #owner: string;

  constructor(owner: string) {
    super();
    this.#owner = owner;
  }

  override getAttribute(): never {
    throw this.#problem();
  }

  override str(): never {
    throw this.#problem();
  }

  #problem(): TemplateError {
    const message = `'${this.#owner}' is not kept by partitions, so that there is none to build`;
    const hint = 'Say in its config by which: partitions: {time: day, start: 2024-01-01, column: sold_at}';
    return new TemplateError(message, 'CompilationError', { hint });
  }
}

class PartitionValue extends HostObject {
  readonly #slice: PartitionSlice;
  readonly #rendering: Rendering;

  constructor(slice: PartitionSlice, rendering: Rendering) {
    super();
    this.#slice = slice;
    this.#rendering = rendering;
  }

  override get typeName(): string {
    return 'Partition';
  }

  override getAttribute(name: string): Value | undefined {
    const { definition, keys } = this.#slice;
    const dimension = definition.dimensions.find((one) => one.name === name);
    if (dimension) return this.#dimension(dimension);
    if (name === 'key') {
      if (countKeys(keys) > 1) throw several(this.str(), 'key');
      const [only, ...others] = definition.dimensions;
      return only && others.length === 0 ? this.#dimension(only).getAttribute('key') : this.str();
    }
    if (name === 'count') return countKeys(keys);
    if (name === 'filter') return this.#filter(() => this.#time());
    if (name === 'start' || name === 'end') return this.#dimension(this.#time()).getAttribute(name);
    // The dimensions of a model whose settings stand in YAML are not known while it is parsed.
    if (!this.#rendering.execute) return new PartitionValue(example, this.#rendering);
    const names = definition.dimensions.map((one) => one.name);
    throw unknownMember('partition', name, ['key', 'count', 'filter', 'start', 'end', ...names]);
  }

  override str(): string {
    const { definition, keys } = this.#slice;
    const only = countKeys(keys) === 1 ? pointAt(keys, 0) : undefined;
    return only ? formatKey(definition, only) : formatKeySet(definition, keys);
  }

  /** The dimension that is meant where none is named. */
  #time(): PartitionDimension {
    const { dimensions } = this.#slice.definition;
    const times = dimensions.filter(({ kind }) => kind === 'time');
    const [meant] = times.length === 1 ? times : dimensions;
    if (meant && (times.length === 1 || dimensions.length === 1)) return meant;
    const names = dimensions.map(({ name }) => `partition.${name}`).join(', ');
    throw new TemplateError('It is not clear which dimension is meant', 'CompilationError', { hint: `Write ${names}` });
  }

  #dimension(dimension: PartitionDimension): DimensionValue {
    const { definition, keys } = this.#slice;
    const index = definition.dimensions.indexOf(dimension);
    const boxes = boxesOf(keys).map((box) => box[index]!);
    return new DimensionValue(
      dimension,
      boxes,
      this.#filter(() => dimension),
    );
  }

  #filter(dimensionOf: () => PartitionDimension): Value {
    return hostFunction('filter', (args, kwargs) => {
      const [column = ''] = bindArguments('filter', ['column'], args, kwargs) as [Value];
      const dimension = dimensionOf();
      const { statements } = this.#rendering.adapter;
      return sliceCondition(this.#slice, (one) => (one === dimension ? str(column) : undefined), statements);
    });
  }
}

/** One dimension of what is built. */
class DimensionValue extends HostObject {
  readonly #dimension: PartitionDimension;
  readonly #places: readonly Coordinates[];
  readonly #filter: Value;

  constructor(dimension: PartitionDimension, places: readonly Coordinates[], filter: Value) {
    super();
    this.#dimension = dimension;
    this.#places = places;
    this.#filter = filter;
  }

  override get typeName(): string {
    return 'PartitionDimension';
  }

  override getAttribute(name: string): Value | undefined {
    if (name === 'key') {
      const places = new Set(this.#places.flatMap(placesIn));
      const [only] = places;
      if (only === undefined || places.size > 1) throw several(this.str(), 'key');
      // In SQL a value stands as the data has it; only in names of partitions some characters have to be escaped.
      return typeof only === 'string' ? only : formatPart(this.#dimension, only);
    }
    if (name === 'filter') return this.#filter;
    const isTime = this.#dimension.kind === 'time';
    if (!isTime || (name !== 'start' && name !== 'end')) {
      const known = ['key', 'filter', ...(isTime ? ['start', 'end'] : [])];
      throw unknownMember(`partition.${this.#dimension.name}`, name, known);
    }
    const ordinals = [...new Set(this.#places.flatMap((places) => (places.kind === 'ranges' ? places.edges : [])))];
    // Between them are partitions that are not meant.
    if (ordinals.length > 2) throw several(this.str(), name);
    const { local } = windowOf(this.#dimension, Math.min(...ordinals), Math.max(...ordinals) - 1);
    return new DatetimeValue(BigInt(Date.parse(`${local[name].replace(' ', 'T')}Z`)) * 1000n);
  }

  override str(): string {
    return this.#parts().join(',');
  }

  #parts(): readonly string[] {
    const dimension = this.#dimension;
    const parts = this.#places.flatMap((places) =>
      places.kind === 'texts'
        ? places.texts.map((text) => formatPart(dimension, text))
        : ordinalRanges(places.edges).map(([first, end]) =>
            end - first === 1
              ? formatPart(dimension, first)
              : `${formatPart(dimension, first)}..${formatPart(dimension, end - 1)}`,
          ),
    );
    return [...new Set(parts)];
  }
}

/** Nothing would stand in the SQL for it, and nobody would see why the warehouse does not understand that. */
function unknownMember(owner: string, name: string, known: readonly string[]): TemplateError {
  const hint = didYouMeanHint(name, known) ?? `There is: ${known.join(', ')}`;
  return new TemplateError(`'${owner}' has no '${name}'`, 'CompilationError', { hint });
}

/** Enough of them to tell whether there are several. */
function placesIn(places: Coordinates): readonly Coordinate[] {
  if (places.kind === 'texts') return places.texts;
  return ordinalRanges(places.edges).flatMap(([first, end]) => (end - first === 1 ? [first] : [first, end - 1]));
}

/** The SQL would be right for one partition, and quietly wrong for several. */
function several(keys: string, name: string): TemplateError {
  const message = `'partition.${name}' means one partition, but one statement builds several: ${keys}`;
  const hint = 'Build one at a time (without --batch-size), or write the SQL with partition.filter(…) alone';
  return new TemplateError(message, 'CompilationError', { hint });
}
