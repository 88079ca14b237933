import type { Plan, Step } from '../4-plan/index.ts';
import type { Node, Session, StepFinished } from '../core/index.ts';
import type { ExecuteContext } from './context.ts';
import { describeFailure } from './failure.ts';
import { prepareSchemas } from './prepare-schemas.ts';
import { runProjectHooks } from './project-hooks.ts';
import { runStep } from './run-step.ts';
import { runSteps } from './schedule.ts';
import { SessionPool } from './session-pool.ts';

export interface Outcome {
  readonly results: readonly StepFinished[];
  readonly outcome: 'success' | 'failure' | 'interrupted';
}

/** Runs a plan to its end and says what happens as it happens. Never throws for what a node did wrong. */
export async function execute(plan: Plan, context: ExecuteContext): Promise<Outcome> {
  const startedAt = context.now();
  const run = new Run(context);
  context.emit({
    kind: 'run-started',
    at: startedAt,
    invocationId: context.environment.invocationId,
    command: plan.command,
    args: context.environment.flags.others,
    target: context.environment.target.name,
    version: context.environment.version,
    steps: plan.steps.map(({ nodeId }) => ({
      nodeId,
      resourceType: context.graph.nodes.get(nodeId)?.resource_type ?? 'model',
    })),
  });
  const onAbort = (): void => run.interrupt();
  context.signal.addEventListener('abort', onAbort, { once: true });
  if (context.signal.aborted) run.interrupt();
  try {
    await run.all(plan);
  } finally {
    context.signal.removeEventListener('abort', onAbort);
    await run.sessions.close();
  }
  const outcome = run.outcome();
  context.emit({ kind: 'run-finished', at: context.now(), outcome, elapsedMs: context.now() - startedAt });
  return { results: run.results, outcome };
}

class Run {
  readonly results: StepFinished[] = [];
  readonly sessions: SessionPool;
  readonly #context: ExecuteContext;
  readonly #running = new Set<string>();
  #started = 0;
  #failed = false;
  #stopped: 'interrupted' | 'fail-fast' | undefined;

  constructor(context: ExecuteContext) {
    this.#context = context;
    this.sessions = new SessionPool(context.warehouse);
  }

  async all(plan: Plan): Promise<void> {
    const context = this.#context;
    if (plan.action === 'run') await this.sessions.use((session) => prepareSchemas(plan, context, session));
    const hooksOk = await this.#hooks(plan.before, 'on-run-start');
    if (!hooksOk) {
      for (const step of plan.steps) this.#skip(step, undefined);
    } else {
      await runSteps(plan.steps, {
        threads: context.environment.target.threads,
        run: (step, thread) => this.#step(step, thread, plan.action),
        skip: (step, because) => this.#skip(step, because),
        stopped: () => this.#stopped !== undefined,
      });
    }
    if (!this.#stopped) await this.#compileEphemeral(plan);
    if (this.#stopped !== 'interrupted') await this.#hooks(plan.after, 'on-run-end');
  }

  /** What stands below a failure is left out. What reads a broken one has failed with it; where nothing does, only compiling fails, as in dbt. */
  async #compileEphemeral(plan: Plan): Promise<void> {
    const { ephemeral = [], action } = plan;
    const context = this.#context;
    const failed = this.#blocked(plan);
    for (const id of ephemeral) {
      const parents = (context.graph.nodes.get(id) as Node).depends_on.nodes;
      if (parents.some((parent) => failed.has(parent))) {
        failed.add(id);
        continue;
      }
      try {
        await this.sessions.use((session) => context.compiler.compile(id, session));
      } catch (failure) {
        const node = context.graph.nodes.get(id) as Node;
        for (const diagnostic of describeFailure(failure, node, undefined)) {
          context.emit({ kind: 'message', at: context.now(), level: 'error', text: diagnostic.message, diagnostic });
        }
        if (action === 'compile') this.#failed = true;
      }
    }
  }

  /** What nothing may be built on: what was not built, and in a `build` what a test found fault with. */
  #blocked({ command }: Plan): Set<string> {
    const { nodes } = this.#context.graph;
    const blocked = new Set<string>();
    for (const { nodeId, status } of this.results) {
      if (!notBuilt.has(status)) continue;
      blocked.add(nodeId);
      const node = nodes.get(nodeId);
      if (command === 'build' && node?.resource_type === 'test') {
        for (const parent of node.depends_on.nodes) blocked.add(parent);
      }
    }
    return blocked;
  }

  interrupt(): void {
    if (this.#stopped === 'interrupted') return;
    this.#stopped = 'interrupted';
    this.#context.emit({ kind: 'run-interrupted', at: this.#context.now(), running: [...this.#running] });
    void this.#context.warehouse.cancelAll();
  }

  outcome(): Outcome['outcome'] {
    if (this.#stopped === 'interrupted') return 'interrupted';
    return this.#failed || this.results.some((result) => failing.has(result.status)) ? 'failure' : 'success';
  }

  async #hooks(ids: readonly string[], when: 'on-run-start' | 'on-run-end'): Promise<boolean> {
    if (ids.length === 0 || this.#stopped) return true;
    const finished = await this.sessions.use((session) =>
      runProjectHooks(ids, when, this.#context, session, this.results),
    );
    for (const result of finished) this.#finish(result);
    return finished.every((result) => result.status === 'success');
  }

  async #step(step: Step, thread: number, action: Plan['action']): Promise<boolean> {
    const context = this.#context;
    this.#started += 1;
    this.#running.add(step.nodeId);
    context.emit({ kind: 'step-started', at: context.now(), nodeId: step.nodeId, index: this.#started, thread });
    const result = await this.sessions.use((session: Session) =>
      runStep(step, action, { ...context, session, thread }),
    );
    this.#running.delete(step.nodeId);
    this.#finish(result);
    if (failing.has(result.status) && context.environment.flags.failFast && !this.#stopped) {
      this.#stopped = 'fail-fast';
      await context.warehouse.cancelAll();
    }
    return !failing.has(result.status);
  }

  #skip(step: Step, because: string | undefined): void {
    const at = this.#context.now();
    this.#finish({
      kind: 'step-finished',
      at,
      nodeId: step.nodeId,
      thread: 0,
      status: 'skipped',
      startedAt: at,
      message: because === undefined ? stoppedMessages[this.#stopped ?? 'hook'] : '',
      failures: null,
      rowsAffected: null,
      diagnostics: [],
      skippedBecause: because ?? this.#stopped ?? 'hook',
    });
  }

  #finish(result: StepFinished): void {
    this.results.push(result);
    this.#context.emit(result);
  }
}

const failing: ReadonlySet<StepFinished['status']> = new Set(['error', 'fail', 'partial success']);

const notBuilt: ReadonlySet<string> = new Set([...failing, 'skipped']);

const stoppedMessages = {
  interrupted: 'Skipped: the run was interrupted',
  'fail-fast': 'Skipping due to fail_fast',
  hook: 'Skipped: an on-run-start hook failed',
};
