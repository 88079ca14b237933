import { type Graph, testEdges } from '../2-graph/index.ts';
import type { GraphNode } from '../core/index.ts';
import type { Plan, Step } from './plan.ts';

export interface PlanRequest {
  readonly command: string;
  /** Default `run`. To compile, nothing has to wait for anything, and ephemeral models are steps of their own. */
  readonly action?: Plan['action'];
  /** Whether ephemeral models are compiled by themselves, and not only into those that read them. Default false. */
  readonly withEphemeral?: boolean;
  /** Selected ids, in graph order. */
  readonly selected: readonly string[];
  /**
   * `build`: tests stand between a node and what is downstream of it. False for commands that only run or only test;
   * then tests wait for nothing.
   */
  readonly testsBlock: boolean;
  /** Whether the project's `on-run-start` and `on-run-end` hooks belong to the command. */
  readonly withProjectHooks: boolean;
}

/** Orders the selected nodes. A node that is selected waits for the nearest selected nodes above it. */
export function createPlan(graph: Graph, request: PlanRequest): Plan {
  const { command, selected, action = 'run' } = request;
  const asSteps = action === 'compile' && request.withEphemeral === true;
  const ephemeral = asSteps ? [] : selected.filter((id) => isEphemeral(graph.nodes.get(id)));
  if (action === 'compile') {
    const silent = new Set(ephemeral);
    const steps = selected.filter((id) => hasCode(graph.nodes.get(id)) && !silent.has(id));
    return { command, action, before: [], steps: steps.map((id) => step(id, [])), ephemeral, after: [] };
  }
  const runnable = selected.filter((id) => leavesSomething(graph.nodes.get(id)));
  if (runnable.length === 0) return { command, action, before: [], steps: [], ephemeral, after: [] };
  const above = nearestAbove(graph, new Set(runnable));
  const blocking = request.testsBlock ? testEdges(graph, runnable) : new Map<string, readonly string[]>();
  return {
    command,
    action,
    before: request.withProjectHooks ? projectHooks(graph, 'on-run-start') : [],
    steps: runnable.map((id) => step(id, [...above(id), ...(blocking.get(id) ?? [])])),
    ephemeral,
    after: request.withProjectHooks ? projectHooks(graph, 'on-run-end') : [],
  };
}

function step(nodeId: string, waitsFor: readonly string[]): Step {
  return { nodeId, waitsFor: [...new Set(waitsFor)], reason: 'selected' };
}

function hasCode(node: GraphNode | undefined): boolean {
  if (!node || node.resource_type === 'source' || node.resource_type === 'exposure') return false;
  return node.resource_type !== 'operation';
}

/** Ephemeral models and analyses leave nothing behind: their edges pass through. An exposure ends as `no-op`. */
function leavesSomething(node: GraphNode | undefined): boolean {
  if (node?.resource_type === 'exposure') return true;
  return hasCode(node) && node?.resource_type !== 'analysis' && !isEphemeral(node);
}

function isEphemeral(node: GraphNode | undefined): boolean {
  return node?.resource_type === 'model' && node.config.materialized === 'ephemeral';
}

function nearestAbove(graph: Graph, steps: ReadonlySet<string>): (id: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  const visit = (id: string): readonly string[] => {
    const before = known.get(id);
    if (before) return before;
    const found = new Set<string>();
    for (const parent of graph.parents.get(id) ?? []) {
      if (steps.has(parent)) found.add(parent);
      else for (const further of visit(parent)) found.add(further);
    }
    const result = [...found];
    known.set(id, result);
    return result;
  };
  // In graph order, so that the recursion above is never deep.
  for (const id of graph.order) visit(id);
  return visit;
}

function projectHooks(graph: Graph, when: 'on-run-start' | 'on-run-end'): string[] {
  return [...graph.nodes.values()]
    .flatMap((node) => (node.resource_type === 'operation' && node.tags.includes(when) ? [node] : []))
    .sort((a, b) => order(graph, a.package_name) - order(graph, b.package_name) || a.index - b.index)
    .map((node) => node.unique_id);
}

/** Hooks of packages run before those of the project, which may build on them. */
function order(graph: Graph, packageName: string): number {
  return packageName === graph.project.name ? 1 : 0;
}
