import type { GraphNode } from '../../core/index.ts';

const transparent = new Set(['view', 'table', 'incremental', 'ephemeral', 'materialized_view', 'dynamic_table']);

/** Whether a node's table has the columns that its code says, and not what a materialization of the project makes of them. */
export function isTransparent(node: GraphNode): boolean {
  if (node.resource_type === 'snapshot') return true;
  return node.resource_type === 'model' && transparent.has(String(node.config.materialized));
}
