import { overridingMacro, quotePart } from '../1-parse/index.ts';
import type { Plan } from '../4-plan/index.ts';
import {
  codeLogicOf,
  createCodeLogic,
  createLedger,
  type GraphNode,
  hasOwnCode,
  ledgerOf,
  type Node,
  Problem,
  type Relation,
  RelationValue,
  type Session,
  type SourceNode,
  StatementError,
} from '../core/index.ts';
import { TemplateError } from '../jinja/index.ts';
import type { ExecuteContext } from './context.ts';
import { dropAbandoned } from './drop-abandoned.ts';
import { describeFailure } from './failure.ts';

/**
 * Makes the schemas that the plan writes to and reads what is there: one look at each, instead of one for every node.
 * A schema that has relations exists, so only empty ones cost a statement.
 */
export async function prepareSchemas(plan: Plan, context: ExecuteContext, session: Session): Promise<void> {
  const schemas = new Map<string, { readonly relation: Relation; readonly node: Node | SourceNode }>();
  const ledgers = new Map<string, Relation>();
  for (const { nodeId, part, partition, batches } of plan.steps) {
    const node = context.graph.nodes.get(nodeId);
    if (!node || !writesRelation(node)) continue;
    const relation = schemaOf(node, context);
    const key = `${node.database ?? ''}.${node.schema}`.toLowerCase();
    schemas.set(key, { relation, node });
    if (part === 'publish' || partition !== undefined || batches !== undefined) ledgers.set(key, ledgerOf(relation));
  }
  const relations: Relation[] = [];
  for (const { relation, node } of schemas.values()) {
    relations.push(relation);
    try {
      const existing = await context.relations.load(session, relation.database, relation.schema ?? '', relation.quote);
      if (existing.size === 0) await createSchema(relation, context, session);
    } catch (failure) {
      // No database of that name, no right to it: the project or the warehouse has to be mended.
      if (!(failure instanceof StatementError || failure instanceof TemplateError)) throw failure;
      throw new Problem(...describeFailure(failure, node, undefined));
    }
  }
  if (plan.action === 'run') await dropAbandoned(relations, context, session);
  for (const ledger of ledgers.values()) await standLedger(ledger, context, session);
}

/** Makes a ledger where there is none, with the table beside it that says what versions of code do. */
export async function standLedger(ledger: Relation, context: ExecuteContext, session: Session): Promise<void> {
  const { relations, shelves } = context;
  const known = await relations.get(session, ledger);
  if (!known) await session.execute(createLedger(ledger, shelves.adapter.statements));
  await relations.put(ledger);
  const logic = codeLogicOf(ledger);
  const isThere = await relations.get(session, logic);
  if (!isThere) await session.execute(createCodeLogic(logic, shelves.adapter.statements));
  await relations.put(logic);
}

/** The project may have a macro for it, which sends its statements itself. */
async function createSchema(relation: Relation, context: ExecuteContext, session: Session): Promise<void> {
  const { graph, shelves, compiler } = context;
  const { type, statements } = shelves.adapter;
  const macro = overridingMacro(graph.project, 'create_schema', type, graph.project.name);
  if (macro) await compiler.call(macro, macro, session, { args: [new RelationValue(relation, statements)] });
  else await session.execute(statements.createSchema(relation));
}

function schemaOf({ database, schema }: Node | SourceNode, { graph }: ExecuteContext): Relation {
  return { database, schema, identifier: null, ...quotePart(graph.project.settings.quoting) };
}

/** A source is among the steps only where its table is filled. */
function writesRelation(node: GraphNode): node is Node | SourceNode {
  if (node.resource_type === 'source') return true;
  return hasOwnCode(node) && (node.relation_name !== null || node.resource_type === 'function');
}
