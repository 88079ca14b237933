import { buildsInOneStep } from '../1-parse/index.ts';
import {
  batchSettings,
  intersectKeys,
  type JsonObject,
  type KeySet,
  keySetOf,
  microbatches,
  type Node,
  noKeys,
  type PartitionDefinition,
  partitionAt,
  subtractKeys,
} from '../core/index.ts';
import type { PartitionPlanning } from './partition-planning.ts';
import { namesPartitions } from './partition-request.ts';
import type { KeyedReason } from './plan.ts';

/** Whether dbt's rule says which batches of a node are built, because nobody names any. */
export function choosesAsDbt(node: Node, { request, exactly, only = [], all = false }: PartitionPlanning): boolean {
  return buildsInOneStep(node) && !exactly && !all && only.length === 0 && !namesPartitions(request);
}

/** Whether `--full-refresh` is meant for a node, which may say so itself. */
export const isBuiltAnew = ({ config }: Node, fullRefresh: boolean): boolean => config.full_refresh ?? fullRefresh;

/**
 * What dbt's rule builds of a microbatch model: all of it where there is no table yet, else the newest batches, whether or
 * not they are over.
 */
export function usualBatches(
  node: Node,
  definition: PartitionDefinition,
  { stands, fullRefresh, eventTime = {}, now, state }: PartitionPlanning,
): readonly KeyedReason[] {
  const [dimension] = definition.dimensions;
  const { size, begin, lookback } = batchSettings(node.config as JsonObject);
  if (dimension?.kind !== 'time' || size === undefined) return [];
  const isAnew = isBuiltAnew(node, fullRefresh);
  const incremental = !isAnew && stands?.(node.unique_id) === true;
  const spans = microbatches({ size, incremental, begin, lookback, ...spanOf(eventTime), now: new Date(now) }) ?? [];
  const keys = keySetOf(spans.map(([start]) => [partitionAt(dimension, start.getTime())]));
  if (eventTime.start || eventTime.end) return [{ kind: 'asked', keys }];
  if (isAnew) return [{ kind: 'full-refresh', keys }];
  const { filled, failed } = incremental ? state(node.unique_id, definition) : nothing;
  return [
    { kind: 'failed', keys: intersectKeys(keys, failed) },
    { kind: 'missing', keys: subtractKeys(keys, filled) },
    { kind: 'lookback', keys },
  ];
}

const nothing: { readonly filled: KeySet; readonly failed: KeySet } = { filled: noKeys, failed: noKeys };

const spanOf = ({ start, end }: NonNullable<PartitionPlanning['eventTime']>) => ({ start, end });
