import type { Plan } from '../4-plan/index.ts';
import type { CodeNode, Relation, Session } from '../core/index.ts';
import type { ExecuteContext } from './context.ts';

/**
 * Makes the schemas that the plan writes to and reads what is there: one look at each, instead of one for every node.
 * A schema that has relations exists, so only empty ones cost a statement.
 */
export async function prepareSchemas(plan: Plan, context: ExecuteContext, session: Session): Promise<void> {
  const schemas = new Map<string, Relation>();
  for (const { nodeId } of plan.steps) {
    const node = context.graph.nodes.get(nodeId);
    if (!node || node.resource_type === 'exposure' || node.resource_type === 'source') continue;
    if (!writesRelation(node)) continue;
    const relation: Relation = { database: node.database, schema: node.schema, identifier: null };
    schemas.set(`${node.database ?? ''}.${node.schema}`.toLowerCase(), relation);
  }
  for (const relation of schemas.values()) {
    const existing = await context.relations.load(session, relation.database, relation.schema ?? '');
    if (existing.size === 0) await session.execute(context.shelves.adapter.statements.createSchema(relation));
  }
}

function writesRelation(node: CodeNode): boolean {
  return node.relation_name !== null;
}
