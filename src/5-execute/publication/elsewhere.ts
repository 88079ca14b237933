import type { Step } from '../../4-plan/index.ts';
import { type Diagnostic, error, type StepFinished } from '../../core/index.ts';
import type { ExecuteContext, StepContext } from '../context.ts';

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
export function leaseLost(step: Step, context: StepContext): StepFinished {
  const message = `Another process has taken over '${nameOf(step, context)}': nothing had been heard of this one for too long`;
  const hint =
    step.partition === undefined
      ? 'Run it again'
      : 'Run it again: what the other one publishes is left as it is by --missing';
  return notBuilt(step, context.thread, error('execute/lease-lost', message, { hint }), context);
}

/** Each of two runs has staged what the other is to stage, and a test wants to see both. */
export function turnsCrossed(step: Step, thread: number, context: ExecuteContext): StepFinished {
  const message = `Another run is building '${nameOf(step, context)}' and what is tested together with it: each would wait for the other`;
  return notBuilt(
    step,
    thread,
    error('execute/turns-crossed', message, { hint: 'Run it again when it has ended' }),
    context,
  );
}

function notBuilt(
  { nodeId, partition }: Step,
  thread: number,
  diagnostic: Diagnostic,
  { now }: ExecuteContext,
): StepFinished {
  const [at, message] = [now(), diagnostic.message];
  const counts = { failures: null, rowsAffected: null, diagnostics: [diagnostic] };
  return { kind: 'step-finished', at, startedAt: at, nodeId, partition, thread, status: 'error', message, ...counts };
}

function nameOf({ nodeId, partition }: Step, { graph }: ExecuteContext): string {
  const name = graph.nodes.get(nodeId)?.name ?? nodeId;
  return partition === undefined ? name : `${name}[${partition}]`;
}
