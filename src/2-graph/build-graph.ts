import type { Project } from '../1-parse/index.ts';
import type { Diagnostic, GraphNode, TestNode, UnitTestNode } from '../core/index.ts';
import { findCircles } from './circles.ts';
import { connect } from './connect.ts';
import { findDuplicates } from './duplicates.ts';
import type { Graph } from './graph.ts';
import { unknownLayers } from './layers.ts';
import { Linker } from './link.ts';
import { unfilteredMicrobatches } from './microbatch-inputs.ts';
import { checkPartitions } from './partitions.ts';
import type { Reader } from './references.ts';
import { validateSelectors } from './selection/selectors.ts';
import { checkSemantics } from './semantics/check-semantics.ts';
import { linkMetrics } from './semantics/link-metrics.ts';
import { linkSemanticModels } from './semantics/link-semantic-models.ts';
import { linkUnitTests } from './unit-tests.ts';

/**
 * Resolves every `ref()` and `source()` of a project and orders its nodes. Never throws for a faulty project: what is
 * wrong stands in `diagnostics`, and the graph holds as much as could be resolved.
 */
export function buildGraph(project: Project): Graph {
  const linker = new Linker(project);
  const nodes = new Map<string, GraphNode>(project.sources);
  const dropped = new Map<string, TestNode | UnitTestNode>();
  const add = (node: Reader): void => {
    const linked = linker.link(node);
    if (linked.kind === 'dropped') dropped.set(node.unique_id, linked.node);
    else nodes.set(node.unique_id, linked.node);
  };
  for (const node of project.nodes.values()) add(node);
  for (const one of project.functions.values()) add(one);
  for (const exposure of project.exposures.values()) add(exposure);
  for (const savedQuery of project.saved_queries.values()) add(savedQuery);
  for (const node of linkSemanticModels(project, linker)) nodes.set(node.unique_id, node);
  const metrics = linkMetrics(project);
  for (const node of metrics.nodes) nodes.set(node.unique_id, node);
  const unitTests = linkUnitTests(project);
  for (const node of unitTests.nodes) nodes.set(node.unique_id, node);
  for (const node of unitTests.dropped) dropped.set(node.unique_id, node);
  const { parents, children, order, unsorted } = connect(nodes);
  const diagnostics: Diagnostic[] = [
    ...linker.diagnostics,
    ...metrics.diagnostics,
    ...checkSemantics(project, nodes),
    ...unitTests.diagnostics,
    ...findCircles(nodes, parents, unsorted),
    ...findDuplicates(project),
    ...unknownLayers(project),
    ...unfilteredMicrobatches(project, nodes),
    ...checkPartitions(project),
    ...validateSelectors(project),
  ];
  return { project, nodes, parents, children, order, dropped, diagnostics };
}
