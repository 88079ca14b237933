import type { Json } from '../../core/index.ts';
import { modelFreshness, sourceFreshness } from './freshness-type.ts';
import {
  anything,
  flag,
  mapping,
  matching,
  members,
  oneOf,
  optional,
  text,
  textList,
  textOrTexts,
  type ValueType,
  wholeNumber,
} from './value-type.ts';

/** How a later setting meets an earlier one. `grants`: as dbt's `+privilege`, which adds to the list of grantees. */
export type MergeRule = 'replace' | 'append' | 'update' | 'grants';

export interface ConfigField {
  readonly initial: Json;
  readonly merge: MergeRule;
  readonly type: ValueType;
}

/** What has settings of its own kind. Analyses and hooks have those of `node`. */
export type ConfigKind =
  | 'model'
  | 'seed'
  | 'snapshot'
  | 'test'
  | 'node'
  | 'source'
  | 'exposure'
  | 'group'
  | 'unit_test'
  | 'metric'
  | 'semantic_model'
  | 'saved_query'
  | 'function';

export type ConfigFields = Readonly<Record<string, ConfigField>>;

function field(initial: Json, type: ValueType, merge: MergeRule = 'replace'): ConfigField {
  return { initial, merge, type };
}

const optionalText = optional(text);
const optionalFlag = optional(flag);
const hooks = field([], anything, 'append');

const common: ConfigFields = {
  enabled: field(true, flag),
  alias: field(null, optionalText),
  schema: field(null, optionalText),
  database: field(null, optionalText),
  tags: field([], textOrTexts, 'append'),
  meta: field({}, mapping, 'update'),
  group: field(null, optionalText),
  static_analysis: field(null, optionalText),
};

const node: ConfigFields = {
  ...common,
  materialized: field('view', text),
  incremental_strategy: field(null, optionalText),
  batch_size: field(null, anything),
  lookback: field(1, anything),
  begin: field(null, anything),
  persist_docs: field({}, members({ relation: anything, columns: anything })),
  'post-hook': hooks,
  'pre-hook': hooks,
  quoting: field({}, mapping, 'update'),
  column_types: field({}, mapping, 'update'),
  full_refresh: field(null, optionalFlag),
  unique_key: field(null, optional(textOrTexts)),
  on_schema_change: field('ignore', optionalText),
  on_configuration_change: field('apply', oneOf('apply', 'continue', 'fail')),
  grants: field({}, mapping, 'grants'),
  packages: field([], textList, 'append'),
  docs: field({ show: true, node_color: null }, members({ show: flag, node_color: optionalText }), 'update'),
  contract: field({ enforced: false, alias_types: true }, members({ enforced: flag, alias_types: flag }), 'update'),
  event_time: field(null, anything),
  concurrent_batches: field(null, anything),
};

const model: ConfigFields = {
  ...node,
  access: field('protected', oneOf('private', 'protected', 'public')),
  freshness: field(null, modelFreshness),
};

const seed: ConfigFields = {
  ...node,
  materialized: field('seed', oneOf('seed')),
  delimiter: field(',', text),
  quote_columns: field(null, optionalFlag),
};

const snapshot: ConfigFields = {
  ...node,
  materialized: field('snapshot', oneOf('snapshot')),
  strategy: field(null, optionalText),
  target_schema: field(null, optionalText),
  target_database: field(null, optionalText),
  updated_at: field(null, optionalText),
  check_cols: field(null, optional(textOrTexts)),
  snapshot_meta_column_names: field(
    { dbt_valid_to: null, dbt_valid_from: null, dbt_scd_id: null, dbt_updated_at: null, dbt_is_deleted: null },
    mapping,
    'update',
  ),
  dbt_valid_to_current: field(null, optionalText),
};

const test: ConfigFields = {
  ...common,
  schema: field('dbt_test__audit', optionalText),
  materialized: field('test', oneOf('test')),
  severity: field('ERROR', matching(/^(?:warn|error)$/i, "'warn' or 'error'")),
  store_failures: field(null, optionalFlag),
  store_failures_as: field(null, optionalText),
  where: field(null, optionalText),
  limit: field(null, optional(wholeNumber)),
  fail_calc: field('count(*)', text),
  warn_if: field('!= 0', text),
  error_if: field('!= 0', text),
};

const noThreshold: Json = {
  warn_after: { count: null, period: null },
  error_after: { count: null, period: null },
  filter: null,
};

const source: ConfigFields = {
  enabled: field(true, flag),
  event_time: field(null, anything),
  freshness: field(noThreshold, sourceFreshness),
  loaded_at_field: field(null, optionalText),
  loaded_at_query: field(null, optionalText),
  meta: field({}, mapping, 'update'),
  tags: field([], textList),
  static_analysis: field(null, optionalText),
};

const exposure: ConfigFields = {
  enabled: field(true, flag),
  tags: field([], textList),
  meta: field({}, mapping),
};

const unitTest: ConfigFields = {
  tags: field([], textOrTexts, 'append'),
  meta: field({}, mapping, 'update'),
  enabled: field(true, flag),
  static_analysis: field(null, optionalText),
};

const group: ConfigFields = { meta: field({}, mapping, 'update') };

const semantic: ConfigFields = {
  enabled: field(true, flag),
  group: field(null, optionalText),
  meta: field({}, mapping, 'update'),
};

const savedQuery: ConfigFields = {
  ...semantic,
  export_as: field(null, optional(oneOf('table', 'view'))),
  schema: field(null, optionalText),
  cache: field({ enabled: false }, members({ enabled: flag })),
};

const functions: ConfigFields = {
  ...node,
  materialized: field('function', text),
  type: field('scalar', oneOf('scalar', 'aggregate', 'table')),
  volatility: field(null, optional(oneOf('deterministic', 'stable', 'non-deterministic'))),
  runtime_version: field(null, optionalText),
  entry_point: field(null, optionalText),
};

/** The settings that are known, by kind, in the order of dbt's manifest. */
export const configFields: Readonly<Record<ConfigKind, ConfigFields>> = {
  model,
  seed,
  snapshot,
  test,
  node,
  source,
  exposure,
  group,
  unit_test: unitTest,
  metric: semantic,
  semantic_model: semantic,
  saved_query: savedQuery,
  function: functions,
};

const positive: ValueType = (value) =>
  Number.isInteger(value) && Number(value) > 0 ? undefined : 'a whole number above 0';

/** Settings that dbt does not know, and whose names nobody else uses: nothing of them is in the manifest unless somebody sets them. */
const own: ConfigFields = {
  partition_mapping: field(null, anything),
  partition_batch_size: field(null, optional(positive)),
  partitions_per_build: field(null, optional(positive)),
  narrow_refs: field(null, optionalFlag),
};

/** The settings whose values and names are looked at: those of the manifest, and Ingot's own. */
export const checkedFields: Readonly<Record<ConfigKind, ConfigFields>> = {
  ...configFields,
  model: { ...model, ...own },
};

/** The key of the project file under which settings for a kind stand. */
export const settingsKeys: Readonly<Record<ConfigKind, string>> = {
  model: 'models',
  seed: 'seeds',
  snapshot: 'snapshots',
  test: 'data_tests',
  node: 'models',
  source: 'sources',
  exposure: 'exposures',
  group: 'models',
  unit_test: 'unit_tests',
  metric: 'metrics',
  semantic_model: 'semantic-models',
  saved_query: 'saved-queries',
  function: 'functions',
};
