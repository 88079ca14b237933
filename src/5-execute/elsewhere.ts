import type { Step } from '../4-plan/index.ts';
import { error, type StepFinished } from '../core/index.ts';
import type { ExecuteContext, StepContext } from './context.ts';

/** Whoever published the partitions has tested them: it is counted there. */
export function builtElsewhere(
  { nodeId, partition, staged }: Step,
  runId: string,
  thread: number,
  { now }: ExecuteContext,
): StepFinished {
  const done = staged
    ? ({ status: 'no-op', message: `Tested by run ${runId}` } as const)
    : ({ status: 'success', message: `Built by run ${runId}` } as const);
  const at = now();
  const counts = { failures: null, rowsAffected: null, diagnostics: [] };
  return { kind: 'step-finished', at, startedAt: at, nodeId, partition, thread, ...done, ...counts };
}

/** The machine slept, or the process was stopped for a while: another one has begun to build the same. */
export function leaseLost({ nodeId, partition }: Step, { now, thread, graph }: StepContext): StepFinished {
  const name = `${graph.nodes.get(nodeId)?.name ?? nodeId}[${partition}]`;
  const message = `Another process has taken over '${name}': nothing had been heard of this one for too long`;
  const hint = 'Run it again: what the other one publishes is left as it is by --missing';
  const diagnostics = [error('execute/lease-lost', message, { hint })];
  const at = now();
  const counts = { failures: null, rowsAffected: null, diagnostics };
  return { kind: 'step-finished', at, startedAt: at, nodeId, partition, thread, status: 'error', message, ...counts };
}
