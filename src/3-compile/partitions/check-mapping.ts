import { partitionsOf } from '../../1-parse/index.ts';
import type { Diagnostic, Node } from '../../core/index.ts';
import type { MappingCheckInput } from './mapping-check.ts';

/** Looks whether a model reads what its partition mapping says. All that this needs is loaded for models with partitions only. */
export async function checkMapping(id: string, input: MappingCheckInput): Promise<readonly Diagnostic[]> {
  const node = input.graph.nodes.get(id) as Node | undefined;
  if (!node || !partitionsOf(node, input.graph.project.settings)) return [];
  // What a batch reads is cut to its stretch of time, as in dbt.
  if (node.config.incremental_strategy === 'microbatch') return [];
  return (await import('./mapping-check.ts')).mappingWarnings(id, input);
}
