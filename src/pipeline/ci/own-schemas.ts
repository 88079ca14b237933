import { quotePart } from '../../1-parse/index.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import { type CodeNode, type GraphNode, hasOwnCode } from '../../core/index.ts';
import { belongsTo } from './schema-name.ts';

/**
 * The project with every node in a schema of the pull request, whatever the project's own `generate_schema_name` says:
 * one that gives fixed names would have a review write over production.
 */
export function inOwnSchemas(loaded: Loaded, own: string): Loaded {
  const { graph, shelves } = loaded;
  const quote = quotePart(graph.project.settings.quoting);
  const nodes = new Map<string, GraphNode>();
  for (const node of graph.nodes.values()) {
    if (!hasOwnCode(node) || belongsTo(own, node.schema)) continue;
    const schema = `${own}_${node.schema}`;
    const relation = { database: node.database, schema, identifier: node.alias, ...quote };
    const name = node.relation_name === null ? null : shelves.adapter.statements.renderRelation(relation);
    nodes.set(node.unique_id, { ...node, schema, relation_name: name } as CodeNode as GraphNode);
  }
  if (nodes.size === 0) return loaded;
  return { ...loaded, restored: undefined, graph: { ...graph, nodes: new Map([...graph.nodes, ...nodes]) } };
}
