import type { Step } from '../4-plan/index.ts';

/** How steps are run; the order is the scheduler's business, what a step does is not. */
export interface Runner {
  /** How many steps may run at once. */
  readonly threads: number;
  /** Runs a step; resolves to false when what waits for it must not run. Never rejects. */
  run(step: Step, thread: number): Promise<boolean>;
  /** Told once for every step that will not run; `because` is the failed step above it, or undefined when stopped. */
  skip(step: Step, because: string | undefined): void;
  /** Asked before every start: true once nothing new may begin. */
  stopped(): boolean;
}

/**
 * Runs every step the moment the steps that it waits for have ended well. A failure skips what waits for it, directly
 * or further down, and nothing else. Resolves when every step was run or skipped.
 */
export function runSteps(steps: readonly Step[], runner: Runner): Promise<void> {
  const waiting = new Map(steps.map((step) => [step.nodeId, { step, open: step.waitsFor.length }]));
  const dependents = dependentsOf(steps);
  const ready = steps.filter((step) => step.waitsFor.length === 0);
  let next = 0;
  const freeThreads = Array.from({ length: Math.max(1, runner.threads) }, (_, index) => index + 1);
  let running = 0;

  const release = (step: Step): void => {
    for (const id of dependents.get(step.nodeId) ?? []) {
      const entry = waiting.get(id);
      if (!entry) continue;
      entry.open -= 1;
      if (entry.open === 0) ready.push(entry.step);
    }
  };
  const skipBelow = (failed: Step): void => {
    const below = [...(dependents.get(failed.nodeId) ?? [])];
    for (let id = below.pop(); id !== undefined; id = below.pop()) {
      const entry = waiting.get(id);
      if (!entry) continue;
      waiting.delete(id);
      runner.skip(entry.step, failed.nodeId);
      below.push(...(dependents.get(id) ?? []));
    }
  };

  return new Promise((resolve, reject) => {
    const finish = (): void => {
      for (const { step } of waiting.values()) runner.skip(step, undefined);
      resolve();
    };
    const start = (step: Step): void => {
      const thread = freeThreads.shift() ?? 0;
      waiting.delete(step.nodeId);
      running += 1;
      runner.run(step, thread).then((endedWell) => {
        running -= 1;
        freeThreads.unshift(thread);
        if (endedWell) release(step);
        else skipBelow(step);
        advance();
      }, reject);
    };
    const advance = (): void => {
      while (next < ready.length && freeThreads.length > 0 && !runner.stopped()) {
        // Not `shift()`: tens of thousands of steps may be ready, and it moves all of them.
        const step = ready[next++];
        if (step && waiting.has(step.nodeId)) start(step);
      }
      if (running === 0) finish();
    };
    advance();
  });
}

function dependentsOf(steps: readonly Step[]): Map<string, string[]> {
  const dependents = new Map<string, string[]>();
  for (const step of steps) {
    for (const id of step.waitsFor) {
      const known = dependents.get(id);
      if (known) known.push(step.nodeId);
      else dependents.set(id, [step.nodeId]);
    }
  }
  return dependents;
}
