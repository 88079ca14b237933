import type { CompiledNode } from '../../3-compile/index.ts';
import {
  type BuildAside,
  type LedgerEntry,
  ledgerOf,
  type MaterializationContext,
  type Node,
  type StagedData,
  writeLedger,
} from '../../core/index.ts';
import type { StepContext, StepResult } from '../context.ts';
import { executeRecorded } from '../execute-recorded.ts';
import { prepareMaterialization } from '../run-materialization.ts';

/** Data of a node that stands beside the node's own table or view. */
export interface Publishable {
  readonly node: Node;
  /** Undefined for data of an earlier run. */
  readonly compiled: CompiledNode | undefined;
  readonly data: StagedData;
}

/** Brings data to its place, and writes to the ledger that it is there, in one transaction. */
export async function publishData(
  { node, compiled, data }: Publishable,
  entries: readonly LedgerEntry[],
  context: StepContext,
): Promise<StepResult> {
  const { aside, materializing } = await prepareAside(node, compiled, context);
  const publication = entries.map((entry) => ledgerStatement(data, entry, context));
  const { relations, message, rowsAffected } = await aside.publish({ ...materializing, publication }, data);
  for (const relation of [data.relation, data.preview]) await context.relations.remove(relation);
  for (const relation of relations) await context.relations.put(relation);
  return { status: 'success', message, failures: null, rowsAffected, relationName: node.relation_name };
}

/** Throws where a node is not kept in a way that can be built aside: `canStage` tells. */
export async function prepareAside(
  node: Node,
  compiled: CompiledNode | undefined,
  context: StepContext,
): Promise<{ readonly aside: BuildAside; readonly materializing: MaterializationContext }> {
  const { materialization, materializing } = await prepareMaterialization(node, compiled, context);
  if (!materialization.aside) throw new Error(`${node.unique_id} cannot be staged`);
  return { aside: materialization.aside, materializing };
}

/** The ledger stands in the schema of the data. */
export function ledgerStatement(
  { relation }: Pick<StagedData, 'relation'>,
  entry: LedgerEntry,
  { shelves }: Pick<StepContext, 'shelves'>,
): string {
  return writeLedger(ledgerOf(relation), entry, shelves.adapter.statements);
}

/** Sends statements that readers see together or not at all. */
export async function sendTogether(sqls: readonly string[], nodeId: string, context: StepContext): Promise<void> {
  const { statements } = context.shelves.adapter;
  const send = (sql: string): Promise<unknown> => executeRecorded(sql, nodeId, context);
  await send(statements.begin());
  try {
    for (const sql of sqls) await send(sql);
    await send(statements.commit());
  } catch (failure) {
    // A connection that is gone has rolled back by itself; the first error is the one to tell.
    await send(statements.rollback()).catch(() => undefined);
    throw failure;
  }
}
