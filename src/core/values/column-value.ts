import { bindArguments, HostObject, hostFunction, TemplateError, type Value } from '../../jinja/index.ts';
import type { ColumnTypes } from '../column-types.ts';
import type { Column } from '../relation.ts';
import type { RelationWriter } from './relation-value.ts';

/** What a column needs of an adapter. */
export interface ColumnWriter extends Pick<RelationWriter, 'quote'> {
  /** Default: those of most adapters. */
  readonly columnTypes?: ColumnTypes | undefined;
}

const strings = ['text', 'character varying', 'character', 'varchar'];
const floats = ['real', 'float4', 'float', 'double precision', 'float8', 'double'];
const integers = [
  ...['tinyint', 'smallint', 'integer', 'bigint', 'hugeint', 'utinyint', 'usmallint', 'uinteger', 'ubigint'],
  ...[
    'int1',
    'int2',
    'int4',
    'int8',
    'short',
    'int',
    'signed',
    'long',
    'serial',
    'smallserial',
    'bigserial',
    'serial2',
    'serial4',
    'serial8',
  ],
];
const numerics = ['numeric', 'decimal'];
const usualTypes: ColumnTypes = { integers, numerics, floats, textSize: 256, splitsSizes: false };

/**
 * A column as templates see it: dbt's `Column`. The questions (`is_numeric()`) ask for the bare name of a type, so they
 * are false for `DECIMAL(18,2)`, unless the size was split off (`api.Column.from_description`): that is dbt's way.
 */
export class ColumnValue extends HostObject {
  readonly column: Column;
  readonly #quote: (identifier: string) => string;
  readonly #dtype: string;
  readonly #sizes: readonly number[];
  readonly #types: ColumnTypes;

  constructor(column: Column, writer: ColumnWriter, sizes: readonly number[] = []) {
    super();
    this.column = column;
    this.#quote = (identifier) => writer.quote(identifier);
    this.#types = writer.columnTypes ?? usualTypes;
    const split = this.#types.splitsSizes && sizes.length === 0 ? splitType(column.type) : undefined;
    this.#dtype = split?.name ?? column.type;
    this.#sizes = split?.sizes ?? sizes;
  }

  override get typeName(): string {
    return 'Column';
  }

  override repr(): string {
    return `<Column ${this.column.name} (${this.column.type})>`;
  }

  override equals(other: Value): boolean {
    return other instanceof ColumnValue && other.hashKey() === this.hashKey();
  }

  override hashKey(): string {
    return `column:${this.column.name}:${this.column.type}`;
  }

  override toJs(): unknown {
    return { column: this.column.name, dtype: this.#dtype };
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'name':
      case 'column':
        return this.column.name;
      case 'quoted':
        return this.#quote(this.column.name);
      case 'dtype':
        return this.#dtype;
      case 'data_type':
      case 'expanded_data_type':
        return this.dataType;
      case 'char_size':
        return this.#is(strings) ? (this.#sizes[0] ?? null) : null;
      case 'numeric_precision':
        return this.#is(this.#types.numerics) ? (this.#sizes[0] ?? null) : null;
      case 'numeric_scale':
        return this.#is(this.#types.numerics) ? (this.#sizes[1] ?? null) : null;
      case 'fields':
        return [];
      case 'flatten':
        return hostFunction(name, () => [this]);
      default:
        return this.#method(name);
    }
  }

