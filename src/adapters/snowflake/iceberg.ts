import { error, type NodeConfig, Problem, type Relation, type TableColumn } from '../../core/index.ts';
import { literal, quote } from './naming.ts';
import { clauseOf, clusterKeys, isGiven, policyClauses } from './table-options.ts';

/** Whether a table is kept in Iceberg's format. Throws `Problem` for a format that there is none of. */
export function isIceberg(config: NodeConfig | undefined): boolean {
  const format = config?.table_format;
  if (!isGiven(format) || /^(default|info_schema)$/i.test(String(format))) return false;
  if (!/^iceberg$/i.test(String(format))) {
    throw new Problem(
      error('snowflake/not-supported', `There is no table format '${format}'`, { hint: "Say 'iceberg', or nothing." }),
    );
  }
  return true;
}

/** What stands between the name of an Iceberg table and its query, one a line, in dbt's order. */
export function icebergClauses(relation: Relation, config: NodeConfig): string[] {
  const keys = clusterKeys(config);
  return [
    ...(isGiven(config.partition_by) ? [`partition by (${partitionKeys(config)})`] : []),
    ...(keys.length > 0 ? [`cluster by (${keys.join(', ')})`] : []),
    ...(isLinked(config) ? filesOfCatalog(config) : placeOfIceberg(relation, config)),
    ...clauseOf('iceberg_version', config.iceberg_version),
    ...textClause('storage_serialization_policy', config.storage_serialization_policy),
    ...clauseOf('max_data_extension_time_in_days', config.max_data_extension_time_in_days),
    ...clauseOf('data_retention_time_in_days', config.data_retention_time_in_days),
    // It cannot be turned off.
    ...(config.change_tracking === true ? ['change_tracking = true'] : []),
    ...policyClauses(config),
    ...(config.copy_grants === true ? ['copy grants'] : []),
    ...(config.copy_tags === true ? ['copy tags'] : []),
  ];
}

/** Whether a table belongs to a catalog of somebody else's, which is a database here. */
export const isLinked = (config: NodeConfig | undefined): boolean => isGiven(config?.catalog_linked_database);

/** AWS Glue makes no table of a query, and knows names in lower case only. */
const isOfGlue = (config: NodeConfig): boolean =>
  isLinked(config) && /^glue$/i.test(textOf(config.catalog_linked_database_type) ?? '');

/** The columns of a table that has to be made before it is filled: only those of AWS Glue. */
export const columnsToFill = (
  config: NodeConfig,
): ((columns: readonly TableColumn[]) => readonly TableColumn[]) | undefined =>
  isOfGlue(config)
    ? (columns) =>
        columns.map(({ name, type, ...rest }) => ({
          ...rest,
          name: name.toLowerCase(),
          quote: true,
          type: icebergType(type),
        }))
    : undefined;

/** Iceberg has texts and bytes of any length only, and keeps microseconds. */
function icebergType(type: string): string {
  return type
    .replace(/^(varchar|char|character|text|string)\b.*$/i, 'string')
    .replace(/^(binary|varbinary)\b.*$/i, 'binary')
    .replace(/^(float|double|real)\b.*$/i, 'double')
    .replace(/^(time|timestamp_\w+)\(\d\)$/i, '$1(6)');
}

/** Names of columns, or functions of them. */
function partitionKeys(config: NodeConfig): string {
  const { partition_by: keys } = config;
  const list = Array.isArray(keys) ? keys.map(String).join(', ') : String(keys);
  return isOfGlue(config)
    ? list.replace(/(?<!")\b[a-z_]\w*\b(?!"|\s*\()/gi, (name) => quote(name.toLowerCase()))
    : list;
}

/** There the catalog says where files are. */
const filesOfCatalog = (config: NodeConfig): readonly string[] => [
  ...textClause('target_file_size', config.target_file_size),
  ...clauseOf('auto_refresh', config.auto_refresh),
];

/** Where the files of an Iceberg table are, and who keeps the list of them. */
export function placeOfIceberg(relation: Relation, config: NodeConfig): string[] {
  const isManaged = /^snowflake_managed$/i.test(textOf(config.external_volume) ?? '');
  return [
    ...textClause('external_volume', config.external_volume),
    "catalog = 'SNOWFLAKE'",
    ...(isManaged ? [] : textClause('base_location', baseLocation(relation, config))),
  ];
}

/** Below the volume; a folder of its own for each table. */
function baseLocation({ schema, identifier }: Relation, config: NodeConfig): string {
  const { base_location_root: root, base_location_subpath: subpath } = config;
  return [textOf(root) ?? '_dbt', schema, identifier, textOf(subpath)].filter(isGiven).join('/');
}

const textClause = (name: string, value: unknown): readonly string[] =>
  clauseOf(name, isGiven(value) ? literal(String(value)) : value);

const textOf = (value: unknown): string | undefined => (isGiven(value) ? String(value) : undefined);
