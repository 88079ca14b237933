import type { GraphNode } from '../../core/index.ts';
import type { RowReader } from './row-reader.ts';

/** Some nodes of a reader by their ids, as a map: each is made when it is asked for. */
export class NodeMap<Kind extends GraphNode> implements ReadonlyMap<string, Kind> {
  readonly #reader: RowReader;
  readonly #numbers: readonly number[];
  #index: Map<string, number> | undefined;

  constructor(reader: RowReader, numbers: readonly number[]) {
    this.#reader = reader;
    this.#numbers = numbers;
  }

  get size(): number {
    return this.#numbers.length;
  }

  get(id: string): Kind | undefined {
    const number = this.#numberOf(id);
    return number === undefined ? undefined : (this.#reader.node(number) as Kind);
  }

  has(id: string): boolean {
    return this.#numberOf(id) !== undefined;
  }

  *keys(): Generator<string, undefined> {
    for (const number of this.#numbers) yield this.#reader.ids[number] as string;
    return undefined;
  }

  *values(): Generator<Kind, undefined> {
    for (const number of this.#numbers) yield this.#reader.node(number) as Kind;
    return undefined;
  }

  *entries(): Generator<[string, Kind], undefined> {
    for (const number of this.#numbers) yield [this.#reader.ids[number] as string, this.#reader.node(number) as Kind];
    return undefined;
  }

  [Symbol.iterator](): Generator<[string, Kind], undefined> {
    return this.entries();
  }

  forEach(visit: (node: Kind, id: string, map: ReadonlyMap<string, Kind>) => void): void {
    for (const [id, node] of this.entries()) visit(node, id, this);
  }

  #numberOf(id: string): number | undefined {
    this.#index ??= new Map(this.#numbers.map((number) => [this.#reader.ids[number] as string, number]));
    return this.#index.get(id);
  }
}
