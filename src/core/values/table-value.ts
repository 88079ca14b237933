import {
  bindArguments,
  compareForSort,
  Dict,
  fromJs,
  HostObject,
  hostFunction,
  listOf,
  str,
  TemplateError,
  Tuple,
  truthy,
  type Value,
} from '../../jinja/index.ts';
import type { Cell, Table } from '../adapter.ts';
import { cellToValue } from './cell-value.ts';
import { NamedSequence, RowValue, TableColumnValue } from './row-value.ts';
import { type PrintedColumn, structureText, tableText, usualLimits } from './table-text.ts';

/**
 * The result of a query as templates see it: what of `agate.Table` people use. Columns and rows are reached by position
 * and by name; iterating gives rows.
 */
export class TableValue extends HostObject {
  readonly columnNames: readonly string[];
  readonly rows: readonly (readonly Value[])[];
  /** Types in the warehouse's words, as far as they are known: a table that a template has changed has none. */
  readonly columnTypes: readonly string[];
  #print: ((text: string) => void) | undefined;

  constructor(
    columnNames: readonly string[],
    rows: readonly (readonly Value[])[],
    columnTypes: readonly string[] = [],
  ) {
    super();
    this.columnNames = columnNames;
    this.rows = rows;
    this.columnTypes = columnTypes;
  }

  /** The table of a query. */
  static of(table: Table): TableValue {
    const types = table.columns.map((column) => column.type);
    const rows = table.rows.map((row) => row.map((cell, index) => cellToValue(cell, types[index] ?? '')));
    return new TableValue(
      table.columns.map((column) => column.name),
      rows,
      types,
    );
  }

  override get typeName(): string {
    return 'Table';
  }

  override repr(): string {
    return `<agate.table.Table object with ${this.rows.length} rows>`;
  }

  /** As agate, what columns there are: `print_table()` shows the rows. */
  override str(): string {
    return `${structureText(this.#printed())}\n`;
  }

  override truthy(): boolean {
    return true;
  }

  override length(): number {
    return this.rows.length;
  }

  override iterate(): Iterable<Value> {
    return this.rowValues();
  }

  override getItem(key: Value): Value | undefined {
    return this.#rowSequence().getItem(key);
  }

  override toJs(): unknown {
    return this.rows.map((row) => Object.fromEntries(this.columnNames.map((name, index) => [name, row[index]])));
  }

  /** Whom `print_table()` tells. Default: nobody; it then gives the text. */
  printingTo(print: ((text: string) => void) | undefined): this {
    this.#print = print;
    return this;
  }

  /** The table as a warehouse would have given it, in texts. */
  toTable(): Table {
    const cell = (value: Value): Cell => (value === null || typeof value === 'boolean' ? value : str(value));
    return {
      columns: this.columnNames.map((name, index) => ({ name, type: this.columnTypes[index] ?? '' })),
      rows: this.rows.map((row) => row.map(cell)),
    };
  }

  /** Rows as objects that know their columns' names. */
  rowValues(): readonly RowValue[] {
    return this.rows.map((row) => new RowValue(this.columnNames, row));
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'columns':
        return new NamedSequence(this.columnNames, this.#columns());
      case 'rows':
        return this.#rowSequence();
      case 'column_names':
        return new Tuple(this.columnNames);
      case 'column_types':
        return new Tuple(this.#columns().map((column) => column.dataType));
      default:
        return this.#method(name);
    }
  }

  #rowSequence(): NamedSequence {
    return new NamedSequence([], this.rowValues());
  }

