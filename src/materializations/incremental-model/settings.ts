import {
  didYouMeanHint,
  error,
  isMapping,
  type Json,
  jsonToValue,
  type MaterializationContext,
  Problem,
  type StrategySql,
  valueToJson,
} from '../../core/index.ts';

const strategies = ['append', 'merge', 'delete+insert', 'insert_overwrite', 'microbatch'] as const;
export type Strategy = (typeof strategies)[number];

const schemaChangeModes = ['ignore', 'fail', 'append_new_columns', 'sync_all_columns'] as const;
export type SchemaChangeMode = (typeof schemaChangeModes)[number];

/** How an incremental model is kept, as its configuration says. */
export interface IncrementalSettings {
  /** `custom`: a macro of the project brings the rows over. */
  readonly strategy: Strategy | 'custom';
  /** What the project's macro writes, where there is one for the strategy. */
  readonly custom: StrategySql | undefined;
  readonly uniqueKey: readonly string[];
  readonly predicates: readonly string[];
  readonly partitionBy: readonly string[];
  readonly onSchemaChange: SchemaChangeMode;
  /** What new rows are staged in, where somebody wants it to be something else than what is best. */
  readonly stagedAs: 'table' | 'view' | 'transient' | undefined;
  /** Columns that `insert_overwrite` fills; the others stay empty. Empty: all. */
  readonly overwriteColumns: readonly string[];
  readonly mergeUpdateColumns: readonly string[];
  readonly mergeExcludeColumns: readonly string[];
  readonly mergeSetExpressions: ReadonlyMap<string, string>;
  readonly mergeUpdateCondition: string | undefined;
  readonly mergeInsertCondition: string | undefined;
  /** What a merge does besides or instead of updating and inserting, in the warehouse's own words. */
  readonly mergeClauses: Json | undefined;
}

/** Reads and checks the settings. Throws `Problem` for what cannot work. */
export async function readSettings(context: MaterializationContext): Promise<IncrementalSettings> {
  const { config } = context.node;
  const custom = context.strategySql?.(strategyName(context));
  const inBatches = strategyName(context) === 'microbatch' && context.inBatches !== false;
  const settings: IncrementalSettings = {
    strategy: custom && !inBatches ? 'custom' : readStrategy(context),
    custom,
    uniqueKey: texts(usesColumns(context) ? config.merge_on_using_columns : config.unique_key),
    predicates: texts(config.predicates ?? config.incremental_predicates),
    partitionBy: partitionKeys(config.partition_by ?? config.partitioned_by),
    onSchemaChange: await readSchemaChangeMode(context),
    stagedAs: stagingKind(config.tmp_relation_type),
    overwriteColumns: texts(config.overwrite_columns),
    mergeUpdateColumns: texts(config.merge_update_columns),
    mergeExcludeColumns: texts(config.merge_exclude_columns),
    mergeSetExpressions: new Map(
      Object.entries((config.merge_update_set_expressions ?? {}) as Record<string, Json>).map(([name, expression]) => [
        name,
        String(expression),
      ]),
    ),
    mergeUpdateCondition: text(config.merge_update_condition),
    mergeInsertCondition: text(config.merge_insert_condition),
    mergeClauses: takesClauses(context) ? ((config.merge_clauses as Json | undefined) ?? undefined) : undefined,
  };
  if (settings.strategy === 'merge') checkMerge(context, settings);
  return settings;
}

/** Whether the warehouse knows `merge_clauses`, and with it dbt-duckdb's other settings of a merge. */
const takesClauses = ({ adapter }: MaterializationContext): boolean => adapter.statements.mergeBranches !== undefined;

/** Columns to merge on, which go before the key. */
const usesColumns = (context: MaterializationContext): boolean =>
  takesClauses(context) &&
  strategyName(context) === 'merge' &&
  texts(context.node.config.merge_on_using_columns).length > 0;

function checkMerge(context: MaterializationContext, settings: IncrementalSettings): void {
  if (settings.mergeUpdateColumns.length > 0 && settings.mergeExcludeColumns.length > 0) {
    throw settingProblem(
      context,
      'Model cannot specify merge_update_columns and merge_exclude_columns. Please update model to use only one config',
    );
  }
  if (settings.mergeClauses === undefined) return;
  const { config } = context.node;
  const replaced = mergeSettings.filter((name) => Object.keys((config[name] ?? {}) as object).length > 0);
  if (replaced.length === 0) return;
  throw settingProblem(
    context,
    `'merge_clauses' take the place of ${replaced.map((name) => `'${name}'`).join(', ')}`,
    'Write into the clauses what these are to do, and remove them.',
  );
}

const mergeSettings = [
  'merge_update_condition',
  'merge_insert_condition',
  'merge_update_columns',
  'merge_exclude_columns',
  'merge_update_set_expressions',
];

/** A value of `tmp_relation_type`. */
export const stagingKind = (value: unknown): IncrementalSettings['stagedAs'] =>
  (['table', 'view', 'transient'] as const).find((kind) => kind === value);

export function settingProblem({ node }: MaterializationContext, message: string, hint?: string): Problem {
  return new Problem(error('materialize/incremental-setting', message, { span: node.origin.definition, hint }));
}

function strategyName({ adapter, node }: MaterializationContext): string {
  const wanted = text(node.config.incremental_strategy) ?? 'default';
  return wanted === 'default' ? (adapter.capabilities.defaultIncrementalStrategy ?? 'append') : wanted;
}

function readStrategy(context: MaterializationContext): Strategy {
  const { capabilities } = context.adapter;
  const name = strategyName(context);
  const strategy = strategies.find((known) => known === name || known.replace('+', '_') === name);
  if (strategy === undefined || (strategy === 'merge' && !capabilities.merge)) {
    throw settingProblem(
      context,
      `The incremental strategy '${name}' is not valid for this adapter`,
      didYouMeanHint(name, strategies) ?? `Known strategies: ${strategies.join(', ')}.`,
    );
  }
  return strategy;
}

/** dbt takes an unknown value for `ignore`; people should know that it does. A macro of the project may know more values. */
async function readSchemaChangeMode(context: MaterializationContext): Promise<SchemaChangeMode> {
  const own = context.ownMacro?.('incremental_validate_on_schema_change');
  const written = context.node.config.on_schema_change as Json | undefined;
  const value = own ? valueToJson(await own(jsonToValue(written ?? null), 'ignore')) : (written ?? 'ignore');
  const mode = schemaChangeModes.find((known) => known === value);
  if (mode !== undefined) return mode;
  const hint = didYouMeanHint(String(value), schemaChangeModes) ?? `Known values: ${schemaChangeModes.join(', ')}.`;
  context.warn(`Invalid value for on_schema_change (${value}) specified. Setting default value of ignore. ${hint}`);
  return 'ignore';
}

/** BigQuery's users write `{field: day, data_type: date}`; the field is what counts. */
function partitionKeys(value: unknown): string[] {
  return texts(isMapping(value) ? value.field : value);
}

function texts(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return value === undefined || value === null || value === '' ? [] : [String(value)];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
