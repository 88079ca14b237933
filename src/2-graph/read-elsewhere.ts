import type { Graph } from './graph.ts';

/**
 * The graph as it is for a command that reads some nodes where they are, and does not build them: nothing has to wait for
 * what stands above those.
 */
export function readElsewhere(graph: Graph, ids: ReadonlySet<string>): Graph {
  const parents = [...graph.parents].map(([id, above]) => [id, ids.has(id) ? [] : above] as const);
  const children = [...graph.children].map(([id, below]) => [id, below.filter((child) => !ids.has(child))] as const);
  return { ...graph, parents: new Map(parents), children: new Map(children) };
}
