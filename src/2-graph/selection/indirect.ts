import { isTest } from '../../core/index.ts';
import type { Graph } from '../graph.ts';
import { reach } from './neighbours.ts';
import type { IndirectSelection } from './request.ts';

/**
 * What a part of a selection selects: `direct` for sure, `indirect` the tests that read something selected and may
 * still come in when the rest of what they read does.
 */
export interface Selected {
  readonly direct: ReadonlySet<string>;
  readonly indirect: ReadonlySet<string>;
}

/**
 * Adds the tests of selected nodes. Eager: a test comes along when anything it reads is selected; cautious: when all of
 * it is; buildable: when all of it is selected, above something selected, or a source; empty: never.
 */
export function expandSelection(graph: Graph, selected: ReadonlySet<string>, mode: IndirectSelection): Selected {
  if (mode === 'empty') return { direct: selected, indirect: new Set() };
  const direct = new Set(selected);
  const indirect = new Set<string>();
  const present = mode === 'buildable' ? withParents(graph, selected) : selected;
  const isPresent = (id: string): boolean =>
    present.has(id) || (mode === 'buildable' && graph.nodes.get(id)?.resource_type === 'source');
  for (const id of selected) {
    for (const child of graph.children.get(id) ?? []) {
      if (!isTest(graph.nodes.get(child))) continue;
      const comesAlong = mode === 'eager' || parentsOf(graph, child).every(isPresent);
      (comesAlong ? direct : indirect).add(child);
    }
  }
  return { direct, indirect };
}

/** Takes in the tests that were waiting and whose nodes are all there, now that the parts are combined. */
export function incorporateIndirect(
  graph: Graph,
  direct: ReadonlySet<string>,
  indirect: ReadonlySet<string>,
  mode: IndirectSelection,
): ReadonlySet<string> {
  if (mode !== 'cautious' && mode !== 'buildable') return direct;
  const present = mode === 'buildable' ? withParents(graph, direct) : direct;
  const selected = new Set(direct);
  for (const id of indirect) {
    if (graph.nodes.get(id)?.resource_type !== 'test') continue;
    if (parentsOf(graph, id).every((parent) => present.has(parent))) selected.add(id);
  }
  return selected;
}

function withParents(graph: Graph, selected: ReadonlySet<string>): ReadonlySet<string> {
  const result = reach(graph.parents, selected);
  for (const id of selected) result.add(id);
  return result;
}

function parentsOf(graph: Graph, id: string): readonly string[] {
  return graph.parents.get(id) ?? [];
}
