import { partitionsOf, settingPlace } from '../1-parse/index.ts';
import {
  type CodeNode,
  type Diagnostic,
  didYouMeanHint,
  error,
  type Json,
  type Node,
  overlapMapping,
  type PartitionDefinition,
  type PartitionMapping,
  readMapping,
} from '../core/index.ts';
import type { Graph } from './graph.ts';

/**
 * How a node reads the partitions of a parent: `partition_mapping: {parent: …}` in its settings. Default: what overlaps in
 * time and equals in shared dimensions.
 */
export function mappingOf(
  node: Pick<CodeNode, 'config'>,
  parent: Pick<CodeNode, 'name'>,
  definition: PartitionDefinition,
  ofParent: PartitionDefinition,
): PartitionMapping {
  const mappings = (node.config.partition_mapping ?? {}) as Readonly<Record<string, Json>>;
  const reading = readMapping(mappings[parent.name] ?? null, definition, ofParent);
  return reading.kind === 'mapping' ? reading.mapping : overlapMapping;
}

/** What is wrong with the mappings of a model, told before anything is built. */
export function mappingProblems(node: Node, graph: Graph): readonly Diagnostic[] {
  const { settings } = graph.project;
  const definition = partitionsOf(node, settings);
  const mappings = node.config.partition_mapping as Readonly<Record<string, Json>> | null | undefined;
  if (!definition || !mappings) return [];
  const span = settingPlace(node, 'partition_mapping');
  const parents = node.depends_on.nodes.flatMap((id): Node[] => {
    const parent = graph.nodes.get(id);
    return parent?.resource_type === 'model' ? [parent] : [];
  });
  return Object.entries(mappings).flatMap(([name, mapping]): Diagnostic[] => {
    const parent = parents.find((one) => one.name === name);
    const ofParent = parent && partitionsOf(parent, settings);
    if (!ofParent) {
      const message = `'${node.name}' maps the partitions of '${name}', which it does not read, or which has none`;
      const mapped = parents.filter((one) => partitionsOf(one, settings)).map((one) => one.name);
      const known = mapped.length === 0 ? undefined : `It reads partitions of: ${mapped.join(', ')}`;
      return [error('plan/partition-mapping', message, { span, hint: didYouMeanHint(name, mapped) ?? known })];
    }
    const reading = readMapping(mapping, definition, ofParent);
    if (reading.kind === 'mapping') return [];
    return reading.problems.map(({ message, hint }) => error('plan/partition-mapping', message, { span, hint }));
  });
}
