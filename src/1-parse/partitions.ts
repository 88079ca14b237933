import {
  batchSettings,
  type CodeNode,
  type Json,
  type JsonObject,
  noOffset,
  type PartitionDefinition,
  type PartitionsReading,
  readPartitions,
} from '../core/index.ts';
import type { ProjectSettings } from './project.ts';

const readings = new WeakMap<object, PartitionsReading>();
/** With the keys of dynamic partitions, by where those stand. */
const withKeys = new WeakMap<object, WeakMap<PartitionDefinition, PartitionDefinition>>();

/**
 * What a node's `partitions:` says; undefined for a node that is always built whole. A list never is one of ours: with
 * dbt-bigquery, it names the partitions that a run replaces.
 */
export function readPartitionsOf(
  { config }: Pick<CodeNode, 'config'>,
  settings: ProjectSettings,
): PartitionsReading | undefined {
  if (config.partitions === undefined || config.partitions === null || Array.isArray(config.partitions))
    return undefined;
  let reading = readings.get(config);
  if (!reading) {
    reading = readPartitions(config.partitions as Json, settings.partitions);
    readings.set(config, reading);
  }
  return reading;
}

/** The partitions that a node is kept by; undefined for one that is always built whole, or whose setting is wrong. */
export function partitionsOf(
  node: Pick<CodeNode, 'config'>,
  settings: ProjectSettings,
): PartitionDefinition | undefined {
  const reading = readPartitionsOf(node, settings);
  if (reading === undefined) return batchPartitions(node, settings);
  if (reading.kind !== 'definition' || reading.definition.dimensions.length === 0) return undefined;
  return settings.dynamicKeys ? knowing(reading.definition, settings.dynamicKeys) : reading.definition;
}

const batches = new WeakMap<object, PartitionDefinition>();

/** The batches of a microbatch model, unless a macro of the project builds it at once. */
function batchPartitions(
  { config }: Pick<CodeNode, 'config'>,
  settings: ProjectSettings,
): PartitionDefinition | undefined {
  const { materialized, incremental_strategy: strategy, event_time: column } = config;
  if (materialized !== 'incremental' || strategy !== 'microbatch' || settings.buildsMicrobatchesAtOnce)
    return undefined;
  const { size: kind, begin } = batchSettings(config as JsonObject);
  if (kind === undefined || begin === undefined || typeof column !== 'string') return undefined;
  const known = batches.get(config) ?? {
    dimensions: [
      {
        kind: 'time',
        name: 'time',
        column,
        grain: { kind },
        start: begin.toISOString().slice(0, 16).replace('T', ' '),
        timezone: 'UTC',
        offset: noOffset,
      },
    ],
  };
  batches.set(config, known);
  return known;
}

/**
 * Whether all partitions of a node are built by one step, one after the other: the batches of a microbatch model that is
 * published before its tests, as in dbt. Every other partition is a step of its own.
 */
export function buildsInOneStep({ config }: Pick<CodeNode, 'config'>): boolean {
  return config.incremental_strategy === 'microbatch' && config.publish !== 'after_tests';
}

/** The partitions of a node of which each is built by a step of its own; undefined for all other nodes. */
export function steppedPartitionsOf(
  node: Pick<CodeNode, 'config'>,
  settings: ProjectSettings,
): PartitionDefinition | undefined {
  return buildsInOneStep(node) ? undefined : partitionsOf(node, settings);
}

function knowing(
  definition: PartitionDefinition,
  keys: NonNullable<ProjectSettings['dynamicKeys']>,
): PartitionDefinition {
  if (!definition.dimensions.some(({ kind }) => kind === 'dynamic')) return definition;
  const known = withKeys.get(keys) ?? new WeakMap<PartitionDefinition, PartitionDefinition>();
  withKeys.set(keys, known);
  const found = known.get(definition) ?? {
    dimensions: definition.dimensions.map((dimension) =>
      dimension.kind === 'dynamic' ? { ...dimension, values: keys.get(dimension.keys) ?? [] } : dimension,
    ),
  };
  known.set(definition, found);
  return found;
}
