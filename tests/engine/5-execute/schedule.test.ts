import { describe, expect, it } from 'vitest';
import type { Step } from '../../../src/4-plan/index.ts';
import { runSteps } from '../../../src/5-execute/schedule.ts';

const step = (nodeId: string, ...waitsFor: string[]): Step => ({ nodeId, waitsFor, reason: 'selected' });

/** Runs steps that end when told to, and keeps a log of what happened. */
function start(
  steps: readonly Step[],
  { threads = 2, failing = [] as string[], stopAfter = Number.POSITIVE_INFINITY } = {},
) {
  const log: string[] = [];
  const end = new Map<string, () => void>();
  let finished = 0;
  const done = runSteps(steps, {
    threads,
    run: (one, thread) =>
      new Promise((resolve) => {
        log.push(`start ${one.nodeId} on ${thread}`);
        end.set(one.nodeId, () => {
          finished += 1;
          log.push(`end ${one.nodeId}`);
          resolve(!failing.includes(one.nodeId));
        });
      }),
    skip: (one, because) => log.push(`skip ${one.nodeId} because of ${because ?? 'the stop'}`),
    stopped: () => finished >= stopAfter,
  });
  const finish = async (id: string): Promise<void> => {
    end.get(id)?.();
    await new Promise(setImmediate);
  };
  return { log, done, finish };
}

describe('the scheduler', () => {
  it('starts a step the moment the last of those it waits for has ended', async () => {
    const { log, done, finish } = start([step('a'), step('b'), step('c', 'a', 'b'), step('d', 'a')]);
    await finish('a');
    expect(log).toEqual(['start a on 1', 'start b on 2', 'end a', 'start d on 1']);
    await finish('b');
    expect(log.at(-1)).toBe('start c on 2');
    await finish('c');
    await finish('d');
    await done;
  });

  it('never runs more steps at once than there are threads', async () => {
    const { log, done, finish } = start([step('a'), step('b'), step('c')], { threads: 1 });
    expect(log).toEqual(['start a on 1']);
    await finish('a');
    await finish('b');
    await finish('c');
    await done;
    expect(log).toEqual(['start a on 1', 'end a', 'start b on 1', 'end b', 'start c on 1', 'end c']);
  });

  it('skips what is below a failure, to any depth, once each, and nothing else', async () => {
    const steps = [step('a'), step('b'), step('c', 'a'), step('d', 'c', 'b'), step('e', 'c', 'd'), step('f', 'b')];
    const { log, done, finish } = start(steps, { failing: ['a'] });
    await finish('a');
    await finish('b');
    await finish('f');
    await done;
    expect(log.filter((line) => line.startsWith('skip')).sort()).toEqual([
      'skip c because of a',
      'skip d because of a',
      'skip e because of a',
    ]);
    expect(log).toContain('end f');
  });

  it('starts nothing after a stop, lets what runs end, and skips the rest', async () => {
    const { log, done, finish } = start([step('a'), step('b'), step('c', 'a')], { stopAfter: 1 });
    await finish('a');
    await finish('b');
    await done;
    expect(log).toEqual(['start a on 1', 'start b on 2', 'end a', 'end b', 'skip c because of the stop']);
  });

  it('ends at once when there is nothing to do', async () => {
    await expect(
      runSteps([], { threads: 2, run: async () => true, skip: () => {}, stopped: () => false }),
    ).resolves.toBe(undefined);
  });
});
