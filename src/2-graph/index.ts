// graph: Project → Graph

export { buildGraph } from './build-graph.ts';
export { knowCounts, type NodeCounts, nodeCounts } from './counts.ts';
export { dataParents, isTransparent } from './data-parents.ts';
export type { Graph } from './graph.ts';
export { keepGraph, type RestoredGraph, restoreGraph } from './kept/kept-graph.ts';
export { mappingOf, mappingProblems } from './partition-mapping.ts';
export { readElsewhere } from './read-elsewhere.ts';
export {
  resolveRef,
  resolveSource,
} from './references.ts';
export { resolveFunction, resolveMetric } from './resolve-named.ts';
export { namedIn } from './selection/named-in.ts';
export type {
  IndirectSelection,
  PreviousState,
  Selection,
  SelectionRequest,
} from './selection/request.ts';
export { select } from './selection/select.ts';
export { testEdges } from './test-edges.ts';
