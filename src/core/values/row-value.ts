import { Dict, equals, HostObject, hostFunction, str, Tuple, type Value } from '../../jinja/index.ts';
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

  override repr(): string {
    return `<agate.MappedSequence: (${this.items.map((item) => (item === null ? 'None' : str(item))).join(', ')})>`;
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
        return hostFunction(name, () => [...this.names]);
      case 'values':
        return hostFunction(name, () => new Tuple(this.items));
      case 'items':
        return hostFunction(name, () => this.names.map((key, index) => new Tuple([key, this.items[index] ?? null])));
      case 'dict':
        return hostFunction(name, () => Dict.of(this.names.map((key, index) => [key, this.items[index] ?? null])));
      case 'get':
        return hostFunction(name, (args) => this.getItem(args[0] ?? null) ?? args[1] ?? null);
      default:
        return undefined;
    }
  }
}

/** A row: `row[0]`, `row['name']`, `row.name` and `for cell in row`. */
export class RowValue extends NamedSequence {
  override get typeName(): string {
    return 'Row';
  }

  override repr(): string {
    return `<agate.Row: (${this.items.map((item) => (typeof item === 'string' ? `'${item}'` : item === null ? 'None' : str(item))).join(', ')})>`;
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
        return hostFunction(name, () => new Tuple(this.items.filter((item) => item !== null)));
      default:
        return super.getAttribute(name);
    }
  }
}
