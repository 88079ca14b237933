import { nodeRelation } from '../../1-parse/index.ts';
import type { Graph } from '../../2-graph/index.ts';
import { hasOwnCode, type Relation } from '../../core/index.ts';

const kept: ReadonlySet<string> = new Set(['model', 'seed', 'snapshot', 'function']);

/** Where production has the nodes of the base, by unique id; nodes that leave nothing behind have no relation. */
export function productionRelations({ nodes, project }: Graph): ReadonlyMap<string, Relation> {
  const relations = new Map<string, Relation>();
  for (const node of nodes.values()) {
    if (!hasOwnCode(node) || !kept.has(node.resource_type)) continue;
    if (node.relation_name === null && node.resource_type !== 'function') continue;
    const type = node.config.materialized === 'view' ? 'view' : 'table';
    relations.set(node.unique_id, { ...nodeRelation(node, project.settings.quoting), type });
  }
  return relations;
}
