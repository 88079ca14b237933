import { isOfDbt, partitionsOf } from '../1-parse/index.ts';
import type { Plan, Step } from '../4-plan/index.ts';
import {
  type Diagnostic,
  hasFailed,
  type RunFinished,
  readKeySet,
  type Session,
  type SessionTask,
  type StepFinished,
  stepId,
  withoutPart,
} from '../core/index.ts';
import { compileEphemeral } from './compile-ephemeral.ts';
import type { ExecuteContext, StepContext, StepPartition } from './context.ts';
import { prepareSchemas } from './prepare-schemas.ts';
import { runProjectHooks } from './project-hooks.ts';
import { Aside } from './publication/aside.ts';
import { keepBatches } from './publication/batch-keeping.ts';
import { Claims } from './publication/claims.ts';
import { builtElsewhere, leaseLost, turnsCrossed } from './publication/elsewhere.ts';
import { FormerPartitions } from './publication/former-partitions.ts';
import { createQueryComments } from './query-comment.ts';
import { cannotRun, runStep } from './run-step.ts';
import { runSteps } from './schedule.ts';
import { SessionPool } from './session-pool.ts';
import { targetRelation } from './target-relation.ts';
import { Turns } from './turns.ts';

/** A run of a plan: what is under way, what has ended, and how it stops. */
export class Run {
  readonly results: StepFinished[] = [];
  readonly sessions: SessionPool;
  readonly #context: ExecuteContext;
  readonly #shape: Omit<StepContext, 'session'> & { readonly session: Session | undefined };
  readonly #running = new Set<string>();
  readonly #aside = new Aside();
  readonly #former = new FormerPartitions();
  readonly #claims = new Claims();
  readonly #turns: Turns;
  readonly #ended = new Set<string>();
  readonly #unpublished: { readonly step: Step; readonly failed: readonly string[] }[] = [];
  #newestFirst = false;
  #started = 0;
  #failed = false;
  #stopped: 'interrupted' | 'fail-fast' | 'out-of-time' | undefined;

  constructor(plan: Pick<Plan, 'steps'>, context: ExecuteContext, runPlan: StepContext['runPlan']) {
    this.#context = context;
    this.#turns = new Turns(plan, context);
    // With names that are all there already, a copy for a step costs a fiftieth of what it costs to add them.
    this.#shape = { ...stepNames, ...context, runPlan };
    this.sessions = new SessionPool(context.warehouse, createQueryComments(context));
  }

  async all(plan: Plan): Promise<void> {
    const context = this.#context;
    this.#newestFirst = plan.newestFirst === true;
    if (plan.action === 'run' || plan.action === 'clone')
      await this.sessions.use((session) => prepareSchemas(plan, context, session));
    const hooksOk = await this.#hooks(plan.before, 'on-run-start');
    if (!hooksOk && this.#needsHooks()) {
      for (const step of plan.steps) this.#skip(step, undefined);
    } else {
      await runSteps(plan.steps, {
        threads: context.environment.target.threads,
        run: (step, thread, failed) => this.#step(step, thread, plan.action, failed),
        skip: (step, because, failed) => this.#skip(step, because, failed),
        stopped: () => this.#isStopped(),
      });
      for (const { step, failed } of this.#unpublished) await this.#leave(step, failed);
    }
    if (!this.#stopped) {
      const isWhole = await compileEphemeral(plan, this.results, this.sessions, context);
      if (!isWhole && plan.action === 'compile') this.#failed = true;
    }
    await this.#hooks(plan.after, 'on-run-end');
  }

  #isStopped(): boolean {
    const { until = Number.POSITIVE_INFINITY, now } = this.#context;
    if (now() > until) this.#stopped ??= 'out-of-time';
    return this.#stopped !== undefined;
  }

