import type { NodeConfig } from '../../core/index.ts';

/** The settings of a table or view that stand between its name and its query, one a line. */
export function relationClauses(config: NodeConfig | undefined, { isTable }: { readonly isTable: boolean }): string[] {
  if (config === undefined) return [];
  const keys = isTable ? clusterKeys(config) : [];
  return [
    ...(keys.length > 0 ? [`cluster by (${keys.join(', ')})`] : []),
    ...(config.copy_grants === true ? ['copy grants'] : []),
    ...(isTable && config.copy_tags === true ? ['copy tags'] : []),
    ...policyClauses(config),
    ...(isTable && isGiven(config.change_tracking) ? [`change_tracking = ${config.change_tracking}`] : []),
  ];
}

export function policyClauses(config: NodeConfig): string[] {
  return [
    ...(isGiven(config.row_access_policy) ? [`with row access policy ${config.row_access_policy}`] : []),
    ...(isGiven(config.table_tag) ? [`with tag (${config.table_tag})`] : []),
  ];
}

/** `cluster_by`: an expression, or a list of them. */
export function clusterKeys({ cluster_by: keys }: NodeConfig): readonly string[] {
  return (Array.isArray(keys) ? keys : [keys]).filter(isGiven).map(String);
}

/** A model's table can be built again, so that Snowflake need not keep it for a week after it was dropped. As in dbt, a seed's is kept. */
export function isTransient(config: NodeConfig | undefined): boolean {
  if (config === undefined) return false;
  return config.materialized === 'seed' ? config.transient === true : config.transient !== false;
}

/** A clause of one value, which is written as it is; nothing where there is none. */
export const clauseOf = (name: string, value: unknown): readonly string[] =>
  isGiven(value) ? [`${name} = ${String(value)}`] : [];

export function isGiven<T>(value: T): value is Exclude<T, null | undefined | ''> {
  return value !== null && value !== undefined && value !== '';
}
