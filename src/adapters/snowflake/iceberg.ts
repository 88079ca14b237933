import { error, type NodeConfig, Problem, type Relation } from '../../core/index.ts';
import { literal } from './naming.ts';
import { clusterKeys, isGiven, policyClauses } from './table-options.ts';

/** Whether a table is kept in Iceberg's format. Throws `Problem` for a format, or a catalog, that there is none of. */
export function isIceberg(config: NodeConfig | undefined): boolean {
  const format = config?.table_format;
  if (!isGiven(format) || /^(default|info_schema)$/i.test(String(format))) return false;
  if (!/^iceberg$/i.test(String(format))) {
    throw new Problem(
      error('snowflake/not-supported', `There is no table format '${format}'`, { hint: "Say 'iceberg', or nothing." }),
    );
  }
  const catalog = config?.catalog_name ?? config?.catalog;
  if (isGiven(catalog) && !/^snowflake$/i.test(String(catalog))) {
    const message = `Iceberg tables are only made in Snowflake's own catalog, not in '${catalog}'`;
    throw new Problem(
      error('snowflake/not-supported', message, { hint: "Leave 'catalog_name' out, or use dbt for it." }),
    );
  }
  return true;
}

/** What stands between the name of an Iceberg table and its query, one a line, in dbt's order. */
export function icebergClauses(relation: Relation, config: NodeConfig): string[] {
  const volume = textOf(config.external_volume);
  const isManaged = volume !== undefined && /^snowflake_managed$/i.test(volume);
  const keys = clusterKeys(config);
  return [
    ...(isGiven(config.partition_by) ? [`partition by (${listOf(config.partition_by)})`] : []),
    ...(keys.length > 0 ? [`cluster by (${keys.join(', ')})`] : []),
    ...(volume === undefined ? [] : [`external_volume = ${literal(volume)}`]),
    "catalog = 'SNOWFLAKE'",
    ...(isManaged ? [] : [`base_location = ${literal(baseLocation(relation, config))}`]),
    ...plainClause(config, 'iceberg_version'),
    ...(isGiven(config.storage_serialization_policy)
      ? [`storage_serialization_policy = ${literal(String(config.storage_serialization_policy))}`]
      : []),
    ...plainClause(config, 'max_data_extension_time_in_days'),
    ...plainClause(config, 'data_retention_time_in_days'),
    // It cannot be turned off.
    ...(config.change_tracking === true ? ['change_tracking = true'] : []),
    ...policyClauses(config),
    ...(config.copy_grants === true ? ['copy grants'] : []),
    ...(config.copy_tags === true ? ['copy tags'] : []),
  ];
}

/** Below the volume; a folder of its own for each table. */
function baseLocation({ schema, identifier }: Relation, config: NodeConfig): string {
  const { base_location_root: root, base_location_subpath: subpath } = config;
  return [textOf(root) ?? '_dbt', schema, identifier, textOf(subpath)].filter(isGiven).join('/');
}

const plainClause = (config: NodeConfig, key: string): string[] =>
  isGiven(config[key]) ? [`${key} = ${String(config[key])}`] : [];

const textOf = (value: unknown): string | undefined => (isGiven(value) ? String(value) : undefined);

const listOf = (keys: unknown): string => (Array.isArray(keys) ? keys.map(String).join(', ') : String(keys));
