import type { Step } from '../4-plan/index.ts';
import { stepId } from '../core/index.ts';

/** How steps are run; the order is the scheduler's business, what a step does is not. */
export interface Runner {
  /** How many steps may run at once. */
  readonly threads: number;
  /**
   * Runs a step; resolves to false when what waits for it must not run, and to `later` when somebody else is at it: it is
   * tried again after all others. Never rejects.
   *
   * @param failed for a `publish`, and of what a step follows: what did not end well.
   */
  run(step: Step, thread: number, failed: readonly string[]): Promise<boolean | 'later'>;
  /**
   * Told once for every step that will not run; `because` is the failed step above it, or undefined when stopped. For a
   * `publish`, `failed` is what did not end well until then.
   */
  skip(step: Step, because: string | undefined, failed: readonly string[]): void;
  /** Asked before every start: true once nothing new may begin. */
  stopped(): boolean;
}

/**
 * Runs every step the moment the steps that it waits for have ended well. A failure skips what waits for it, directly
 * or further down, and nothing else; but what publishes is run, to hear that it cannot, and so is what only follows.
 * Resolves when every step was run or skipped.
 */
export function runSteps(steps: readonly Step[], runner: Runner): Promise<void> {
  const waiting = new Map(
    steps.map((step) => [stepId(step), { step, open: countBefore(step), failed: [] as string[] }]),
  );
  const { dependents, groups } = dependentsOf(steps);
  const ready = new Queue(steps.filter((step) => countBefore(step) === 0));
  // What was begun is finished first: staged data takes room, and is nothing to its readers.
  const [publishing, testing] = [new Queue([]), new Queue([])];
  const freeThreads = Array.from({ length: Math.max(1, runner.threads) }, (_, index) => index + 1);
  let running = 0;

  const release = (step: Step): void => {
    for (const { id } of dependents.get(stepId(step)) ?? []) settle(id);
  };
  const settle = (id: string, failed?: string): void => {
    const group = groups.get(id);
    if (group) {
      group.open -= 1;
      group.failed ??= failed;
      if (group.open === 0) for (const follower of group.followers) settle(follower, group.failed);
      return;
    }
    const entry = waiting.get(id);
    if (!entry) return;
    entry.open -= 1;
    if (failed !== undefined) entry.failed.push(failed);
    if (entry.open > 0) return;
    const { step } = entry;
    (step.part === 'publish' ? publishing : step.staged ? testing : ready).push(step);
  };
  const skipBelow = (failed: Step): void => {
    const below = (because: string): (Dependent & { readonly because: string })[] =>
      (dependents.get(because) ?? []).map((one) => ({ ...one, because }));
    const open = below(stepId(failed));
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { id, because, follows } = next;
      const entry = waiting.get(id);
      if (follows || entry?.step.part === 'publish') settle(id, because);
      else if (entry) {
        waiting.delete(id);
        runner.skip(entry.step, failed.nodeId, entry.failed);
        open.push(...below(id));
      }
    }
  };

  return new Promise((resolve, reject) => {
    const finish = (): void => {
      for (const { step, failed } of waiting.values()) runner.skip(step, undefined, failed);
      resolve();
    };
    const start = (step: Step): void => {
      const thread = freeThreads.shift() ?? 0;
      const failed = waiting.get(stepId(step))?.failed ?? [];
      waiting.delete(stepId(step));
      running += 1;
      runner.run(step, thread, failed).then((ended) => {
        running -= 1;
        freeThreads.unshift(thread);
        if (ended === 'later') {
          waiting.set(stepId(step), { step, open: 0, failed: [...failed] });
          ready.push(step);
        } else if (ended) release(step);
        else skipBelow(step);
        advance();
      }, reject);
    };
    const advance = (): void => {
      while (freeThreads.length > 0 && !runner.stopped()) {
        const step = publishing.take() ?? testing.take() ?? ready.take();
        if (!step) break;
        if (waiting.has(stepId(step))) start(step);
      }
      if (running === 0) finish();
    };
    advance();
  });
}

/** First come, first served. Not an array's `shift()`: tens of thousands of steps may wait, and it moves all of them. */
class Queue {
  readonly #steps: Step[];
  #next = 0;

  constructor(steps: Step[]) {
    this.#steps = steps;
  }

  push(step: Step): void {
    this.#steps.push(step);
  }

  take(): Step | undefined {
    const step = this.#steps[this.#next];
    if (step) this.#next += 1;
    return step;
  }
}

interface Dependent {
  /** A step, or a group of them. */
  readonly id: string;
  /** Whether it goes on however that ends on which it depends. */
  readonly follows: boolean;
}

/** All steps of a node in parts: who follows it would else have to know each of them. */
interface Group {
  open: number;
  /** The first of them that did not end well. */
  failed: string | undefined;
  readonly followers: string[];
}

function dependentsOf(steps: readonly Step[]) {
  const dependents = new Map<string, Dependent[]>();
  const groups = new Map<string, Group>();
  const add = (before: string, dependent: Dependent): void => {
    const known = dependents.get(before);
    if (known) known.push(dependent);
    else dependents.set(before, [dependent]);
  };
  const ids = new Set(steps.map(stepId));
  for (const step of steps) {
    const id = stepId(step);
    for (const before of step.waitsFor) add(before, { id, follows: false });
    for (const before of step.follows ?? []) {
      if (ids.has(before)) {
        add(before, { id, follows: true });
        continue;
      }
      const group = groups.get(before) ?? { open: 0, failed: undefined, followers: [] };
      group.followers.push(id);
      groups.set(before, group);
    }
  }
  for (const step of groups.size > 0 ? steps : []) {
    const group = step.part === 'stage' ? undefined : groups.get(step.nodeId);
    if (!group) continue;
    group.open += 1;
    add(stepId(step), { id: step.nodeId, follows: true });
  }
  return { dependents, groups };
}

const countBefore = ({ waitsFor, follows = [] }: Step): number => waitsFor.length + follows.length;
