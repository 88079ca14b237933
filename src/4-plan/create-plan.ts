import { type Graph, testEdges } from '../2-graph/index.ts';
import { type GraphNode, hasOwnCode, isEphemeral, type SourceNode, thresholdOf } from '../core/index.ts';
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
  /** Whether a source's table is filled from files before something reads it. Default: none is. */
  readonly isLoaded?: ((source: SourceNode) => boolean) | undefined;
  /** Whether the project's `on-run-start` and `on-run-end` hooks belong to the command. */
  readonly withProjectHooks: boolean;
}

/** Orders the selected nodes. A node that is selected waits for the nearest selected nodes above it. */
export function createPlan(graph: Graph, request: PlanRequest): Plan {
  const { command, selected, action = 'run' } = request;
  if (action === 'clone') return clonePlan(graph, request);
  if (action === 'freshness') return freshnessPlan(graph, request);
  const asSteps = action === 'compile' && request.withEphemeral === true;
  const ephemeral = asSteps ? [] : selected.filter((id) => isEphemeral(graph.nodes.get(id)));
  if (action === 'compile') {
    const silent = new Set(ephemeral);
    const steps = selected.filter((id) => hasCode(graph.nodes.get(id)) && !silent.has(id));
    return { command, action, before: [], steps: steps.map((id) => step(id, [])), ephemeral, after: [] };
  }
  const runnable = selected.filter((id) => leavesSomething(graph.nodes.get(id)));
  if (runnable.length === 0) return { command, action, before: [], steps: [], ephemeral, after: [] };
  const unitTests = request.testsBlock ? unitTestsByModel(graph, runnable) : noUnitTests;
  // What a model's code does wrong says nothing of its table where that is not built.
  const built = new Set(selected);
  const holding = new Map([...unitTests].filter(([model]) => built.has(model)));
  const above = nearestAbove(graph, new Set(runnable), holding);
  const blocking = request.testsBlock ? testEdges(graph, runnable) : new Map<string, readonly string[]>();
  const ofData = (id: string): readonly string[] => [...above(id), ...(blocking.get(id) ?? [])];
  const waitsFor = (id: string): readonly string[] => {
    const node = graph.nodes.get(id);
    if (node?.resource_type !== 'unit_test') return ofData(id);
    return request.testsBlock ? beforeUnitTest(id, node.depends_on.nodes[0] ?? '', unitTests, ofData) : [];
  };
  const sources = new Map(runnable.map((id) => [id, filledSources(id, graph, request)]));
  const filled = [...new Set([...sources.values()].flat())].sort();
  const steps = [
    ...filled.map((id) => step(id, [])),
    ...runnable.map((id) => step(id, [...waitsFor(id), ...(sources.get(id) ?? [])])),
  ];
  return {
    command,
    action,
    before: request.withProjectHooks ? projectHooks(graph, 'on-run-start') : [],
    steps,
    ephemeral,
    after: request.withProjectHooks ? projectHooks(graph, 'on-run-end') : [],
  };
}

/** The sources that a node reads, by itself or in an ephemeral model, and that are filled before. */
function filledSources(id: string, graph: Graph, request: PlanRequest): readonly string[] {
  const { isLoaded } = request;
  if (!isLoaded || graph.nodes.get(id)?.resource_type === 'unit_test') return [];
  return (graph.parents.get(id) ?? []).flatMap((parent) => {
    const node = graph.nodes.get(parent);
    if (node?.resource_type === 'source') return isLoaded(node) ? [parent] : [];
    return isEphemeral(node) ? filledSources(parent, graph, request) : [];
  });
}

/** A clone waits for nothing: what it is made of is there. */
function clonePlan(graph: Graph, { command, selected }: PlanRequest): Plan {
  const steps = selected.filter((id) => leavesSomething(graph.nodes.get(id)));
  return { command, action: 'clone', before: [], steps: steps.map((id) => step(id, [])), after: [] };
}

/** Sources wait for nothing. Those of which nobody said how old they may be are left out. */
function freshnessPlan(graph: Graph, { command, selected, withProjectHooks }: PlanRequest): Plan {
  const checked = selected.filter((id) => {
    const node = graph.nodes.get(id);
    return node?.resource_type === 'source' && thresholdOf(node.freshness) !== undefined;
  });
  return {
    command,
    action: 'freshness',
    before: withProjectHooks && checked.length > 0 ? projectHooks(graph, 'on-run-start') : [],
    steps: checked.map((id) => step(id, [])),
    after: withProjectHooks && checked.length > 0 ? projectHooks(graph, 'on-run-end') : [],
  };
}

function step(nodeId: string, waitsFor: readonly string[]): Step {
  return { nodeId, waitsFor: [...new Set(waitsFor)], reason: 'selected' };
}

function hasCode(node: GraphNode | undefined): boolean {
  if (!node || !(hasOwnCode(node) || node.resource_type === 'unit_test')) return false;
  return node.resource_type !== 'operation';
}

/** Ephemeral models and analyses leave nothing behind: their edges pass through. Exposures and saved queries end as `no-op`. */
function leavesSomething(node: GraphNode | undefined): boolean {
  if (node?.resource_type === 'exposure' || node?.resource_type === 'saved_query') return true;
  return hasCode(node) && node?.resource_type !== 'analysis' && !isEphemeral(node);
}

const noUnitTests: ReadonlyMap<string, readonly string[]> = new Map();

/** The unit tests that run, by the model that they test, in the order of their names. */
function unitTestsByModel(graph: Graph, steps: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const tests = new Map<string, string[]>();
  for (const id of steps) {
    const node = graph.nodes.get(id);
    if (node?.resource_type !== 'unit_test') continue;
    const model = node.depends_on.nodes[0] ?? '';
    const known = tests.get(model);
    if (known === undefined) tests.set(model, [id]);
    else known.push(id);
  }
  for (const ids of tests.values()) ids.sort();
  return tests;
}

/**
 * As in dbt, a model's unit tests run before the model, once all is there that it reads, one after the other; after one
 * that fails, neither the others run nor the model.
 */
function beforeUnitTest(
  id: string,
  model: string,
  tests: ReadonlyMap<string, readonly string[]>,
  ofData: (id: string) => readonly string[],
): readonly string[] {
  const ofModel = tests.get(model) ?? [];
  const before = ofModel[ofModel.indexOf(id) - 1];
  const others = new Set(ofModel);
  return before === undefined ? ofData(model).filter((above) => !others.has(above)) : [before];
}

/** What a node reads and what tests it, as far as it runs; through nodes that do not run, what those read. */
function nearestAbove(
  graph: Graph,
  steps: ReadonlySet<string>,
  unitTests: ReadonlyMap<string, readonly string[]>,
): (id: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  const visit = (id: string): readonly string[] => {
    const before = known.get(id);
    if (before) return before;
    const found = new Set<string>(unitTests.get(id)?.slice(-1));
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
