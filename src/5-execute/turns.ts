import type { Plan, Step } from '../4-plan/index.ts';
import type { GraphNode, Lease } from '../core/index.ts';
import type { ExecuteContext } from './context.ts';

/** Whether what a node will hold depends on what it holds: two runs at once would bring the same rows twice. */
export function buildsOnItself(node: GraphNode | undefined): boolean {
  if (node?.resource_type === 'snapshot') return true;
  return node?.resource_type === 'model' && node.config.materialized === 'incremental';
}

/** What came of asking for a node's turn. */
export type Turn =
  | 'ours'
  /** Another run is at it: it is to be waited for. */
  | 'taken'
  /** Another run is at it and cannot end before this one has: there is no use in waiting. */
  | 'crossed';

/**
 * Of runs that build the same at the same time, one waits for the other where both would build on what the node holds, from
 * before its new rows are computed until they are published. Nodes with partitions have a lease for each of those instead.
 */
export class Turns {
  readonly #context: ExecuteContext;
  readonly #held = new Map<string, Lease>();
  readonly #awaited = new Set<string>();
  /** For tests that hold back several nodes: which. */
  readonly #together: readonly (readonly string[])[];

  constructor({ steps }: Pick<Plan, 'steps'>, context: ExecuteContext) {
    this.#context = context;
    this.#together = steps.flatMap(({ staged = [] }) => (staged.length > 1 ? [staged] : []));
  }

  /** Asks for it before anything is done for a step. It is kept until it is released. */
  take({ nodeId, part, partition, batches }: Step): Turn {
    const { leases, graph, emit, now } = this.#context;
    const isShared = partition !== undefined || batches !== undefined;
    if (!leases || isShared || part === 'publish' || !buildsOnItself(graph.nodes.get(nodeId))) return 'ours';
    const lease = leases.take(nodeId, ['']);
    if (lease) {
      this.#held.set(nodeId, lease);
      return 'ours';
    }
    if (this.#together.some((ids) => ids.includes(nodeId) && ids.some((id) => this.#held.has(id)))) return 'crossed';
    if (!this.#awaited.has(nodeId)) {
      this.#awaited.add(nodeId);
      const text = `Another run is building ${nodeId}: this one goes on with it after that`;
      emit({ kind: 'message', at: now(), level: 'info', text, nodeId });
    }
    return 'taken';
  }

  /** Whether it is still this run's turn; so it is where nobody has to wait. */
  holds({ nodeId }: Step): boolean {
    return this.#held.get(nodeId)?.holds() ?? true;
  }

  /** To be told of every step that has ended. */
  release({ nodeId }: Pick<Step, 'nodeId'>): void {
    this.#held.get(nodeId)?.release();
    this.#held.delete(nodeId);
  }
}
