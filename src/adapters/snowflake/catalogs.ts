import {
  type Catalog,
  type Catalogs,
  didYouMeanHint,
  error,
  type Json,
  type NodeConfig,
  Problem,
} from '../../core/index.ts';
import { isGiven } from './table-options.ts';

/** Catalogs that need no `catalogs.yml`: Snowflake's own for Iceberg, and that of its own tables. */
const known: Catalogs = new Map(
  [
    ['SNOWFLAKE', 'built_in'],
    ['INFO_SCHEMA', 'info_schema'],
  ].map(([name = '', type = '']) => [
    name,
    { name, type, tableFormat: null, externalVolume: null, fileFormat: null, properties: {} },
  ]),
);

/** The settings of a node with what its catalog says where the node says nothing. */
export function withCatalog(config: NodeConfig, catalogs: Catalogs): NodeConfig {
  const name = config.catalog_name;
  if (!isGiven(name)) return config;
  const key = String(name).toUpperCase();
  const catalog = catalogs.get(key) ?? known.get(key);
  if (catalog === undefined) throw unknownCatalog(String(name), catalogs);
  switch (catalog.type.toLowerCase()) {
    case 'built_in':
      return { ...filled(config, catalog, ofBuiltIn), table_format: 'iceberg' };
    case 'iceberg_rest':
      return { ...filled(config, catalog, ofRest), ...linked(config, catalog), table_format: 'iceberg' };
    case 'info_schema':
      return { ...config, table_format: 'default' };
    default:
      throw refused(`The catalog '${catalog.name}' is of the type '${catalog.type}', which there is none of`, types);
  }
}

const types = "'catalog_type' is built_in, iceberg_rest or info_schema.";

const ofBuiltIn = [
  'storage_serialization_policy',
  'max_data_extension_time_in_days',
  'data_retention_time_in_days',
  'change_tracking',
] as const;

const ofRest = ['auto_refresh', 'target_file_size', 'max_data_extension_time_in_days'] as const;

/** What a node says wins. */
function filled(config: NodeConfig, { externalVolume, properties }: Catalog, names: readonly string[]): NodeConfig {
  const said: Record<string, Json | undefined> = { external_volume: externalVolume };
  for (const name of names) said[name] = properties[name];
  const given = Object.entries(said).filter(([name, value]) => isGiven(value) && !isGiven(config[name]));
  return { ...config, ...Object.fromEntries(given) };
}

/** A catalog of somebody else's is a database here, in which nothing is temporary, renamed or replaced. */
function linked(config: NodeConfig, { name, properties }: Catalog): Pick<NodeConfig, string> {
  const { catalog_linked_database: database, catalog_linked_database_type: type } = properties;
  if (!isGiven(database)) {
    throw refused(`The catalog '${name}' needs 'adapter_properties: {catalog_linked_database: …}'`);
  }
  const setting = ['cluster_by', 'external_volume'].find((one) => isGiven(config[one]));
  if (setting !== undefined) throw refused(`'${setting}' means nothing in the catalog-linked database of '${name}'`);
  const reason = needsMore(config);
  if (reason !== undefined) {
    const hint = "Use 'table', or 'incremental' with merge, append or insert_overwrite.";
    throw refused(`${reason} cannot be made in the catalog-linked database of '${name}'`, hint);
  }
  return {
    catalog_linked_database: String(database),
    ...(isGiven(type) && { catalog_linked_database_type: String(type) }),
  };
}

/** What takes a table beside the target, which could not be temporary there, or has to change places. */
function needsMore(config: NodeConfig): string | undefined {
  const { materialized, incremental_strategy: strategy, tmp_relation_type: staged } = config;
  if (!['table', 'incremental', 'ephemeral'].includes(materialized)) return `What is '${materialized}'`;
  if (config.publish === 'after_tests') return "What is published after its tests ('publish: after_tests')";
  if (isGiven(config.partitions)) return "What is built in partitions ('partitions')";
  if (materialized !== 'incremental') return undefined;
  if (isGiven(strategy) && !['default', 'merge', 'append', 'insert_overwrite'].includes(String(strategy))) {
    return `An incremental model of the strategy '${strategy}'`;
  }
  if (isGiven(config.partition_by) && strategy === 'insert_overwrite') return "'insert_overwrite' of partitions";
  return staged === 'table' || staged === 'transient' ? `'tmp_relation_type: ${staged}'` : undefined;
}

function unknownCatalog(name: string, catalogs: Catalogs): Problem {
  const names = [...catalogs.values(), ...known.values()].map((catalog) => catalog.name);
  return refused(
    `There is no catalog '${name}' in catalogs.yml`,
    didYouMeanHint(name, names) ?? `There are: ${names.join(', ')}.`,
  );
}

const refused = (message: string, hint?: string): Problem => new Problem(error('snowflake/catalog', message, { hint }));
