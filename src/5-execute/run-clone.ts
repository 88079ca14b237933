import type { CompiledNode } from '../3-compile/index.ts';
import type { Node, Relation } from '../core/index.ts';
import type { StepContext, StepResult } from './context.ts';
import { executeRecorded } from './execute-recorded.ts';
import { cloneLedger } from './publication/clone-ledger.ts';
import { runMaterialization } from './run-materialization.ts';
import { targetRelation } from './target-relation.ts';

const nothingDone: StepResult = { status: 'success', message: 'No-op', failures: null, rowsAffected: null };

/**
 * `clone`: puts what another environment has under the node's name here: a table's clone where the warehouse makes such
 * without copying, else a view of it. What is there already stays, except with `--full-refresh`. A table that is kept by
 * partitions brings along which of them it has.
 */
export async function runClone(node: Node, context: StepContext): Promise<StepResult> {
  const { relations, session, environment, shelves } = context;
  const { statements } = shelves.adapter;
  const origin = context.origins?.get(node.unique_id);
  if (origin === undefined) {
    say(`No relation found in state manifest for ${node.unique_id}`, node, context);
    return nothingDone;
  }
  const target = targetRelation(node, context.graph);
  const existing = await relations.get(session, target);
  if (existing && !environment.flags.fullRefresh) {
    say(`Relation ${statements.renderRelation(existing)} already exists`, node, context);
    return nothingDone;
  }
  const found = await relations.get(session, origin);
  if (found?.type === 'table' && statements.cloneTable) {
    const statement = statements.cloneTable({ ...target, type: 'table' }, origin, node.config);
    const ledger = cloneLedger(node, origin, context);
    await ledger?.begin();
    const result = await cloneTable(statement, node, existing, context);
    await ledger?.end();
    return result;
  }
  const view = { ...node, config: { ...node.config, materialized: 'view' } } as Node;
  return runMaterialization(view, queryOf(node, `select * from ${statements.renderRelation(origin)}`), context);
}

async function cloneTable(
  statement: string,
  node: Node,
  existing: Relation | undefined,
  context: StepContext,
): Promise<StepResult> {
  const { relations, shelves } = context;
  if (existing && existing.type !== 'table') {
    await executeRecorded(shelves.adapter.statements.dropRelation(existing), node.unique_id, context);
  }
  const { message = 'OK', rowsAffected } = await executeRecorded(statement, node.unique_id, context);
  await relations.put({ ...targetRelation(node, context.graph), type: 'table' });
  return { status: 'success', message, failures: null, rowsAffected, relationName: node.relation_name };
}

/** Nobody wrote this query, so that no place in it is known. */
function queryOf({ unique_id: id }: Node, sql: string): CompiledNode {
  return { id, sql, extraCtes: [], locate: () => undefined };
}

function say(text: string, { unique_id: nodeId }: Node, { emit, now }: StepContext): void {
  emit({ kind: 'message', at: now(), level: 'info', text, nodeId });
}
