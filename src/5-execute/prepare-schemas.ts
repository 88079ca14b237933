import { overridingMacro } from '../1-parse/index.ts';
import type { Plan } from '../4-plan/index.ts';
import {
  type CodeNode,
  createLedger,
  hasOwnCode,
  isStagedPart,
  ledgerOf,
  type Relation,
  RelationValue,
  type Session,
  stagingNames,
} from '../core/index.ts';
import type { ExecuteContext } from './context.ts';

/**
 * Makes the schemas that the plan writes to and reads what is there: one look at each, instead of one for every node.
 * A schema that has relations exists, so only empty ones cost a statement.
 */
export async function prepareSchemas(plan: Plan, context: ExecuteContext, session: Session): Promise<void> {
  const schemas = new Map<string, Relation>();
  const ledgers = new Map<string, Relation>();
  const partitioned = new Map<string, Relation>();
  for (const { nodeId, part, partition } of plan.steps) {
    const node = context.graph.nodes.get(nodeId);
    if (!node || !hasOwnCode(node) || !writesRelation(node)) continue;
    const relation: Relation = { database: node.database, schema: node.schema, identifier: null };
    const key = `${node.database ?? ''}.${node.schema}`.toLowerCase();
    schemas.set(key, relation);
    if (part === 'publish' || partition !== undefined) ledgers.set(key, ledgerOf(relation));
    if (partition !== undefined) partitioned.set(nodeId, { ...relation, identifier: node.alias });
  }
  for (const relation of schemas.values()) {
    const existing = await context.relations.load(session, relation.database, relation.schema ?? '');
    if (existing.size === 0) await createSchema(relation, context, session);
  }
  for (const [id, target] of partitioned) await dropStagedParts(id, target, context, session);
  for (const ledger of ledgers.values()) {
    const known = await context.relations.get(session, ledger);
    if (!known) await session.execute(createLedger(ledger, context.shelves.adapter.statements));
    await context.relations.put(ledger);
  }
}

/** The project may have a macro for it, which sends its statements itself. */
async function createSchema(relation: Relation, context: ExecuteContext, session: Session): Promise<void> {
  const { graph, shelves, compiler } = context;
  const { type, statements } = shelves.adapter;
  const macro = overridingMacro(graph.project, 'create_schema', type, graph.project.name);
  if (macro) await compiler.call(macro, macro, session, { args: [new RelationValue(relation, statements)] });
  else await session.execute(statements.createSchema(relation));
}

/** What a run that died has left of the partitions of an asset. What others are at is theirs. */
async function dropStagedParts(
  id: string,
  target: Relation,
  { relations, shelves, leases }: ExecuteContext,
  session: Session,
): Promise<void> {
  const others = [...(leases?.batchesOfOthers(id) ?? [])];
  const taken = new Set(others.flatMap((batch) => stagingNames(target, batch).map(({ identifier }) => identifier)));
  for (const relation of await relations.list(session, target.database, target.schema ?? '')) {
    if (!isStagedPart(target, relation) || taken.has(relation.identifier)) continue;
    await session.execute(shelves.adapter.statements.dropRelation(relation));
    await relations.remove(relation);
  }
}

function writesRelation(node: CodeNode): boolean {
  return node.relation_name !== null || node.unique_id.startsWith('function.');
}
