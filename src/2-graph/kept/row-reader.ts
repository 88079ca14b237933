import { isLarge } from '../../1-parse/index.ts';
import type { CodeNode, GraphNode } from '../../core/index.ts';
import { type NodeRows, type Shape, shared } from './node-rows.ts';
import type { PlaceTable } from './place-table.ts';
import type { Row, RowBlocks } from './row-blocks.ts';

/** `raw_code` and `columns` of a node, by its place among the project's nodes. */
export type ReadLarge = (place: number) => Pick<CodeNode, 'raw_code' | 'columns'>;

/** Where rows of a shape have a field. */
interface Place {
  readonly part: keyof Shape | 'id' | 'depends_on';
  readonly at: number;
  /** A number stands for a value that rows share. */
  readonly isShared: boolean;
}

type Places = ReadonlyMap<string, Place>;

/** How rows hang together, as numbers of ids. */
export interface RowLinks {
  /** What a row depends on. */
  parents(number: number): Uint32Array;
  /** What depends on a row. */
  children(number: number): Uint32Array;
  readonly numbers: PlaceTable;
}

/** Most nodes have no children: one list serves them all. */
const none: readonly never[] = [];

/** Reads nodes back. A node is a view of its row: of most of them a command asks for two or three fields. */
export class RowReader {
  readonly ids: readonly string[];
  readonly #content: NodeRows;
  readonly #rows: Readonly<Record<'first' | 'second', RowBlocks>>;
  readonly #links: RowLinks;
  readonly #large: ReadLarge;
  readonly #places: readonly Places[];
  readonly #view = viewOf(this);
  /** Those that were asked for. */
  readonly #numbers = new Map<string, number>();
  readonly #nodes: (GraphNode | undefined)[] = [];

  /** @param large is asked with the number of the row. */
  constructor(
    content: NodeRows,
    rows: Readonly<Record<'first' | 'second', RowBlocks>>,
    links: RowLinks,
    large: ReadLarge,
  ) {
    this.ids = content.ids;
    this.#content = content;
    this.#rows = rows;
    this.#links = links;
    this.#large = large;
    this.#places = content.shapes.map((shape) => {
      const part = (name: keyof Shape, from = 0): readonly (readonly [string, Place])[] =>
        shape[name].map((field, at) => [
          field,
          { part: field === 'depends_on' ? field : name, at: from + at, isShared: shared.has(field) },
        ]);
      const id: Place = { part: 'id', at: 0, isShared: false };
      // The first of a row is its shape.
      return new Map([['unique_id', id], ...part('first', 1), ...part('second'), ...part('large')]);
    });
  }

  /** Of the row of an id, or of an id that has none. */
  numberOf(id: string): number | undefined {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    const number = this.#links.numbers.placeOf(id);
    if (number !== undefined) this.#numbers.set(id, number);
    return number;
  }

  node(number: number): GraphNode {
    let node = this.#nodes[number];
    if (node === undefined) {
      const first = this.#rows.first.row(number);
      const shape = first[0] as number;
      const row = new NodeRow(number, first, this.#places[shape] as Places);
      node = new Proxy(row, this.#view) as unknown as GraphNode;
      if ((this.#content.shapes[shape] as Shape).large.length > 0) isLarge(node, this.#partsOf(row));
      this.#nodes[number] = node;
    }
    return node;
  }

  replace(number: number, node: GraphNode): void {
    this.#nodes[number] = node;
  }

  value(row: RowParts, name: string): unknown {
    const { number, first, places } = row;
    const place = places.get(name);
    if (place === undefined) return undefined;
    const { part, at, isShared } = place;
    if (part === 'id') return this.ids[number];
    if (part === 'large') return this.#large(number)[name as 'raw_code' | 'columns'];
    const value = part === 'second' ? this.#rows.second.row(number)[at] : first[at];
    if (part === 'depends_on') {
      row.dependsOn ??= { macros: this.#content.table[value as number], nodes: this.dependencies(number) };
      return row.dependsOn;
    }
    return isShared && typeof value === 'number' ? this.#content.table[value] : value;
  }

  /** The ids that a node depends on. */
  dependencies(number: number): readonly string[] {
    return this.#idsOf(this.#links.parents(number));
  }

  /** The ids of what depends on a node. */
  dependents(number: number): readonly string[] {
    const numbers = this.#links.children(number);
    return numbers.length === 0 ? none : this.#idsOf(numbers);
  }

  #idsOf(numbers: Uint32Array): readonly string[] {
    return Array.from(numbers, (number) => this.ids[number] ?? '');
  }

  #partsOf(row: NodeRow): Parameters<typeof isLarge>[1] {
    const { number, places } = NodeRow.partsOf(row);
    return {
      rawCode: () => this.#large(number).raw_code,
      columns: places.has('columns') ? () => this.#large(number).columns : undefined,
    };
  }
}

interface RowParts {
  readonly number: number;
  readonly first: Row;
  readonly places: Places;
  /** Once it was asked for. */
  dependsOn: object | undefined;
}

/** What a view looks at. Without public fields, so that all that the view has is the row's. */
class NodeRow {
  readonly #parts: RowParts;

  constructor(number: number, first: Row, places: Places) {
    this.#parts = { number, first, places, dependsOn: undefined };
  }

  static partsOf(row: NodeRow): RowParts {
    return row.#parts;
  }
}

/** Makes rows look like any other nodes, for whoever reads fields, lists them or copies the node. */
function viewOf(reader: RowReader): ProxyHandler<NodeRow> {
  const value = (row: NodeRow, name: string): unknown => reader.value(NodeRow.partsOf(row), name);
  const has = (row: NodeRow, name: string | symbol): name is string =>
    typeof name === 'string' && NodeRow.partsOf(row).places.has(name);
  return {
    get: (row, name) => (typeof name === 'string' ? value(row, name) : undefined),
    has,
    ownKeys: (row) => [...NodeRow.partsOf(row).places.keys()],
    getOwnPropertyDescriptor: (row, name) =>
      has(row, name) ? { get: () => value(row, name), enumerable: true, configurable: true } : undefined,
    getPrototypeOf: () => Object.prototype,
    set: () => false,
  };
}
