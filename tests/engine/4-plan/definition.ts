import { type PartitionDefinition, readPartitions } from '../../../src/core/index.ts';

/** What `partitions:` of a model means; a test that has it wrong ends here. */
export function definitionOf(config: Parameters<typeof readPartitions>[0]): PartitionDefinition {
  const reading = readPartitions(config);
  if (reading.kind === 'problems') throw new Error(JSON.stringify(reading.problems));
  return reading.definition;
}
