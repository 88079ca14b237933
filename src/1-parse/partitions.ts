import {
  type CodeNode,
  type Json,
  noOffset,
  type PartitionDefinition,
  type PartitionsReading,
  readInstant,
  readPartitions,
} from '../core/index.ts';
import type { ProjectSettings } from './project.ts';

const readings = new WeakMap<object, PartitionsReading>();
/** With the keys of dynamic partitions, by where those stand. */
const withKeys = new WeakMap<object, WeakMap<PartitionDefinition, PartitionDefinition>>();

/** What a node's `partitions:` says; undefined for a node that is always built whole. */
export function readPartitionsOf(
  { config }: Pick<CodeNode, 'config'>,
  settings: ProjectSettings,
): PartitionsReading | undefined {
  if (config.partitions === undefined || config.partitions === null) return undefined;
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
  if (reading === undefined) return batchPartitions(node);
  if (reading.kind !== 'definition' || reading.definition.dimensions.length === 0) return undefined;
  return settings.dynamicKeys ? knowing(reading.definition, settings.dynamicKeys) : reading.definition;
}

const batches = new WeakMap<object, PartitionDefinition>();

/** The batches of a microbatch model that is published after its tests: each is staged, tested and published by itself. */
function batchPartitions({ config }: Pick<CodeNode, 'config'>): PartitionDefinition | undefined {
  if (config.incremental_strategy !== 'microbatch' || config.publish !== 'after_tests') return undefined;
  const { event_time: column, batch_size: size, begin } = config;
  const kind = batchSizes.find((known) => known === size);
  const start = typeof begin === 'string' ? readInstant(begin) : undefined;
  if (kind === undefined || start === undefined || typeof column !== 'string') return undefined;
  const known = batches.get(config) ?? {
    dimensions: [
      {
        kind: 'time',
        name: 'time',
        column,
        grain: { kind },
        start: start.toISOString().slice(0, 16).replace('T', ' '),
        timezone: 'UTC',
        offset: noOffset,
      },
    ],
  };
  batches.set(config, known);
  return known;
}

const batchSizes = ['hour', 'day', 'month', 'year'] as const;

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
