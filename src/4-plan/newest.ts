import { countKeys, type KeySet, keySetOf, type Node, noKeys, pointsOf, subtractKeys } from '../core/index.ts';

/** The newest of some partitions, and the others. */
export function newest(keys: KeySet, most: number): { readonly kept: KeySet; readonly rest: KeySet } {
  if (most === 0) return { kept: noKeys, rest: keys };
  if (countKeys(keys) <= most) return { kept: keys, rest: noKeys };
  const points = [];
  for (const point of pointsOf(keys, 'descending')) {
    if (points.length === most) break;
    points.push(point);
  }
  const kept = keySetOf(points);
  return { kept, rest: subtractKeys(keys, kept) };
}

/** How many of the newest partitions are built again, for rows that came late: none, unless the model asks for it. */
export function lookbackOf({ config, unrendered_config: written }: Node): number {
  // dbt gives every model the setting, but means those of one strategy.
  const isMeant = written.lookback !== undefined || config.incremental_strategy === 'microbatch';
  return (isMeant && wholeNumber(config.lookback)) || 0;
}

/** How many missing partitions a build takes that names none. */
export const mostUnnamed = ({ config }: Node): number => wholeNumber(config.partitions_per_build) ?? 1000;

/** A setting that counts something; undefined where it does not. */
export const wholeNumber = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;