  #columns(): readonly TableColumnValue[] {
    return this.columnNames.map(
      (name, index) =>
        new TableColumnValue(
          name,
          index,
          this.rows.map((row) => row[index] ?? null),
          this.columnTypes[index],
        ),
    );
  }

  #method(name: string): Value | undefined {
    switch (name) {
      case 'print_table':
        return hostFunction(name, (args, kwargs) => {
          const [rows, columns, , width, , precision] = bindArguments(name, printParameters, args, kwargs);
          const limit = (value: Value | undefined, usual: number | null): number | null =>
            value === undefined ? usual : typeof value === 'number' ? value : null;
          const limits = {
            rows: limit(rows, usualLimits.rows),
            columns: limit(columns, usualLimits.columns),
            width: limit(width, usualLimits.width),
            precision: limit(precision, usualLimits.precision),
          };
          return this.#printOrGive(tableText(this.#printed(), limits));
        });
      case 'print_structure':
        return hostFunction(name, () => this.#printOrGive(structureText(this.#printed())));
      case 'rename':
        return hostFunction(name, (args, kwargs) => this.#rename(args, kwargs));
      case 'select':
      case 'exclude':
        return hostFunction(name, (args) => this.#pick(listOf(args[0] ?? null).map(str), name === 'select'));
      case 'limit':
        return hostFunction(name, (args) => this.#slice(args));
      case 'distinct':
        return hostFunction(name, (args) => this.#distinct(args[0]));
      case 'order_by':
        return hostFunction(name, (args, kwargs) => {
          const [key, reverse] = bindArguments(name, ['key', 'reverse='], args, kwargs);
          return this.#ordered(
            listOf(typeof key === 'string' ? [key] : (key ?? null)).map(str),
            truthy(reverse ?? false),
          );
        });
      default:
        return undefined;
    }
  }

  #printOrGive(text: string): Value {
    if (this.#print === undefined) return text;
    this.#print(text);
    return null;
  }

  #printed(): readonly PrintedColumn[] {
    return this.#columns().map(({ name, dataType, items }) => ({ name, type: dataType.name, items }));
  }

  #rename(args: readonly Value[], kwargs: ReadonlyMap<string, Value>): TableValue {
    const [names] = bindArguments('rename', ['column_names=', '**others'], args, kwargs);
    if (names instanceof Dict) {
      const renamed = this.columnNames.map((name) => str(names.get(name) ?? name));
      return this.#changed(renamed, this.rows);
    }
    return this.#changed(names == null ? this.columnNames : listOf(names).map(str), this.rows);
  }

  #pick(names: readonly string[], keep: boolean): TableValue {
    const indexes = keep
      ? names.map((name) => this.#indexOf(name))
      : this.columnNames.map((_, index) => index).filter((index) => !names.includes(this.columnNames[index] ?? ''));
    return this.#changed(
      indexes.map((index) => this.columnNames[index] ?? ''),
      this.rows.map((row) => indexes.map((index) => row[index] ?? null)),
    );
  }

  #slice(args: readonly Value[]): TableValue {
    const [first, second] = args.map((value) => (typeof value === 'number' ? value : undefined));
    const rows = second === undefined ? this.rows.slice(0, first) : this.rows.slice(first, second);
    return this.#changed(this.columnNames, rows);
  }

  /** As in agate, null is greater than all else. */
  #ordered(names: readonly string[], reverse: boolean): TableValue {
    const indexes = names.map((name) => this.#indexOf(name));
    const direction = reverse ? -1 : 1;
    const compare = (left: readonly Value[], right: readonly Value[]): number => {
      for (const index of indexes) {
        const [a = null, b = null] = [left[index], right[index]];
        const order = a === null || b === null ? Number(a === null) - Number(b === null) : compareForSort(a, b);
        if (order !== 0) return order * direction;
      }
      return 0;
    };
    return this.#changed(this.columnNames, [...this.rows].sort(compare));
  }

  #distinct(key: Value | undefined): TableValue {
    const indexes = typeof key === 'string' ? [this.#indexOf(key)] : this.columnNames.map((_, index) => index);
    const seen = new Dict();
    const rows = this.rows.filter((row) => {
      const id = new Tuple(indexes.map((index) => row[index] ?? null));
      if (seen.has(id)) return false;
      seen.set(id, true);
      return true;
    });
    return this.#changed(this.columnNames, rows);
  }

  #changed(columnNames: readonly string[], rows: readonly (readonly Value[])[]): TableValue {
    return new TableValue(columnNames, rows).printingTo(this.#print);
  }

  #indexOf(name: string): number {
    const index = this.columnNames.indexOf(name);
    if (index < 0) throw new TemplateError(`'${name}'`, 'KeyError');
    return index;
  }
}

const printParameters = ['max_rows=', 'max_columns=', 'output=', 'max_column_width=', 'locale=', 'max_precision='];

/** The table that `store_result` keeps where none was given. */
export const emptyTable = new TableValue([], []);

/** The rows as a list of tuples: `load_result('x').data`. */
export function tableData(table: TableValue): Value {
  return table.rows.map((row) => new Tuple(row.map((cell) => fromJs(cell))));
}
