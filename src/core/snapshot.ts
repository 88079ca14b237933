import type { NodeConfig } from './node.ts';

/** What the columns are called that a snapshot adds to those of its query. */
export interface SnapshotColumns {
  /** Names the version. */
  readonly dbt_scd_id: string;
  /** `updated_at` of the row, or when the snapshot was taken. */
  readonly dbt_updated_at: string;
  readonly dbt_valid_from: string;
  /** Null, or `dbt_valid_to_current`, in the current version. */
  readonly dbt_valid_to: string;
  /** `'True'` in the version that says that a row is gone: only with `hard_deletes: new_record`. */
  readonly dbt_is_deleted: string;
}

/** What becomes of the current version of a row that the query no longer returns. */
export const hardDeletesModes = ['ignore', 'invalidate', 'new_record'] as const;
export type HardDeletes = (typeof hardDeletesModes)[number];

export const snapshotColumnNames = [
  'dbt_scd_id',
  'dbt_updated_at',
  'dbt_valid_from',
  'dbt_valid_to',
  'dbt_is_deleted',
] as const satisfies readonly (keyof SnapshotColumns)[];

/** The names after `snapshot_meta_column_names`. */
export function snapshotColumns(config: NodeConfig): SnapshotColumns {
  const given = (config.snapshot_meta_column_names ?? {}) as Readonly<Record<string, unknown>>;
  const nameOf = (column: keyof SnapshotColumns): string => {
    const name = given[column];
    return typeof name === 'string' && name !== '' ? name : column;
  };
  return Object.fromEntries(
    snapshotColumnNames.map((column) => [column, nameOf(column)]),
  ) as unknown as SnapshotColumns;
}

/**
 * `hard_deletes`, or what the older `invalidate_hard_deletes` says. Undefined for a value that means nothing, and where
 * both are set.
 */
export function hardDeletesOf(config: Readonly<Record<string, unknown>>): HardDeletes | undefined {
  const { hard_deletes: mode = null, invalidate_hard_deletes: invalidates = null } = config;
  if (mode !== null && invalidates !== null) return undefined;
  if (mode === null) return invalidates ? 'invalidate' : 'ignore';
  return hardDeletesModes.find((known) => known === mode);
}

/** `dbt_valid_to_current`: an expression; undefined where the current version ends in null. */
export function currentEnd(config: NodeConfig): string | undefined {
  const { dbt_valid_to_current: current } = config;
  return typeof current === 'string' && current.trim() !== '' ? current.trim() : undefined;
}
