import type { Json, NodeConfig } from '../../core/index.ts';
import { clusterKeys, isGiven } from './table-options.ts';

/** How something is kept now, under the names of its clauses. */
export type Settings = Readonly<Record<string, Json>>;

/** What has to be written where another value is wanted than there is. */
export function changed(
  settings: Settings,
  name: string,
  wanted: unknown,
  write: (value: string) => string,
): readonly string[] {
  return isGiven(wanted) && !isSame(settings[name], wanted) ? [write(String(wanted))] : [];
}

/** Whether a value is there that nobody wants any more. */
export const isGone = (settings: Settings, name: string, wanted: unknown): boolean =>
  isGiven(settings[name]) && !isGiven(wanted);

/** @param alter the beginning of a statement that changes it. */
export function clusterChanges(alter: string, settings: Settings, config: NodeConfig): readonly string[] {
  const keys = clusterKeys(config).join(', ');
  return isGone(settings, 'cluster_by', keys)
    ? [`${alter} drop clustering key`]
    : changed(settings, 'cluster_by', keys, (wanted) => `${alter} cluster by (${wanted})`);
}

/** Snowflake writes some values in capitals, and `LINEAR(a, b)` for the keys of clusters. */
export function isSame(one: unknown, other: unknown): boolean {
  const plain = (value: unknown): string =>
    String(value ?? '')
      .replace(/^(?:linear)?\s*\((.*)\)$/i, '$1')
      .replace(/\s+/g, '')
      .toUpperCase();
  return plain(one) === plain(other);
}
