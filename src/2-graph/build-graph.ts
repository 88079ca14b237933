import type { Project } from '../1-parse/index.ts';
import type { Diagnostic, GraphNode, TestNode } from '../core/index.ts';
import { findCircles } from './circles.ts';
import { connect } from './connect.ts';
import { findDuplicates } from './duplicates.ts';
import type { Graph } from './graph.ts';
import { unknownLayers } from './layers.ts';
import { Linker } from './link.ts';
import { unfilteredMicrobatches } from './microbatch-inputs.ts';
import type { Reader } from './references.ts';
import { validateSelectors } from './selection/selectors.ts';

/**
 * Resolves every `ref()` and `source()` of a project and orders its nodes. Never throws for a faulty project: what is
 * wrong stands in `diagnostics`, and the graph holds as much as could be resolved.
 */
export function buildGraph(project: Project): Graph {
  const linker = new Linker(project);
  const nodes = new Map<string, GraphNode>(project.sources);
  const dropped = new Map<string, TestNode>();
  const add = (node: Reader): void => {
    const linked = linker.link(node);
    if (linked.kind === 'dropped') dropped.set(node.unique_id, linked.node);
    else nodes.set(node.unique_id, linked.node);
  };
  for (const node of project.nodes.values()) add(node);
  for (const exposure of project.exposures.values()) add(exposure);
  const { parents, children, order, unsorted } = connect(nodes);
  const diagnostics: Diagnostic[] = [
    ...linker.diagnostics,
    ...findCircles(nodes, parents, unsorted),
    ...findDuplicates(project),
    ...unknownLayers(project),
    ...unfilteredMicrobatches(project, nodes),
    ...validateSelectors(project.selectors),
  ];
  return { project, nodes, parents, children, order, dropped, diagnostics };
}
