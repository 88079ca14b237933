import type { Graph } from './graph.ts';

/**
 * Answers what comes before a node, in a graph that edges are added to. Numbers instead of ids make one answer cost a
 * few nanoseconds for every ancestor, so that it can be asked for every test of a large project.
 */
export class Ancestry {
  readonly #numbers: ReadonlyMap<string, number>;
  /** Parents of node n stand in `#parents` from `#starts[n]` to `#starts[n + 1]`. */
  readonly #starts: Int32Array;
  readonly #parents: Int32Array;
  readonly #added = new Map<number, number[]>();
  /** Number of the last question in which a node was found above. */
  readonly #found: Int32Array;
  #question = 0;

  constructor(graph: Graph) {
    this.#numbers = new Map(graph.order.map((id, number) => [id, number]));
    this.#starts = new Int32Array(graph.order.length + 1);
    this.#found = new Int32Array(graph.order.length);
    const parents: number[] = [];
    for (const [number, id] of graph.order.entries()) {
      this.#starts[number] = parents.length;
      for (const parent of graph.parents.get(id) ?? []) parents.push(this.#number(parent));
    }
    this.#starts[graph.order.length] = parents.length;
    this.#parents = Int32Array.from(parents);
  }

  /** Adds the edge that makes `before` come before `after`. */
  add(before: string, after: string): void {
    const known = this.#added.get(this.#number(after));
    if (known === undefined) this.#added.set(this.#number(after), [this.#number(before)]);
    else known.push(this.#number(before));
  }

  /** Tells of nodes whether they come before `id`. The answer holds until the next call. */
  above(id: string): (other: string) => boolean {
    this.#question += 1;
    const question = this.#question;
    const open = [this.#number(id)];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      const end = this.#starts[node + 1] ?? 0;
      for (let at = this.#starts[node] ?? 0; at < end; at += 1) this.#visit(this.#parents[at] ?? 0, question, open);
      for (const parent of this.#added.get(node) ?? []) this.#visit(parent, question, open);
    }
    return (other) => this.#found[this.#number(other)] === question;
  }

  #visit(node: number, question: number, open: number[]): void {
    if (this.#found[node] === question) return;
    this.#found[node] = question;
    open.push(node);
  }

  #number(id: string): number {
    return this.#numbers.get(id) ?? -1;
  }
}
