import { nodeRelation } from '../1-parse/index.ts';
import type { Graph } from '../2-graph/index.ts';
import type { Node, Relation } from '../core/index.ts';

/** What a node leaves in the warehouse: its name, quoted as the project says, and the format that its configuration asks for. */
export function targetRelation(node: Node, { project }: Graph): Relation {
  const { table_format: format } = node.config;
  return { ...nodeRelation(node, project.settings.quoting), ...(typeof format === 'string' ? { format } : {}) };
}
