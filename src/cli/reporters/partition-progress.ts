import type { Event } from '../../core/index.ts';
import { levelOf } from './step-line.ts';

/** How far a node is of which several partitions are built, or tested. */
export interface NodeProgress {
  readonly nodeId: string;
  readonly total: number;
  /** Ended, in whatever way. */
  done: number;
  failed: number;
  skipped: number;
  running: number;
  /** Milliseconds since 1970, of the first step that started. */
  startedAt: number | undefined;
  endedAt: number;
}

/** Counts the partitions of a run, by node. Nodes of which there is but one step are not counted. */
export class PartitionProgress {
  readonly #nodes = new Map<string, NodeProgress>();

  event(event: Event): void {
    if (event.kind === 'run-started') this.#start(event.steps);
    if (event.kind !== 'step-started' && event.kind !== 'step-finished') return;
    const node = event.partition === undefined ? undefined : this.#nodes.get(event.nodeId);
    if (!node) return;
    if (event.kind === 'step-started') {
      node.running += 1;
      node.startedAt ??= event.at;
      return;
    }
    node.running = Math.max(0, node.running - 1);
    node.done += 1;
    node.startedAt ??= event.startedAt;
    node.endedAt = event.at;
    if (event.status === 'skipped') node.skipped += 1;
    else if (levelOf(event) === 'error') node.failed += 1;
  }

  of(nodeId: string): NodeProgress | undefined {
    return this.#nodes.get(nodeId);
  }

  /** In the order of the plan. */
  all(): readonly NodeProgress[] {
    return [...this.#nodes.values()];
  }

  #start(steps: readonly { readonly nodeId: string; readonly partition?: string | undefined }[]): void {
    const totals = new Map<string, number>();
    for (const { nodeId, partition } of steps) {
      if (partition !== undefined) totals.set(nodeId, (totals.get(nodeId) ?? 0) + 1);
    }
    for (const [nodeId, total] of totals) {
      if (total < 2) continue;
      const counts = { done: 0, failed: 0, skipped: 0, running: 0 };
      this.#nodes.set(nodeId, { nodeId, total, ...counts, startedAt: undefined, endedAt: 0 });
    }
  }
}

/** Milliseconds that the rest will take if it goes on as it did. Undefined: nobody can tell yet. */
export function timeLeft({ total, done, startedAt }: NodeProgress, now: number): number | undefined {
  if (startedAt === undefined || done === 0) return undefined;
  return ((now - startedAt) / done) * (total - done);
}
