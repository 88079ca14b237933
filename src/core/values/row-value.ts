import {
  compareForSort,
  Dict,
  equals,
  HostObject,
  hostFunction,
  repr,
  TemplateError,
  Tuple,
  type Value,
} from '../../jinja/index.ts';
import { AgateType } from './agate-type.ts';

/** Values by position and by name: agate's `MappedSequence`. Iterating gives the values. */
export class NamedSequence extends HostObject {
  readonly names: readonly string[];
  readonly items: readonly Value[];

  constructor(names: readonly string[], items: readonly Value[]) {
    super();
    this.names = names;
    this.items = items;
  }

  override get typeName(): string {
    return 'MappedSequence';
  }

  /** As agate, the first five. */
  override repr(): string {
    const more = this.items.length > 5 ? ', ...' : '';
    return `<agate.${this.typeName}: (${this.items.slice(0, 5).map(repr).join(', ')}${more})>`;
  }

  override length(): number {
    return this.items.length;
  }

  override iterate(): Iterable<Value> {
    return this.items;
  }

  override equals(other: Value): boolean {
    const items = other instanceof NamedSequence ? other.items : other instanceof Tuple ? other.items : undefined;
    return items !== undefined && equals([...this.items], [...items]);
  }

  override getItem(key: Value): Value | undefined {
    if (typeof key === 'number') return this.items[key < 0 ? key + this.items.length : key];
    if (typeof key !== 'string') return undefined;
    const index = this.names.indexOf(key);
    return index < 0 ? undefined : this.items[index];
  }

  override toJs(): unknown {
    return this.items;
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'keys':
        return hostFunction(name, () => (this.names.length > 0 ? new Tuple(this.names) : null));
      case 'values':
        return hostFunction(name, () => new Tuple(this.items));
      case 'items':
        return hostFunction(name, () => new Tuple(this.#pairs().map((pair) => new Tuple(pair))));
      case 'dict':
        return hostFunction(name, () => Dict.of(this.#pairs()));
      case 'get':
        return hostFunction(name, (args) => this.getItem(args[0] ?? null) ?? args[1] ?? null);
      case 'index':
        return hostFunction(name, (args) => this.#indexOf(args[0] ?? null));
      case 'count':
        return hostFunction(name, (args) => this.items.filter((item) => equals(item, args[0] ?? null)).length);
      default:
        return undefined;
    }
  }

  #pairs(): [string, Value][] {
    return this.names.map((key, index) => [key, this.items[index] ?? null]);
  }

  #indexOf(value: Value): number {
    const index = this.items.findIndex((item) => equals(item, value));
    if (index < 0) throw new TemplateError('', 'ValueError');
    return index;
  }
}

/** A row: `row[0]`, `row['name']`, `row.name` and `for cell in row`. */
export class RowValue extends NamedSequence {
  override get typeName(): string {
    return 'Row';
  }

  override toJs(): unknown {
    return Object.fromEntries(this.names.map((name, index) => [name, this.items[index] ?? null]));
  }
}

/** A column of a table: its values by position, `.name`, `.data_type`, `.values()`. */
export class TableColumnValue extends NamedSequence {
  readonly name: string;
  readonly index: number;
  readonly #type: string;

  /** @param type in the warehouse's words. Default: it is not known. */
  constructor(name: string, index: number, items: readonly Value[], type = '') {
    super([], items);
    this.name = name;
    this.index = index;
    this.#type = type;
  }

  get dataType(): AgateType {
    return AgateType.of(this.items, this.#type);
  }

  override get typeName(): string {
    return 'Column';
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'name':
        return this.name;
      case 'index':
        return this.index;
      case 'data_type':
        return this.dataType;
      case 'values_distinct':
        return hostFunction(name, () => new Tuple([...new Set(this.items)]));
      case 'values_without_nulls':
        return hostFunction(name, () => new Tuple(this.#known()));
      case 'values_without_nulls_sorted':
        return hostFunction(name, () => this.#known().sort(compareForSort));
      case 'values_sorted': {
        const nulls = this.items.filter((item) => item === null);
        return hostFunction(name, () => [...this.#known().sort(compareForSort), ...nulls]);
      }
      default:
        return super.getAttribute(name);
    }
  }

  #known(): Value[] {
    return this.items.filter((item) => item !== null);
  }
}
