import type { Graph } from '../../2-graph/index.ts';
import { type GraphNode, isEphemeral, type LeftOut, type ProjectChanges } from '../../core/index.ts';

/** What of a change is built and tested. */
export interface ChosenNodes {
  /** Models, seeds, snapshots and functions, in the order of the graph. */
  readonly built: readonly string[];
  /** Data tests and unit tests, in the order of the graph. */
  readonly tests: readonly string[];
  readonly leftOut: readonly LeftOut[];
}

export interface NodeChoice {
  readonly changes: ProjectChanges;
  /** Tests and unit tests that are new or other than they were. */
  readonly changedTests: readonly string[];
  /** Undefined: as many as there are. Tests do not count. */
  readonly mostNodes: number | undefined;
  /** Whether production has a node, so that what is not built can be read there. */
  readonly isInProduction: (id: string) => boolean;
}

/**
 * What a change can alter is built, with its tests. Where that is more than the budget, what changed comes first, then
 * what stands nearest to it.
 */
export function chooseNodes(graph: Graph, choice: NodeChoice): ChosenNodes {
  const { changes, mostNodes, isInProduction } = choice;
  const distances = distancesOf(changes);
  const wanted = graph.order.filter((id) => distances.has(id) && leavesSomething(graph.nodes.get(id)));
  const most = mostNodes ?? wanted.length;
  const nearest = [...wanted].sort((one, other) => (distances.get(one) ?? 0) - (distances.get(other) ?? 0));
  const kept = new Set(nearest.slice(0, most));
  const reasons = new Map(nearest.slice(most).map((id) => [id, `it is more than --max-nodes ${most} allows`]));
  const within = { graph, leftOut: reasons, isInProduction };
  for (const id of wanted) {
    const missing = kept.has(id) ? missingParent(id, within) : undefined;
    if (missing === undefined) continue;
    kept.delete(id);
    reasons.set(id, `it reads ${nameOf(missing, graph)}, which is left out and not in production`);
  }
  return {
    built: wanted.filter((id) => kept.has(id)),
    tests: testsOf({ ids: new Set([...distances.keys(), ...choice.changedTests]), built: kept }, within),
    leftOut: nearest.flatMap((id) => {
      const reason = reasons.get(id);
      return reason === undefined ? [] : [{ id, name: nameOf(id, graph), reason }];
    }),
  };
}

/** How many steps the nodes that may be altered stand away from what changed. */
function distancesOf({ nodes, affected }: ProjectChanges): ReadonlyMap<string, number> {
  const distances = new Map<string, number>();
  for (const { id, change, class: reach } of nodes) {
    if (change !== 'removed' && reach !== 'none') distances.set(id, 0);
  }
  // In the order of the graph: what a node is affected through comes before it.
  for (const { id, through } of affected) {
    if (distances.has(id)) continue;
    const above = through.flatMap((parent) => distances.get(parent) ?? []);
    distances.set(id, above.length === 0 ? 1 : Math.min(...above) + 1);
  }
  return distances;
}

const built: ReadonlySet<string> = new Set(['model', 'seed', 'snapshot', 'function']);

function leavesSomething(node: GraphNode | undefined): boolean {
  return node !== undefined && built.has(node.resource_type) && !isEphemeral(node);
}

interface Surroundings extends Pick<NodeChoice, 'isInProduction'> {
  readonly graph: Graph;
  readonly leftOut: ReadonlyMap<string, string>;
}

/** What a node reads that will be nowhere. */
function missingParent(id: string, within: Surroundings): string | undefined {
  return missingOf(within.graph.parents.get(id) ?? [], within);
}

function missingOf(parents: readonly string[], within: Surroundings): string | undefined {
  const { graph, leftOut, isInProduction } = within;
  for (const parent of parents) {
    if (leftOut.has(parent) && !isInProduction(parent)) return parent;
    const node = graph.nodes.get(parent);
    const further = node && isEphemeral(node) ? missingParent(parent, within) : undefined;
    if (further !== undefined) return further;
  }
  return undefined;
}

interface Altered {
  readonly ids: ReadonlySet<string>;
  readonly built: ReadonlySet<string>;
}

/** Tests of what is built or stands in what is built, unit tests of all code that is altered, and what changed itself. */
function testsOf({ ids, built }: Altered, within: Surroundings): readonly string[] {
  const { graph } = within;
  const isLookedAt = (id: string): boolean => {
    const node = graph.nodes.get(id);
    return built.has(id) || (ids.has(id) && node !== undefined && isEphemeral(node));
  };
  return graph.order.filter((id) => {
    const node = graph.nodes.get(id);
    if (node?.resource_type === 'unit_test') {
      const [model = '', ...inputs] = node.depends_on.nodes;
      return (ids.has(id) || ids.has(model)) && missingOf(inputs, within) === undefined;
    }
    if (node?.resource_type !== 'test' || missingParent(id, within) !== undefined) return false;
    return ids.has(id) || node.depends_on.nodes.some(isLookedAt);
  });
}

const nameOf = (id: string, graph: Graph): string => graph.nodes.get(id)?.name ?? id;
