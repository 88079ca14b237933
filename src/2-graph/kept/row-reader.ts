import { isLarge } from '../../1-parse/index.ts';
import type { CodeNode, GraphNode, Json } from '../../core/index.ts';
import { type NodeRows, type Row, type Shape, shared } from './node-rows.ts';
import type { SecondParts } from './second-parts.ts';

/** `raw_code` and `columns` of a node, by its place among the project's nodes. */
export type ReadLarge = (place: number) => Pick<CodeNode, 'raw_code' | 'columns'>;

type Place = readonly [part: keyof Shape, at: number];

/** Reads nodes back. A node is a view of its row: of most of them a command asks for two or three fields. */
export class RowReader {
  readonly ids: readonly string[];
  readonly #content: NodeRows;
  readonly #seconds: SecondParts;
  readonly #large: ReadLarge;
  readonly #places: readonly ReadonlyMap<string, Place>[];
  readonly #view = viewOf(this);
  readonly #nodes: (GraphNode | undefined)[] = [];
  readonly #read: (readonly Json[] | undefined)[] = [];

  /** @param large is asked with the number of the row. */
  constructor(content: NodeRows, seconds: SecondParts, large: ReadLarge) {
    this.#content = content;
    this.#seconds = seconds;
    this.#large = large;
    this.#places = content.shapes.map((shape) => {
      const part = (name: keyof Shape): readonly (readonly [string, Place])[] =>
        shape[name].map((field, at) => [field, [name, at]]);
      return new Map([...part('first'), ...part('second'), ...part('large')]);
    });
    const at = content.shapes.map((shape) => shape.first.indexOf('unique_id') + 1);
    this.ids = content.rows.map((row) => row[at[row[0]] ?? 0] as string);
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
    const { first, second, large } = this.#shape(number);
    return [...first, ...second, ...large];
  }

  has(number: number, name: string): boolean {
    return this.#placesOf(number).has(name);
  }

  value(number: number, name: string): unknown {
    const place = this.#placesOf(number).get(name);
    if (place === undefined) return undefined;
    const [part, at] = place;
    if (part === 'large') return this.#large(number)[name as 'raw_code' | 'columns'];
    const value = part === 'first' ? (this.#content.rows[number] as Row)[at + 1] : this.#second(number)[at];
    if (name === 'depends_on') {
      const [macros, ...ids] = value as readonly Json[];
      return { macros: this.#content.table[macros as number], nodes: ids.map((id) => this.#idOf(id)) };
    }
    return typeof value === 'number' && shared.has(name) ? this.#content.table[value] : value;
  }

  /** The ids that a node depends on. */
  dependencies(number: number): readonly string[] {
    return this.#dependencies(number).map((packed) => this.#idOf(packed));
  }

  /** The numbers of the nodes that a node depends on. */
  parents(number: number): readonly number[] {
    return this.#dependencies(number).filter((packed) => typeof packed === 'number');
  }

  #dependencies(number: number): readonly Json[] {
    const place = this.#placesOf(number).get('depends_on');
    return place ? ((this.#content.rows[number] as Row)[place[1] + 1] as readonly Json[]).slice(1) : [];
  }

  #idOf(packed: Json): string {
    return typeof packed === 'number' ? (this.ids[packed] ?? '') : String(packed);
  }

  #second(number: number): readonly Json[] {
    let read = this.#read[number];
    if (read === undefined) {
      read = this.#seconds.get(number);
      this.#read[number] = read;
    }
    return read;
  }

  #partsOf(number: number): Parameters<typeof isLarge>[1] {
    return {
      rawCode: () => this.#large(number).raw_code,
      columns: this.has(number, 'columns') ? () => this.#large(number).columns : undefined,
    };
  }

  #shape(number: number): Shape {
    return this.#content.shapes[(this.#content.rows[number] as Row)[0]] as Shape;
  }

  #placesOf(number: number): ReadonlyMap<string, Place> {
    return this.#places[(this.#content.rows[number] as Row)[0]] as ReadonlyMap<string, Place>;
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