  interrupt(): void {
    if (this.#stopped === 'interrupted') return;
    this.#stopped = 'interrupted';
    this.#context.emit({ kind: 'run-interrupted', at: this.#context.now(), running: [...this.#running] });
    void this.#context.warehouse.cancelAll();
  }

  outcome(): RunFinished['outcome'] {
    if (this.#stopped === 'interrupted') return 'interrupted';
    return this.#failed || this.results.some((result) => hasFailed(result)) ? 'failure' : 'success';
  }

  async #hooks(ids: readonly string[], when: 'on-run-start' | 'on-run-end'): Promise<boolean> {
    // As in dbt, what --fail-fast stops ends like any other run.
    if (ids.length === 0 || (this.#stopped && this.#stopped !== 'fail-fast')) return true;
    const finished = await this.sessions.use((session) =>
      runProjectHooks(ids, when, this.#context, session, this.results),
    );
    for (const result of finished) this.#finish(result);
    return finished.every((result) => result.status === 'success');
  }

  /** Nothing is built on what a failed hook left, except in dbt projects, which dbt goes on with unless their flag says otherwise. */
  #needsHooks(): boolean {
    const { settings } = this.#context.graph.project;
    const { skip_nodes_if_on_run_start_fails: skips = !isOfDbt(settings) } = settings.flags;
    return skips === true;
  }

  /** A node that is published after its tests starts when it is staged, and has ended when it is published. */
  async #step(
    step: Step,
    thread: number,
    action: Plan['action'],
    failed: readonly string[],
  ): Promise<boolean | 'later'> {
    const context = this.#context;
    const { nodeId, part, partition } = step;
    const because = step.follows && part !== 'publish' && failed.length > 0 ? await this.#missing(failed) : undefined;
    if (because !== undefined) {
      this.#skip(step, because);
      return false;
    }
    const turn = this.#turns.take(step);
    if (turn === 'crossed') {
      this.#finish(turnsCrossed(step, thread, context));
      return false;
    }
    let builtBy: string | undefined;
    if (turn === 'taken') builtBy = turn;
    else if (step.partition !== undefined) builtBy = await this.#claim(step, thread);
    if (builtBy === 'taken') {
      await context.leases?.pause();
      return 'later';
    }
    if (builtBy !== undefined) {
      if (part !== 'publish') this.#finish(builtElsewhere(step, builtBy, thread, context));
      return true;
    }
    this.#running.add(stepId(step));
    if (part !== 'publish') {
      this.#started += 1;
      context.emit({ kind: 'step-started', at: context.now(), nodeId, partition, index: this.#started, thread });
    }
    let result = await this.#attempt(step, thread, action, failed);
    if (result?.diagnostics.some(isLost) && part !== 'publish' && !this.#stopped) {
      const text = `The session of ${nodeId} was lost, with all that it had done: it is begun again`;
      context.emit({ kind: 'message', at: context.now(), level: 'info', text, nodeId });
      result = await this.#attempt(step, thread, action, failed);
    }
    this.#running.delete(stepId(step));
    if (!result) return step.part === 'stage';
    this.#finish(result);
    if (hasFailed(result) && context.environment.flags.failFast && !this.#stopped) {
      this.#stopped = 'fail-fast';
      await context.warehouse.cancelAll();
    }
    return !hasFailed(result);
  }

  /** Of what has failed, a table that is not there: what follows it has nothing to read. */
  async #missing(failed: readonly string[]): Promise<string | undefined> {
    const { graph, relations } = this.#context;
    for (const id of new Set(failed.map((one) => one.replace(/\[.*$/, '')))) {
      const node = graph.nodes.get(id);
      if (node?.resource_type !== 'model') continue;
      const found = await this.sessions.use((session) => relations.get(session, targetRelation(node, graph)));
      if (!found) return id;
    }
    return undefined;
  }

  #attempt(
    step: Step,
    thread: number,
    action: Plan['action'],
    failed: readonly string[],
  ): Promise<StepFinished | undefined> {
    const context = this.#context;
    return this.sessions.use(
      async (session: Session) => {
        const within = this.#within(step, session, thread);
        if (step.part === 'publish') return this.#publish(step, failed, within);
        if (step.part === 'stage') return this.#aside.stage(step, within);
        // Partitions are put into a table of which all others stay: there is no other way than aside.
        if (within.partition?.slice) {
          return (await this.#aside.stage(step, within)) ?? (await this.#publish(step, [], within));
        }
        let seen: StepContext;
        try {
          if (action === 'run') await this.#noteWhole(step, within);
          seen = step.staged || step.batches ? await this.#contextOf(step, within) : within;
        } catch (failure) {
          return cannotRun(step, failure, within);
        }
        const ended = await runStep(step, action, seen);
        return seen.staged ? { ...ended, staged: [...seen.staged.keys()] } : ended;
      },
      taskOf(step.nodeId, context),
    );
  }

  /** A model that has partitions and is built in one step notes what becomes of them by itself. */
  async #noteWhole({ nodeId, batches }: Step, context: StepContext): Promise<void> {
    const node = context.graph.nodes.get(nodeId);
    const isKept = node?.resource_type === 'model' && node.config.materialized !== 'ephemeral';
    if (isKept && batches === undefined) await this.#former.note(node, context);
  }

  /** What a step sees beside its node: data that is not published yet, or who keeps its batches. */
  async #contextOf(step: Step, context: StepContext): Promise<StepContext> {
    const node = context.graph.nodes.get(step.nodeId);
    if (step.batches === undefined || node?.resource_type !== 'model') return this.#aside.contextOf(step, context);
    return {
      ...context,
      batches: async () => {
        const codeVersion = await this.#aside.codeOf(node, context);
        return keepBatches(node, step, { codeVersion, newestFirst: this.#newestFirst }, context);
      },
    };
  }

  #within(step: Step, session: Session, thread: number): StepContext {
    const { onlyWarns } = step;
    return { ...this.#shape, session, thread, onlyWarns, partition: partitionOf(step, this.#context) };
  }

  /** The run that has built the partitions of a step meanwhile; `taken` where somebody is at it; undefined: they are ours. */
  async #claim(step: Step, thread: number): Promise<string | undefined> {
    const context = this.#context;
    if (step.partition === undefined || !context.leases) return undefined;
    const partition = partitionOf(step, context);
    const slice = step.part === 'publish' ? undefined : partition?.slice;
    if (!slice) return this.#claims.builtBy(step);
    const claim = await this.sessions.use((session) =>
      this.#claims.claim(step, slice, this.#within(step, session, thread)),
    );
    if (claim.kind === 'built') return claim.runId;
    return claim.kind === 'taken' ? 'taken' : undefined;
  }

  async #publish(step: Step, failed: readonly string[], within: StepContext): Promise<StepFinished | undefined> {
    if (this.#claims.holds(step) && this.#turns.holds(step)) return this.#aside.publish(step, failed, within);
    await this.#aside.discard(step, within);
    return leaseLost(step, within);
  }

  /** Of what was staged in a run that was stopped, only what is known to be bad is kept. */
  async #leave(step: Step, failed: readonly string[]): Promise<void> {
    const context = this.#context;
    const result = await this.sessions.use(
      async (session) => {
        const within = this.#within(step, session, 0);
        const found = failed.filter((id) => this.#foundFault(id));
        if (found.length > 0) return this.#aside.publish(step, found, within);
        await this.#aside.discard(step, within);
        return undefined;
      },
      taskOf(step.nodeId, context),
    );
    if (result) this.#finish(result);
    else this.#skip(step, undefined);
  }

  /** A test that was cancelled has found nothing. */
  #foundFault(id: string): boolean {
    const result = this.results.find((one) => stepId(one) === withoutPart(id));
    return result !== undefined && hasFailed(result) && !result.diagnostics.some(isCancelled);
  }

  #skip(step: Step, because: string | undefined, failed?: readonly string[]): void {
    // Of a node in two parts is told once.
    if (this.#ended.has(stepId(step.part ? { ...step, part: undefined } : step))) return;
    if (failed && step.part === 'publish' && this.#aside.has(step)) {
      this.#unpublished.push({ step, failed });
      return;
    }
    const at = this.#context.now();
    this.#finish({
      kind: 'step-finished',
      at,
      nodeId: step.nodeId,
      partition: step.partition,
      thread: 0,
      status: 'skipped',
      startedAt: at,
      // As in dbt, which says it of all that --fail-fast leaves out, whatever they read.
      message: because === undefined || this.#stopped === 'fail-fast' ? stoppedMessages[this.#stopped ?? 'hook'] : '',
      failures: null,
      rowsAffected: null,
      diagnostics: [],
      skippedBecause: because ?? this.#stopped ?? 'hook',
    });
  }

