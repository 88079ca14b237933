// graph: Project → Graph

export { buildGraph } from './build-graph.ts';
export { knowCounts, type NodeCounts, nodeCounts } from './counts.ts';
export { dataParents, isTransparent } from './data-parents.ts';
export type { Graph } from './graph.ts';
export { type KeptBytes, keepGraph, type RestoredGraph, type RestoreInput, restoreGraph } from './kept/kept-graph.ts';
export type { ReadLarge } from './kept/row-reader.ts';
export { mappingOf, mappingProblems } from './partition-mapping.ts';
export { readElsewhere } from './read-elsewhere.ts';
export {
  type RefResolution,
  resolveRef,
  resolveSource,
  type SourceResolution,
} from './references.ts';
export { resolveFunction, resolveMetric } from './resolve-named.ts';
export type {
  IndirectSelection,
  PreviousManifest,
  PreviousState,
  Selection,
  SelectionRequest,
} from './selection/request.ts';
export { select } from './selection/select.ts';
export { testEdges } from './test-edges.ts';
