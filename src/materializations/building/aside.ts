import {
  isInQuarantine,
  type MaterializationContext,
  type MaterializationResult,
  type Relation,
  type StagedData,
  type StatementResult,
  stagedRelation,
} from '../../core/index.ts';
import { sqlHeader } from './build.ts';
import { assertContract } from './contract.ts';
import { createTable } from './create-table.ts';
import { persistDocumentation, wantedDocumentation } from './documentation.ts';
import { applyGrants } from './grants.ts';
import { createIndexes } from './indexes.ts';
import { createViewAs, dropRelation, type MadeType, renameRelation } from './own-statements.ts';
import { amongReferences, hasForeignKeys, replacing, withoutForeignKeys } from './references.ts';
import { inTransaction } from './transaction.ts';

/** What comes before the new data: leftovers go, hooks and `sql_header` run. Nothing of it is part of a transaction. */
export async function beforeStaging(context: MaterializationContext): Promise<void> {
  for (const leftover of context.leftovers ?? []) {
    await dropRelation(context, leftover);
  }
  await context.runHooks('pre-hook', false);
  await context.runHooks('pre-hook', true);
  const header = sqlHeader(context);
  if (header !== undefined) await context.execute(header);
}

/** Stages a whole table, which will take the target's place. */
export async function stageTable(context: MaterializationContext): Promise<StagedData> {
  await beforeStaging(context);
  const relation = stagedRelation(context.target, 'table', context.environment);
  const { rowsAffected, message } = await createTable(withoutForeignKeys(context), relation);
  return { content: 'table', relation, preview: relation, rowsAffected, message };
}

/** Stages a query as a view: what keeps no rows of its own, or makes them itself later, is tested through it. */
export async function stageQuery(context: MaterializationContext): Promise<StagedData> {
  await beforeStaging(context);
  if (context.node.contract.enforced) await assertContract(context, context.sql);
  const relation = stagedRelation(context.target, 'view', context.environment);
  await createViewAs(context, relation, context.sql);
  return { content: 'query', relation, preview: relation, rowsAffected: null };
}

/** Puts a staged table in the target's place. */
export async function publishTable(
  context: MaterializationContext,
  { relation, rowsAffected, message }: StagedData,
): Promise<MaterializationResult> {
  const target: Relation = { ...context.target, type: 'table' };
  await publishing(context, {
    type: 'table',
    content: 'definition',
    publish: async () => {
      const result = await replacing(context, () => takePlace(context, relation, target));
      await createIndexes(context);
      return result;
    },
    cleanUp: () => dropReplaced(context, relation),
  });
  return { relations: [target], rowsAffected, message: message ?? 'OK' };
}

/** One table takes the name of another, in one moment where the warehouse can do that. */
export async function takePlace(
  context: MaterializationContext,
  relation: Relation,
  target: Relation,
): Promise<StatementResult> {
  const { existing, adapter, node } = context;
  const { replaceTable } = adapter.statements;
  if (hasForeignKeys(context)) {
    if (existing?.type === 'view') await dropRelation(context, existing);
    const result = await createTable(context, target, `select *\nfrom ${adapter.statements.renderRelation(relation)}`);
    await dropRelation(context, relation);
    return result;
  }
  if (replaceTable && existing?.type === 'table') {
    // Released again, after a process that died before it could note it, what is in quarantine has to be the same still.
    return context.execute(replaceTable(target, relation, node.config, isInQuarantine(relation)));
  }
  if (existing) await dropRelation(context, existing);
  return renameRelation(context, relation, target);
}

/** Drops what is left under the name of a table that has taken another's place. */
export async function dropReplaced(context: MaterializationContext, relation: Relation): Promise<void> {
  const { existing, adapter } = context;
  if (adapter.statements.replaceTable && existing?.type === 'table') await dropRelation(context, relation);
}

export interface Publication {
  readonly type: MadeType;
  /** Whether tables or views are made and renamed, or rows are changed and nothing else. */
  readonly content: 'definition' | 'rows';
  /** Definitions that have to come before rows are changed; nobody reads anything new because of them. */
  readonly prepare?: () => Promise<void>;
  /** Makes the new data visible. */
  readonly publish: () => Promise<StatementResult>;
  /** Removes what is not needed any more. */
  readonly cleanUp?: () => Promise<void>;
}

/**
 * The frame around every publication: what is written, the note that it was, descriptions and hooks are one transaction.
 * Where definitions end a transaction, it holds the changed rows and the note; a definition that publishes is noted right
 * after it, so that a process that dies in between publishes the same again.
 */
export async function publishing(context: MaterializationContext, publication: Publication): Promise<StatementResult> {
  const isWhole = context.adapter.capabilities.transactionalDdl;
  const { prepare, publish, cleanUp, type, content } = publication;
  const documentation = wantedDocumentation(context);
  const note = async (): Promise<void> => {
    for (const sql of context.publication ?? []) await context.execute(sql);
  };
  const decorate = async (): Promise<void> => {
    await cleanUp?.();
    await persistDocumentation(context, documentation, type);
    await applyGrants(context, type);
    await context.runHooks('post-hook', true);
  };
  const publishAndNote = async (): Promise<StatementResult> => {
    const written = await publish();
    await note();
    return written;
  };
  const all = async (): Promise<StatementResult> => {
    await prepare?.();
    const written = await (isWhole || content === 'definition'
      ? publishAndNote()
      : inTransaction(context, publishAndNote));
    await decorate();
    return written;
  };
  const transaction = (): Promise<StatementResult> => inTransaction(context, all);
  const isOfTables = content === 'definition' && type === 'table';
  const result = await (isWhole ? (isOfTables ? amongReferences(context, transaction) : transaction()) : all());
  await context.runHooks('post-hook', false);
  return result;
}
