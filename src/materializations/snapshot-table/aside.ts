import {
  isCurrent,
  type MaterializationContext,
  type MaterializationResult,
  previewRelation,
  type Relation,
  type StagedData,
  stagedRelation,
} from '../../core/index.ts';
import { beforeStaging, publishing, publishTable } from '../building/aside.ts';
import { sendAll } from '../building/transaction.ts';
import { findChanges, fitTable, keptColumns, mergeStatements } from './add-versions.ts';
import { makeFirstVersions } from './first-versions.ts';
import { requireHardDeletes, requireTable } from './requirements.ts';
import { shapeOf } from './strategy.ts';

/** Stages the first versions of all rows, or what has changed, with a view of what the table will hold then. */
export async function stageVersions(context: MaterializationContext): Promise<StagedData> {
  const { statements } = context.adapter;
  requireTable(context);
  requireHardDeletes(context);
  await beforeStaging(context);
  const relation = stagedRelation(context.target, 'table', context.environment);
  if (!context.existing) {
    const { rowsAffected, message } = await makeFirstVersions(context, relation);
    return { content: 'table', relation, preview: relation, rowsAffected, message };
  }
  const {
    result: { rowsAffected, message },
  } = await findChanges(context, relation, { replace: true });
  const preview = previewRelation(context.target, context.environment);
  await context.execute(statements.createViewAs(preview, await previewVersions(context, relation), { replace: true }));
  return { content: 'rows', relation, preview, rowsAffected, message };
}

/** Brings staged versions into the table. */
export async function publishVersions(
  context: MaterializationContext,
  staged: StagedData,
): Promise<MaterializationResult> {
  if (staged.content === 'table') return publishTable(context, staged);
  const { session, adapter } = context;
  const { statements } = adapter;
  const { relation, preview } = staged;
  const target: Relation = { ...context.target, type: 'table' };
  const columns = { staged: await session.columnsOf(relation), existing: await session.columnsOf(target) };
  const result = await publishing(context, {
    type: 'table',
    content: 'rows',
    async prepare() {
      // What was in quarantine has no preview.
      if (preview !== relation) await context.execute(statements.dropRelation(preview));
      await fitTable(context, columns);
    },
    publish: async () => sendAll(context, await mergeStatements(context, relation, columns)),
    cleanUp: async () => void (await context.execute(statements.dropRelation(relation))),
  });
  return { relations: [target], rowsAffected: result.rowsAffected, message: result.message ?? 'OK' };
}

/** A query for what the table will hold with staged changes: versions that end, and new ones. */
export async function previewVersions(context: MaterializationContext, changes: Relation): Promise<string> {
  const { session, target, adapter } = context;
  const { statements } = adapter;
  const { columns: names, currentEnd } = shapeOf(context);
  const existing = await session.columnsOf(target);
  const staged = keptColumns(await session.columnsOf(changes));
  const isIn = (list: typeof existing, name: string): boolean =>
    list.some((column) => column.name.toLowerCase() === name.toLowerCase());
  const columns = [...existing, ...staged.filter(({ name }) => !isIn(existing, name))];
  const isEnd = (name: string): boolean => name.toLowerCase() === names.dbt_valid_to.toLowerCase();
  const select = (known: typeof existing, value: (name: string) => string): string =>
    columns
      .map(({ name, type }) => {
        const quoted = statements.quote(name);
        return `${isIn(known, name) ? value(name) : `cast(null as ${type})`} as ${quoted}`;
      })
      .join(', ');
  const before = select(existing, (name) => {
    const kept = `versions.${statements.quote(name)}`;
    return isEnd(name) ? `case when ended.scd_id is null then ${kept} else ended.valid_to end` : kept;
  });
  const table = statements.renderRelation(changes);
  return [
    `select ${before}`,
    `from ${statements.renderRelation(target)} as versions`,
    'left join (',
    `select ${names.dbt_scd_id} as scd_id, ${names.dbt_valid_to} as valid_to from ${table} where dbt_change_type in ('update', 'delete')`,
    `) as ended on ended.scd_id = versions.${names.dbt_scd_id} and ${isCurrent(`versions.${names.dbt_valid_to}`, currentEnd)}`,
    'union all',
    `select ${select(staged, (name) => statements.quote(name))}`,
    `from ${table}`,
    "where dbt_change_type = 'insert'",
  ].join('\n');
}
