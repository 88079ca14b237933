import {
  type MaterializationContext,
  type MaterializationResult,
  previewRelation,
  type Relation,
  type StagedData,
  type StagedPreview,
  stagedRelation,
} from '../../core/index.ts';
import { beforeStaging } from '../building/aside.ts';
import { assertContract } from '../building/contract.ts';
import { checkUniqueKey } from './increment.ts';
import { changesRows, previewQuery } from './preview.ts';
import { publishStaged } from './publish-staged.ts';
import { adaptTable } from './schema-change.ts';
import type { IncrementalSettings } from './settings.ts';
import { strategyStatements } from './strategies.ts';

/** Stages the rows that an increment brings, and shows in a view what the table will hold with them. */
export async function stageRows(context: MaterializationContext, settings: IncrementalSettings): Promise<StagedData> {
  const { sql, target } = context;
  const { statements } = context.adapter;
  await beforeStaging(context);
  if (context.node.contract.enforced) await assertContract(context, sql);
  const relation = stagedRelation(target, 'table', context.environment);
  const { rowsAffected } = await context.execute(
    statements.createTableAs(relation, sql, { replace: true, shortLived: true }),
  );
  const preview = previewRelation(target, context.environment);
  const { query, ...rest } = await previewOf(context, settings, relation);
  await context.execute(statements.createViewAs(preview, query, { replace: true }));
  return { content: 'rows', relation, preview, rowsAffected, ...rest };
}

/** What the table will hold once rows that stand elsewhere are in it. */
export async function previewOf(
  context: MaterializationContext,
  settings: IncrementalSettings,
  source: Relation,
): Promise<StagedPreview> {
  const { session, target } = context;
  const [existing, staged] = [await session.columnsOf(target), await session.columnsOf(source)];
  // What cannot be published is refused before it is tested.
  checkUniqueKey(
    context,
    settings,
    staged.map(({ name }) => name),
  );
  if (settings.onSchemaChange === 'fail') await adaptTable(context, 'fail', target, staged, existing);
  const request = { context, settings, source, existing, staged };
  return { query: previewQuery(request), changesRows: changesRows(request) };
}

/** Brings staged rows into the table. */
export async function publishRows(
  context: MaterializationContext,
  settings: IncrementalSettings,
  staged: StagedData,
): Promise<MaterializationResult> {
  const { strategy } = settings;
  if (strategy === 'microbatch') throw new Error('microbatch models are built batch by batch');
  return publishStaged(context, settings, staged, (target, rows) =>
    strategyStatements[strategy]({ context, settings, target, ...rows }),
  );
}
