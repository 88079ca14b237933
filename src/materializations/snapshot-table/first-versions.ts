import type { MaterializationContext, Relation, StatementResult } from '../../core/index.ts';
import { refuseRepeatedKeys } from './repeated-keys.ts';
import { requireColumns, requireFreeNames } from './requirements.ts';
import { addedColumns, callStrategy, sqlOfMacro } from './strategy.ts';
import { warnOfTimeTypes } from './time-types.ts';

/** Makes the table: every row of the query has its first version. */
export async function firstVersions(context: MaterializationContext): Promise<StatementResult> {
  const { statements, capabilities } = context.adapter;
  const target: Relation = { ...context.target, type: 'table' };
  // Where making a table cannot be taken back, readers must not see one whose rows may be refused.
  if (capabilities.transactionalDdl) return makeFirstVersions(context, target);
  const made = { ...target, identifier: `${target.identifier}__dbt_tmp` };
  const result = await makeFirstVersions(context, made);
  await context.execute(statements.renameRelation(made, target));
  return result;
}

/** Makes a table with the first versions, under whatever name. */
export async function makeFirstVersions(context: MaterializationContext, made: Relation): Promise<StatementResult> {
  const { adapter, session, node, sql } = context;
  const strategy = await callStrategy(context, false);
  const columns = await session.describeQuery(sql);
  requireColumns(context, columns, true);
  requireFreeNames(context, columns, addedColumns(context, strategy));
  const query = await sqlOfMacro(context, 'build_snapshot_table', strategy.value, sql);
  const result = await context.execute(adapter.statements.createTableAs(made, query, { config: node.config }));
  await refuseRepeatedKeys(context, made, strategy.uniqueKey);
  await warnOfTimeTypes(context, await session.columnsOf(made));
  return result;
}
