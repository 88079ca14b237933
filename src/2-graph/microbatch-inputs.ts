import { findMacro, type Project } from '../1-parse/index.ts';
import { type Diagnostic, type GraphNode, type ModelNode, warning } from '../core/index.ts';

/**
 * Microbatch models of which no input knows its time: every batch then reads all that there is. Where a macro of the
 * project builds them at once, there are no batches.
 */
export function unfilteredMicrobatches(project: Project, nodes: ReadonlyMap<string, GraphNode>): readonly Diagnostic[] {
  const { flags, name } = project.settings;
  const batched = flags.require_batched_execution_for_custom_microbatch_strategy === true;
  if (!batched && findMacro(project, null, 'get_incremental_microbatch_sql', name)) return [];
  const found: Diagnostic[] = [];
  for (const node of nodes.values()) {
    if (node.resource_type !== 'model' || !isMicrobatch(node)) continue;
    const isFiltered = node.depends_on.nodes.some((id) => typeof nodes.get(id)?.config.event_time === 'string');
    if (isFiltered) continue;
    const { properties, definition } = node.origin;
    found.push(
      warning('graph/microbatch-inputs', `The microbatch model '${node.name}' has no input with an event_time`, {
        span: properties ?? { ...definition, end: definition.start },
        hint: 'Set event_time where its data comes from; without it, each batch reads everything',
      }),
    );
  }
  return found;
}

const isMicrobatch = ({ config }: ModelNode): boolean =>
  config.materialized === 'incremental' && config.incremental_strategy === 'microbatch';
