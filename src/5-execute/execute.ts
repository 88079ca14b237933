import type { Plan } from '../4-plan/index.ts';
import type { RunFinished, StepFinished } from '../core/index.ts';
import type { ExecuteContext } from './context.ts';
import { Run } from './run.ts';
import { takeApart } from './take-apart.ts';

export interface Outcome {
  readonly results: readonly StepFinished[];
  readonly outcome: RunFinished['outcome'];
}

/** Runs a plan to its end and says what happens as it happens. Never throws for what a node did wrong. */
export async function execute(plan: Plan, context: ExecuteContext): Promise<Outcome> {
  const startedAt = context.now();
  const steps = takeApart(plan, context.graph, { now: startedAt, current: true });
  const run = new Run({ steps }, context, runPlan);
  context.emit({
    kind: 'run-started',
    at: startedAt,
    invocationId: context.environment.invocationId,
    command: plan.command,
    args: context.environment.flags.others,
    target: context.environment.target.name,
    threads: context.environment.target.threads,
    version: context.environment.version,
    steps: steps.flatMap(({ nodeId, part, partition }) => {
      const resourceType = context.graph.nodes.get(nodeId)?.resource_type ?? 'model';
      return part === 'stage' ? [] : [{ nodeId, resourceType, partition }];
    }),
    hooks: { before: plan.before.length, after: plan.after.length },
  });
  const onAbort = (): void => run.interrupt();
  context.signal.addEventListener('abort', onAbort, { once: true });
  if (context.signal.aborted) run.interrupt();
  try {
    await run.all({ ...plan, steps });
  } finally {
    context.signal.removeEventListener('abort', onAbort);
    await run.sessions.close();
  }
  const outcome = run.outcome();
  context.emit({ kind: 'run-finished', at: context.now(), outcome, elapsedMs: context.now() - startedAt });
  return { results: run.results, outcome };
}

const runPlan = async (plan: Plan, context: ExecuteContext): Promise<readonly StepFinished[]> =>
  (await execute(plan, context)).results;
