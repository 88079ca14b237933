import { isLarge } from '../../1-parse/index.ts';
import type { CodeNode, GraphNode } from '../../core/index.ts';
import { type NodeRows, type Shape, shared } from './node-rows.ts';
import type { NumberLists } from './number-lists.ts';
import type { Row, RowBlocks } from './row-blocks.ts';

/** `raw_code` and `columns` of a node, by its place among the project's nodes. */
export type ReadLarge = (place: number) => Pick<CodeNode, 'raw_code' | 'columns'>;

type Place = readonly [part: keyof Shape | 'id', at: number];

/** Reads nodes back. A node is a view of its row: of most of them a command asks for two or three fields. */
export class RowReader {
  readonly ids: readonly string[];
  /** What rows depend on, as numbers of ids. */
  readonly parents: NumberLists;
  readonly #content: NodeRows;
  readonly #rows: Readonly<Record<'first' | 'second', RowBlocks>>;
  readonly #large: ReadLarge;
  readonly #places: readonly ReadonlyMap<string, Place>[];
  readonly #view = viewOf(this);
  #numbers: ReadonlyMap<string, number> | undefined;
  readonly #nodes: (GraphNode | undefined)[] = [];

  /** @param large is asked with the number of the row. */
  constructor(
    content: NodeRows,
    rows: Readonly<Record<'first' | 'second', RowBlocks>>,
    parents: NumberLists,
    large: ReadLarge,
  ) {
    this.ids = content.ids;
    this.parents = parents;
    this.#content = content;
    this.#rows = rows;
    this.#large = large;
    this.#places = content.shapes.map((shape) => {
      const part = (name: keyof Shape, from = 0): readonly (readonly [string, Place])[] =>
        shape[name].map((field, at) => [field, [name, from + at]]);
      // The first of a row is its shape.
      return new Map([['unique_id', ['id', 0]], ...part('first', 1), ...part('second'), ...part('large')]);
    });
  }

  /** Of the row of an id, or of an id that has none. */
  numberOf(id: string): number | undefined {
    if (this.#numbers === undefined) {
      const numbers = new Map<string, number>();
      for (const [number, known] of this.ids.entries()) numbers.set(known, number);
      this.#numbers = numbers;
    }
    return this.#numbers.get(id);
  }

  node(number: number): GraphNode {
    let node = this.#nodes[number];
    if (node === undefined) {
      node = new Proxy(new NodeRow(number), this.#view) as unknown as GraphNode;
      if (this.#shape(number).large.length > 0) isLarge(node, this.#partsOf(number));
      this.#nodes[number] = node;
    }
    return node;
  }

  replace(number: number, node: GraphNode): void {
    this.#nodes[number] = node;
  }

  names(number: number): readonly string[] {
    return [...this.#placesOf(number).keys()];
  }

  has(number: number, name: string): boolean {
    return this.#placesOf(number).has(name);
  }

  value(number: number, name: string): unknown {
    const place = this.#placesOf(number).get(name);
    if (place === undefined) return undefined;
    const [part, at] = place;
    if (part === 'id') return this.ids[number];
    if (part === 'large') return this.#large(number)[name as 'raw_code' | 'columns'];
    const value = this.#rows[part].row(number)[at];
    if (name === 'depends_on') {
      return { macros: this.#content.table[value as number], nodes: this.dependencies(number) };
    }
    return typeof value === 'number' && shared.has(name) ? this.#content.table[value] : value;
  }

  /** The ids that a node depends on. */
  dependencies(number: number): readonly string[] {
    return Array.from(this.parents.get(number), (parent) => this.ids[parent] ?? '');
  }

  #first(number: number): Row {
    return this.#rows.first.row(number);
  }

  #partsOf(number: number): Parameters<typeof isLarge>[1] {
    return {
      rawCode: () => this.#large(number).raw_code,
      columns: this.has(number, 'columns') ? () => this.#large(number).columns : undefined,
    };
  }

  #shape(number: number): Shape {
    return this.#content.shapes[this.#first(number)[0] as number] as Shape;
  }

  #placesOf(number: number): ReadonlyMap<string, Place> {
    return this.#places[this.#first(number)[0] as number] as ReadonlyMap<string, Place>;
  }
}

/** What a view looks at. Without public fields, so that all that the view has is the row's. */
class NodeRow {
  readonly #number: number;

  constructor(number: number) {
    this.#number = number;
  }

  static numberOf(row: NodeRow): number {
    return row.#number;
  }
}

/** Makes rows look like any other nodes, for whoever reads fields, lists them or copies the node. */
function viewOf(reader: RowReader): ProxyHandler<NodeRow> {
  const value = (row: NodeRow, name: string): unknown => reader.value(NodeRow.numberOf(row), name);
  const has = (row: NodeRow, name: string | symbol): name is string =>
    typeof name === 'string' && reader.has(NodeRow.numberOf(row), name);
  return {
    get: (row, name) => (typeof name === 'string' ? value(row, name) : undefined),
    has,
    ownKeys: (row) => [...reader.names(NodeRow.numberOf(row))],
    getOwnPropertyDescriptor: (row, name) =>
      has(row, name) ? { get: () => value(row, name), enumerable: true, configurable: true } : undefined,
    getPrototypeOf: () => Object.prototype,
    set: () => false,
  };
}