  /** The type as it is written in DDL. */
  get dataType(): string {
    if (this.#is(strings)) return stringType(this.#stringSize());
    const [precision, scale] = this.#sizes;
    if (this.#is(this.#types.numerics) && precision !== undefined)
      return numericType([this.#dtype, precision, scale ?? null], new Map());
    return this.#dtype;
  }

  #method(name: string): Value | undefined {
    const question = this.#questions[name];
    if (question) return hostFunction(name, () => question());
    switch (name) {
      case 'string_size':
        return hostFunction(name, () => this.#stringSize());
      case 'string_type':
        return hostFunction(name, (args, kwargs) => stringType(bindArguments(name, ['size'], args, kwargs)[0] ?? null));
      case 'numeric_type':
        return hostFunction(name, (args, kwargs) => numericType(args, kwargs));
      case 'can_expand_to':
        return hostFunction(name, (args) => {
          const other = args[0];
          if (!(other instanceof ColumnValue) || !this.#is(strings) || !other.#is(strings)) return false;
          return other.#stringSize() > this.#stringSize();
        });
      case 'literal':
        return hostFunction(name, (args) => `${String(args[0])}::${this.dataType}`);
      default:
        return undefined;
    }
  }

  readonly #questions: Readonly<Record<string, () => boolean>> = {
    is_string: () => this.#is(strings),
    is_number: () => this.#is([...this.#types.integers, ...this.#types.numerics, ...this.#types.floats]),
    is_float: () => this.#is(this.#types.floats),
    is_integer: () => this.#is(this.#types.integers),
    is_numeric: () => this.#is(this.#types.numerics),
    is_struct: () => this.#dtype.toLowerCase().startsWith('struct'),
  };

  #is(names: readonly string[]): boolean {
    return names.includes(this.#dtype.toLowerCase());
  }

  #stringSize(): number {
    if (!this.#is(strings)) throw new TemplateError('Called string_size() on non-string field!');
    return this.#sizes[0] ?? this.#types.textSize;
  }
}

/** `NUMBER(38,0)` as its name and sizes; undefined for a type that has parts of its own. */
function splitType(type: string): { readonly name: string; readonly sizes: readonly number[] } | undefined {
  const [, name = '', inside = ''] = /^([a-z_ 0-9]+?)\s*\(([\d\s,]+)\)$/i.exec(type) ?? [];
  return name === '' ? undefined : { name, sizes: inside.split(',').map(Number) };
}

function stringType(size: Value): string {
  return `character varying(${String(size)})`;
}

function numericType(args: readonly Value[], kwargs: ReadonlyMap<string, Value>): string {
  const [dtype, precision, scale] = bindArguments('numeric_type', ['dtype', 'precision=', 'scale='], args, kwargs);
  if (precision == null || scale == null) return String(dtype);
  return `${String(dtype)}(${String(precision)},${String(scale)})`;
}

/** `api.Column`: makes columns (`api.Column('id', 'integer')`, `.create`) and knows how types are called. */
export class ColumnFactory extends HostObject {
  readonly #writer: ColumnWriter;

  constructor(writer: ColumnWriter) {
    super();
    this.#writer = writer;
  }

  override get typeName(): string {
    return 'type';
  }

  override get callable(): boolean {
    return true;
  }

  override call(args: Value[], kwargs: Map<string, Value>): Value {
    const parameters = ['column', 'dtype', 'char_size=', 'numeric_precision=', 'numeric_scale='];
    const [name, dtype, size, precision, scale] = bindArguments('Column', parameters, args, kwargs);
    const sizes = (size != null ? [size] : [precision, scale]).filter((part) => typeof part === 'number');
    return this.#make(String(name), String(dtype), sizes);
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'create':
        return hostFunction(name, (args, kwargs) => {
          const [column, type] = bindArguments(name, ['name', 'label_or_dtype'], args, kwargs);
          return this.#make(String(column), translateType(String(type)), []);
        });
      case 'from_description':
        return hostFunction(name, (args, kwargs) => {
          const [column, type] = bindArguments(name, ['name', 'raw_data_type'], args, kwargs);
          const match = /^([^(]+)(?:\(([^)]+)\))?/.exec(String(type));
          const sizes = match?.[2]?.split(',').map(Number) ?? [];
          if (!match || sizes.some(Number.isNaN))
            throw new TemplateError(`Could not interpret data type "${String(type)}"`);
          return this.#make(String(column), match[1] ?? '', sizes);
        });
      case 'translate_type':
        return hostFunction(name, (args) => translateType(String(args[0])));
      case 'string_type':
        return hostFunction(name, (args, kwargs) => stringType(bindArguments(name, ['size'], args, kwargs)[0] ?? null));
      case 'numeric_type':
        return hostFunction(name, (args, kwargs) => numericType(args, kwargs));
      default:
        return undefined;
    }
  }

  #make(name: string, type: string, sizes: readonly number[]): ColumnValue {
    return new ColumnValue({ name, type }, this.#writer, sizes);
  }
}

/** dbt's `Column.translate_type`: the one word for a type that it says in another way. */
export function translateType(type: string): string {
  return type.toUpperCase() === 'STRING' ? 'TEXT' : type;
}
