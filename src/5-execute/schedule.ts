import { type Step, stepId } from '../4-plan/index.ts';

/** How steps are run; the order is the scheduler's business, what a step does is not. */
export interface Runner {
  /** How many steps may run at once. */
  readonly threads: number;
  /**
   * Runs a step; resolves to false when what waits for it must not run, and to `later` when somebody else is at it: it is
   * tried again after all others. Never rejects.
   *
   * @param failed for a `publish`: what did not end well of that which it waited for.
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
 * or further down, and nothing else; but what publishes is run, to hear that it cannot. Resolves when every step was run
 * or skipped.
 */
export function runSteps(steps: readonly Step[], runner: Runner): Promise<void> {
  const waiting = new Map(
    steps.map((step) => [stepId(step), { step, open: step.waitsFor.length, failed: [] as string[] }]),
  );
  const dependents = dependentsOf(steps);
  const ready = new Queue(steps.filter((step) => step.waitsFor.length === 0));
  // What was begun is finished first: staged data takes room, and is nothing to its readers.
  const [publishing, testing] = [new Queue([]), new Queue([])];
  const freeThreads = Array.from({ length: Math.max(1, runner.threads) }, (_, index) => index + 1);
  let running = 0;

  const release = (step: Step): void => {
    for (const id of dependents.get(stepId(step)) ?? []) settle(id);
  };
  const settle = (id: string, failed?: string): void => {
    const entry = waiting.get(id);
    if (!entry) return;
    entry.open -= 1;
    if (failed !== undefined) entry.failed.push(failed);
    if (entry.open > 0) return;
    const { step } = entry;
    (step.part === 'publish' ? publishing : step.staged ? testing : ready).push(step);
  };
  const skipBelow = (failed: Step): void => {
    const below = (id: string): [id: string, because: string][] => (dependents.get(id) ?? []).map((one) => [one, id]);
    const open = below(stepId(failed));
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [id, because] = next;
      const entry = waiting.get(id);
      if (!entry) continue;
      if (entry.step.part === 'publish') {
        settle(id, because);
        continue;
      }
      waiting.delete(id);
      runner.skip(entry.step, failed.nodeId, entry.failed);
      open.push(...below(id));
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

function dependentsOf(steps: readonly Step[]): Map<string, string[]> {
  const dependents = new Map<string, string[]>();
  for (const step of steps) {
    for (const id of step.waitsFor) {
      const known = dependents.get(id);
      if (known) known.push(stepId(step));
      else dependents.set(id, [stepId(step)]);
    }
  }
  return dependents;
}
