import { findMaterialization } from '../../1-parse/index.ts';
import type { GraphNode } from '../../core/index.ts';
import type { AnalystInput } from './analyst.ts';

type ProjectInput = Pick<AnalystInput, 'graph' | 'adapter'>;

const transparent = new Set(['view', 'table', 'incremental', 'ephemeral', 'materialized_view', 'dynamic_table']);

/** Whether a node's table is made of what its code says alone, and not by a materialization of the project. */
export function isTransparent(node: GraphNode, input: ProjectInput): boolean {
  const { resource_type: kind } = node;
  if (kind !== 'model' && kind !== 'seed' && kind !== 'snapshot') return false;
  const name = String(node.config.materialized);
  return (kind !== 'model' || transparent.has(name)) && !isReplaced(name, input);
}

/** Whether the project has a materialization of its own in the place of a built-in one. */
export function isReplaced(name: string, { graph, adapter }: ProjectInput): boolean {
  const { ownMaterializations = [] } = adapter.capabilities;
  const builtIn = ownMaterializations.includes(name) ? 'adapter' : 'default';
  return findMaterialization(graph.project, name, adapter.type, builtIn) !== undefined;
}
