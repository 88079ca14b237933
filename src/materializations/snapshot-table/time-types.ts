import type { Column, MaterializationContext } from '../../core/index.ts';
import { shapeOf, sqlOfMacro } from './strategy.ts';

/**
 * Versions that begin at `updated_at` and end at the time of a run have both in one column; people should know where
 * these are of two types, since the warehouse then converts one.
 */
export async function warnOfTimeTypes(context: MaterializationContext, columns: readonly Column[]): Promise<void> {
  if (!context.node.config.updated_at) return;
  const name = shapeOf(context).columns.dbt_updated_at.toLowerCase();
  const updated = columns.find((column) => column.name.toLowerCase() === name);
  const now = await sqlOfMacro(context, 'snapshot_get_time');
  const [taken] = await context.session.describeQuery(`select ${now} as dbt_snapshot_time`);
  if (updated === undefined || taken === undefined || updated.type === taken.type) return;
  context.warn(
    `'updated_at' of snapshot '${context.node.name}' is ${updated.type}, but the time at which a snapshot is taken is ${taken.type}; cast it in the query if versions should not mix the two`,
  );
}
