import { isRefable } from '../core/index.ts';
import { Ancestry } from './ancestry.ts';
import type { Graph } from './graph.ts';

/**
 * Which tests every node has to wait for in a `build`: a failed test blocks what is downstream of **every** node that it
 * reads, except what the test itself needs. (dbt blocks only what is downstream of all of them together.)
 *
 * Edges lead to the nearest selected nodes below; further down they follow from the graph. Where two tests would wait
 * for each other's models, the edge of the later test (in graph order) gives way, so that the result has no circle.
 *
 * @param selected ids of the run, tests among them; only selected tests block, and only selected nodes are blocked.
 * @returns for every blocked node the tests that it waits for, in graph order; nodes that wait for none are missing.
 */
export function testEdges(graph: Graph, selected: Iterable<string>): Map<string, readonly string[]> {
  const chosen = new Set(selected);
  const edges = new Map<string, string[]>();
  const below = new NearestBelow(graph, chosen);
  let ancestry: Ancestry | undefined;
  for (const test of graph.order) {
    if (!chosen.has(test) || graph.nodes.get(test)?.resource_type !== 'test') continue;
    const parents = graph.parents.get(test) ?? [];
    // Behind a test of one node stands nothing that was not behind that node already: no circle can come of it.
    const isSafe = parents.length < 2;
    if (!isSafe) ancestry ??= new Ancestry(graph);
    const blocked = ancestry === undefined || isSafe ? below.of(parents[0]) : blockedBy(test, parents, below, ancestry);
    for (const node of blocked) {
      const known = edges.get(node);
      if (known === undefined) edges.set(node, [test]);
      else known.push(test);
    }
  }
  return edges;
}

function blockedBy(
  test: string,
  parents: readonly string[],
  below: NearestBelow,
  ancestry: Ancestry,
): ReadonlySet<string> {
  const comesBefore = ancestry.above(test);
  const blocked = new Set<string>();
  const seen = new Set<string>();
  const candidates = parents.flatMap((parent) => below.of(parent));
  for (let candidate = candidates.pop(); candidate !== undefined; candidate = candidates.pop()) {
    if (seen.has(candidate)) continue;
    seen.add(candidate);
    if (comesBefore(candidate)) candidates.push(...below.of(candidate));
    else blocked.add(candidate);
  }
  for (const node of blocked) ancestry.add(test, node);
  return blocked;
}

/** The first selected nodes that something built is read by, past those that are not selected. */
class NearestBelow {
  readonly #graph: Graph;
  readonly #chosen: ReadonlySet<string>;
  readonly #known = new Map<string, readonly string[]>();

  constructor(graph: Graph, chosen: ReadonlySet<string>) {
    this.#graph = graph;
    this.#chosen = chosen;
  }

  of(id: string | undefined): readonly string[] {
    if (id === undefined) return [];
    const before = this.#known.get(id);
    if (before !== undefined) return before;
    const found: string[] = [];
    const seen = new Set([id]);
    const open = [id];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      for (const child of this.#graph.children.get(node) ?? []) {
        if (seen.has(child) || !isRefable(this.#graph.nodes.get(child))) continue;
        seen.add(child);
        (this.#chosen.has(child) ? found : open).push(child);
      }
    }
    this.#known.set(id, found);
    return found;
  }
}
