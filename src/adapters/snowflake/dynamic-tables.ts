import type { MaintainedRelations, NodeConfig } from '../../core/index.ts';
import { isIceberg, placeOfIceberg } from './iceberg.ts';
import { literal, renderRelation } from './naming.ts';
import { changed, clusterChanges, isGone, isSame, type Settings } from './setting-changes.ts';
import { clauseOf, clusterKeys, isGiven, policyClauses } from './table-options.ts';

/** Statements of tables that Snowflake itself keeps up to date. */
export const dynamicTables: MaintainedRelations = {
  create(relation, sql, { replace, config }) {
    const iceberg = isIceberg(config);
    const transient = config.transient === true && !iceberg ? 'transient ' : '';
    const keys = clusterKeys(config);
    const scheduler = schedulerOf(config);
    return [
      `create ${replace ? 'or replace ' : ''}${transient}dynamic ${iceberg ? 'iceberg ' : ''}table ${renderRelation(relation)}`,
      ...(isGiven(config.target_lag) ? [`target_lag = ${literal(String(config.target_lag))}`] : []),
      `warehouse = ${String(refreshedBy(config))}`,
      ...clauseOf('initialization_warehouse', config.snowflake_initialization_warehouse),
      ...(iceberg ? placeOfIceberg(relation, config) : []),
      ...clauseOf('refresh_mode', config.refresh_mode),
      ...clauseOf('initialize', config.initialize),
      ...(scheduler === undefined ? [] : [`scheduler = '${scheduler}'`]),
      ...policyClauses(config),
      ...(keys.length > 0 ? [`cluster by (${keys.join(', ')})`] : []),
      ...(replace && config.copy_grants === true ? ['copy grants'] : []),
      ...(isGiven(config.immutable_where) ? [`immutable where (${config.immutable_where})`] : []),
      `as (\n${sql}\n)`,
    ].join('\n');
  },

  alter(relation, settings, config) {
    if (isMadeOtherwise(settings, config)) return 'replace';
    const table = `alter dynamic table ${renderRelation(relation)}`;
    const set = [
      ...changed(settings, 'target_lag', config.target_lag, (lag) => `target_lag = ${literal(lag)}`),
      ...changed(settings, 'warehouse', refreshedBy(config), (name) => `warehouse = ${name}`),
      ...changed(
        settings,
        'initialization_warehouse',
        config.snowflake_initialization_warehouse,
        (name) => `initialization_warehouse = ${name}`,
      ),
      ...changed(settings, 'scheduler', wantedScheduler(settings, config), (scheduler) => `scheduler = '${scheduler}'`),
    ];
    return [
      ...(set.length > 0 ? [`${table} set ${set.join(' ')}`] : []),
      ...(isGone(settings, 'initialization_warehouse', config.snowflake_initialization_warehouse)
        ? [`${table} unset initialization_warehouse`]
        : []),
      ...changed(
        settings,
        'immutable_where',
        config.immutable_where,
        (where) => `${table} set immutable where (${where})`,
      ),
      ...(isGone(settings, 'immutable_where', config.immutable_where) ? [`${table} unset immutable where`] : []),
      ...clusterChanges(table, settings, config),
    ];
  },

  refresh: (relation, config) =>
    schedulerOf(config)?.toUpperCase() === 'DISABLE'
      ? `alter dynamic table ${renderRelation(relation)} refresh`
      : undefined,
  missing: (config) => (isGiven(refreshedBy(config)) ? [] : ['snowflake_warehouse']),
};

/** Without a lag nothing says when to refresh. */
function schedulerOf({ scheduler, target_lag: lag }: NodeConfig): string | undefined {
  if (isGiven(scheduler)) return String(scheduler);
  return isGiven(lag) ? undefined : 'DISABLE';
}

/** `snowflake_warehouse` runs the model's own statements, and refreshes the table where no other is named. */
const refreshedBy = ({ refresh_warehouse: own, snowflake_warehouse: other }: NodeConfig): unknown =>
  isGiven(own) ? own : other;

/** One that was switched off is switched on again by a lag. */
function wantedScheduler({ scheduler }: Settings, config: NodeConfig): string | undefined {
  return schedulerOf(config) ?? (isSame(scheduler, 'DISABLE') ? 'ENABLE' : undefined);
}

function isMadeOtherwise(settings: Settings, config: NodeConfig): boolean {
  const mode = config.refresh_mode;
  if (settings.iceberg !== isIceberg(config)) return true;
  if (typeof settings.transient === 'boolean' && settings.transient !== config.transient) return true;
  return isGiven(mode) && !/^auto$/i.test(String(mode)) && !isSame(settings.refresh_mode, mode);
}
