import { type DynamicTables, error, type Json, type NodeConfig, Problem } from '../../core/index.ts';
import { isIceberg } from './iceberg.ts';
import { literal, renderRelation } from './naming.ts';
import { clusterKeys, isGiven, policyClauses } from './table-options.ts';

/** Statements of tables that Snowflake itself keeps up to date. */
export const dynamicTables: DynamicTables = {
  create(relation, sql, config, { replace = false } = {}) {
    if (isIceberg(config)) throw new Problem(noIceberg());
    const transient = config.transient === true ? 'transient ' : '';
    const keys = clusterKeys(config);
    return [
      `create ${replace ? 'or replace ' : ''}${transient}dynamic table ${renderRelation(relation)}`,
      ...(isGiven(config.target_lag) ? [`target_lag = ${literal(String(config.target_lag))}`] : []),
      `warehouse = ${String(config.snowflake_warehouse)}`,
      ...(isGiven(config.snowflake_initialization_warehouse)
        ? [`initialization_warehouse = ${config.snowflake_initialization_warehouse}`]
        : []),
      ...(isGiven(config.refresh_mode) ? [`refresh_mode = ${config.refresh_mode}`] : []),
      ...(isGiven(config.initialize) ? [`initialize = ${config.initialize}`] : []),
      ...(schedulerOf(config) === undefined ? [] : [`scheduler = '${schedulerOf(config)}'`]),
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
      ...changed(settings, 'warehouse', config.snowflake_warehouse, (name) => `warehouse = ${name}`),
      ...changed(
        settings,
        'initialization_warehouse',
        config.snowflake_initialization_warehouse,
        (name) => `initialization_warehouse = ${name}`,
      ),
      ...changed(settings, 'scheduler', schedulerOf(config), (scheduler) => `scheduler = '${scheduler}'`),
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
      ...changed(settings, 'cluster_by', clusterKeys(config).join(', '), (keys) => `${table} cluster by (${keys})`),
      ...(isGone(settings, 'cluster_by', clusterKeys(config).join(', ')) ? [`${table} drop clustering key`] : []),
    ];
  },

  refresh: (relation) => `alter dynamic table ${renderRelation(relation)} refresh`,
  missing: (config) => (isGiven(config.snowflake_warehouse) ? [] : ['snowflake_warehouse']),
  refreshedByHand: (config) => schedulerOf(config)?.toUpperCase() === 'DISABLE',
};

const noIceberg = () =>
  error('snowflake/not-supported', 'Dynamic tables are not made in the format of Iceberg yet', {
    hint: "Leave 'table_format' out, or use dbt for it.",
  });

/** Without a lag nothing says when to refresh. */
function schedulerOf({ scheduler, target_lag: lag }: NodeConfig): string | undefined {
  if (isGiven(scheduler)) return String(scheduler);
  return isGiven(lag) ? undefined : 'DISABLE';
}

type Settings = Readonly<Record<string, Json>>;

function isMadeOtherwise(settings: Settings, config: NodeConfig): boolean {
  const mode = config.refresh_mode;
  const isOtherMode = isGiven(mode) && !/^auto$/i.test(String(mode)) && !same(settings.refresh_mode, mode);
  return isOtherMode;
}

function changed(settings: Settings, name: string, wanted: unknown, write: (value: string) => string): string[] {
  return isGiven(wanted) && !same(settings[name], wanted) ? [write(String(wanted))] : [];
}

const isGone = (settings: Settings, name: string, wanted: unknown): boolean =>
  isGiven(settings[name]) && !isGiven(wanted);

/** Snowflake writes some values in capitals, and `LINEAR(a, b)` for the keys of clusters. */
function same(one: unknown, other: unknown): boolean {
  const plain = (value: unknown): string =>
    String(value ?? '')
      .replace(/^linear\s*\((.*)\)$/i, '$1')
      .replace(/\s+/g, '')
      .toUpperCase();
  return plain(one) === plain(other);
}
