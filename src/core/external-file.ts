import type { NodeConfig } from './node.ts';

/** Rows that a model leaves outside of the warehouse: a file, or a folder of files. */
export interface ExternalFile {
  /** A statement that writes what a query gives. A file of this machine is replaced in one moment. */
  write(sql: string): string;
  /** A query for what was written. */
  readonly query: string;
}

/**
 * Where an external model stands when it has no `location`: below the target's `external_root`, or the folder in which
 * the command runs.
 */
export function externalLocation(identifier: string, config: NodeConfig, root: unknown): string {
  const place = `${externalRoot(root)}/${identifier}`;
  const options = config.options as { readonly partition_by?: unknown } | null | undefined;
  return options?.partition_by ? place : `${place}.${config.format ?? 'parquet'}`;
}

/** A target's `external_root`, as it is written. */
export const externalRoot = (written: unknown): string => (typeof written === 'string' ? written : '.');
