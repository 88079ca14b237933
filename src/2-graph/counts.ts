import type { Project } from '../1-parse/index.ts';

/** How many nodes of each kind a project has: `model`, `data test`, `source`, `macro`… Kinds that it lacks are left out. */
export type NodeCounts = Readonly<Record<string, number>>;

const known = new WeakMap<Project, NodeCounts>();

/** Says what is known already of a project's counts, so that nobody has to look at all nodes for them. */
export function knowCounts(project: Project, counts: NodeCounts): void {
  known.set(project, counts);
}

/** Counts what a project has, nodes first. */
export function nodeCounts(project: Project): NodeCounts {
  const before = known.get(project);
  if (before) return before;
  const counts: Record<string, number> = {};
  for (const { resource_type: type } of project.nodes.values()) {
    const kind = type === 'test' ? 'data test' : type;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  const others = {
    'unit test': project.unit_tests.size,
    source: project.sources.size,
    exposure: project.exposures.size,
    function: project.functions.size,
    metric: project.metrics.size,
    'semantic model': project.semantic_models.size,
    'saved query': project.saved_queries.size,
    macro: project.macros.size,
  };
  return { ...counts, ...Object.fromEntries(Object.entries(others).filter(([, number]) => number > 0)) };
}
