import type { Step } from '../4-plan/index.ts';
import { type WaitingStep, WaitingSteps } from './waiting-steps.ts';

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
  const waiting = new WaitingSteps(steps);
  const count = Math.min(Math.max(1, runner.threads), steps.length);
  const freeThreads = Array.from({ length: count }, (_, index) => index + 1);
  let running = 0;
  return new Promise((resolve, reject) => {
    const start = (one: WaitingStep): void => {
      const { step, failed } = one;
      const thread = freeThreads.shift() ?? 0;
      running += 1;
      runner.run(step, thread, failed).then((ended) => {
        running -= 1;
        freeThreads.unshift(thread);
        if (ended === 'later') waiting.putBack(one);
        else if (ended) waiting.endedWell(step);
        else for (const below of waiting.failed(step)) runner.skip(below.step, step.nodeId, below.failed);
        advance();
      }, reject);
    };
    const advance = (): void => {
      while (freeThreads.length > 0 && !runner.stopped()) {
        const next = waiting.take();
        if (!next) break;
        start(next);
      }
      if (running > 0) return;
      for (const { step, failed } of waiting) runner.skip(step, undefined, failed);
      resolve();
    };
    advance();
  });
}
