import type { GraphNode } from '../core/index.ts';

/** How the nodes of a graph hang together. */
export interface Connections {
  /** Direct parents and children by id, without duplicates. */
  readonly parents: ReadonlyMap<string, readonly string[]>;
  readonly children: ReadonlyMap<string, readonly string[]>;
  /** Every id after all that it depends on; ids in or below a circle last, as they came. */
  readonly order: readonly string[];
  /** Ids in or below a circle. */
  readonly unsorted: readonly string[];
}

const none: readonly never[] = [];

/**
 * Follows `depends_on.nodes` both ways and sorts by depth: all nodes without parents, then those whose last parent is
 * among them, and so on; within a depth in the order of `nodes`. Takes time linear in nodes and edges.
 */
export function connect(nodes: ReadonlyMap<string, GraphNode>): Connections {
  const parents = new Map<string, readonly string[]>();
  const children = new Map<string, string[] | readonly never[]>();
  for (const id of nodes.keys()) children.set(id, none);
  const order: string[] = [];
  for (const node of nodes.values()) {
    const id = node.unique_id;
    const above = node.resource_type === 'source' ? none : node.depends_on.nodes;
    parents.set(id, above);
    if (above.length === 0) order.push(id);
    for (const parent of above) {
      const known = children.get(parent);
      if (known === undefined || known === none) children.set(parent, [id]);
      else (known as string[]).push(id);
    }
  }
  const waiting = new Map<string, number>();
  for (let at = 0; at < order.length; at += 1) {
    for (const child of children.get(order[at] ?? '') ?? none) {
      const all = parents.get(child)?.length ?? 0;
      if (all === 1) {
        order.push(child);
        continue;
      }
      const left = (waiting.get(child) ?? all) - 1;
      if (left === 0) order.push(child);
      waiting.set(child, left);
    }
  }
  if (order.length === nodes.size) return { parents, children, order, unsorted: [] };
  const sorted = new Set(order);
  const unsorted = [...nodes.keys()].filter((id) => !sorted.has(id));
  return { parents, children, order: [...order, ...unsorted], unsorted };
}
