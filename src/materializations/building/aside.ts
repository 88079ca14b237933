import {
  type MaterializationContext,
  type MaterializationResult,
  type Relation,
  type StagedData,
  type StatementResult,
  stagedRelation,
} from '../../core/index.ts';
import { inTransaction, sqlHeader } from './build.ts';
import { createTable } from './create-table.ts';
import { persistDocumentation, wantedDocumentation } from './documentation.ts';
import { indexStatements } from './indexes.ts';
import { dropRelation, renameRelation } from './own-statements.ts';

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
  const relation = stagedRelation(context.target, 'table');
  const { rowsAffected, message } = await createTable(context, relation);
  return { content: 'table', relation, preview: relation, rowsAffected, message };
}

/** Puts a staged table in the target's place. */
export async function publishTable(
  context: MaterializationContext,
  { relation, rowsAffected, message }: StagedData,
): Promise<MaterializationResult> {
  const target: Relation = { ...context.target, type: 'table' };
  await publishing(context, 'table', async () => {
    if (context.existing) await dropRelation(context, context.existing);
    const renamed = await renameRelation(context, relation, target);
    for (const sql of indexStatements(context)) await context.execute(sql);
    return renamed;
  });
  return { relations: [target], rowsAffected, message: message ?? 'OK' };
}

/** The frame around every publication: what is written, the note that it was, descriptions and hooks are one transaction. */
export async function publishing(
  context: MaterializationContext,
  type: 'table' | 'view',
  main: () => Promise<StatementResult>,
): Promise<StatementResult> {
  const documentation = wantedDocumentation(context);
  const result = await inTransaction(context, async () => {
    const written = await main();
    await persistDocumentation(context, documentation, type);
    await context.runHooks('post-hook', true);
    for (const sql of context.publication ?? []) await context.execute(sql);
    return written;
  });
  await context.runHooks('post-hook', false);
  return result;
}
