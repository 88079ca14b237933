import { partitionsOf } from '../1-parse/index.ts';
import { isRefable, type Node } from '../core/index.ts';
import type { Graph } from './graph.ts';

/**
 * What a node's data is made of: its parents, and behind those that hold no data of their own (views, ephemeral models)
 * what they read. In the order of the code, each once.
 */
export function dataParents(node: Node, graph: Graph): readonly Node[] {
  const found = new Map<string, Node>();
  const visit = ({ depends_on }: Node): void => {
    for (const id of depends_on.nodes) {
      const parent = graph.nodes.get(id);
      if (parent === undefined || found.has(id) || !isRefable(parent)) continue;
      found.set(id, parent);
      if (isTransparent(parent, graph)) visit(parent);
    }
  };
  visit(node);
  return [...found.values()];
}

/** Whether it holds no data of its own. */
export function isTransparent(node: Node, { project }: Graph): boolean {
  const { materialized } = node.config;
  return (
    (materialized === 'view' || materialized === 'ephemeral') && partitionsOf(node, project.settings) === undefined
  );
}