  #finish(result: StepFinished): void {
    this.#claims.release(result);
    this.#turns.release(result);
    this.#ended.add(stepId({ nodeId: result.nodeId, partition: result.partition }));
    this.results.push(result);
    this.#context.emit(result);
  }
}

/** What a step has beside the run's context. */
const stepNames = {
  session: undefined,
  thread: 0,
  partition: undefined,
  memory: undefined,
  runPlan: undefined,
  onlyWarns: undefined,
  staged: undefined,
  batches: undefined,
};

function partitionOf({ nodeId, partition }: Step, { graph }: ExecuteContext): StepPartition | undefined {
  if (partition === undefined) return undefined;
  const node = graph.nodes.get(nodeId);
  const definition = node?.resource_type === 'model' ? partitionsOf(node, graph.project.settings) : undefined;
  return { key: partition, slice: definition && { definition, keys: readKeySet(definition, partition).set } };
}

/** Whose statements are sent: a node may ask for a warehouse of its own. */
function taskOf(nodeId: string, { graph }: ExecuteContext): SessionTask {
  const node = graph.nodes.get(nodeId);
  return { nodeId, config: node && 'config' in node ? node.config : {} };
}

/** What was begun can be begun again: nothing of it is left. */
const isLost = ({ code }: Diagnostic): boolean => code === 'execute/session-lost';

const isCancelled = ({ code }: Diagnostic): boolean => code === 'execute/cancelled';

const stoppedMessages = {
  interrupted: 'Skipped: the run was interrupted',
  'fail-fast': 'Skipping due to fail_fast',
  'out-of-time': 'Skipped: the time was over',
  hook: 'Skipped: an on-run-start hook failed',
};
