import {
  type CodeNode,
  type Json,
  type PartitionDefinition,
  type PartitionsReading,
  readPartitions,
} from '../core/index.ts';
import type { ProjectSettings } from './project.ts';

const readings = new WeakMap<object, PartitionsReading>();

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
  return reading?.kind === 'definition' && reading.definition.dimensions.length > 0 ? reading.definition : undefined;
}
