import { describe, expect, it } from 'vitest';
import type { Step } from '../../../src/4-plan/index.ts';
import { runSteps } from '../../../src/5-execute/schedule.ts';
import { stepId } from '../../../src/core/index.ts';

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

  it('has no more threads than steps, however many are asked for', async () => {
    const { log, done, finish } = start([step('a')], { threads: 1e20 });
    await finish('a');
    await done;
    expect(log).toEqual(['start a on 1', 'end a']);
    await start([], { threads: 1e20 }).done;
  });

  it('skips very many steps below one that failed', async () => {
    const skipped: string[] = [];
    const below = Array.from({ length: 200_000 }, (_, at) => step(`p${at}`, 'b'));
    await runSteps([step('a'), step('b', 'a'), ...below], {
      threads: 1,
      run: async () => false,
      skip: ({ nodeId }) => void skipped.push(nodeId),
      stopped: () => false,
    });
    expect(skipped).toHaveLength(200_001);
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

  it('starts what only follows a failure, and skips what is below that', async () => {
    const view: Step = { ...step('view', 'b'), follows: ['a'] };
    const { log, done, finish } = start([step('a'), step('b'), view, step('c', 'view'), step('d', 'view', 'a')], {
      failing: ['a'],
    });
    await finish('a');
    await finish('b');
    await finish('view');
    await finish('c');
    await done;
    expect(log.filter((line) => !line.startsWith('end'))).toEqual([
      'start a on 1',
      'start b on 2',
      'skip d because of a',
      'start view on 2',
      'start c on 2',
    ]);
  });

  it('starts what follows a node in parts once all of them have ended, or were skipped', async () => {
    const part = (key: string, ...waitsFor: string[]): Step => ({ ...step('a', ...waitsFor), partition: key });
    const view: Step = { ...step('view'), follows: ['a'] };
    const { log, done, finish } = start([step('b'), part('1', 'b'), part('2'), view], { failing: ['b'] });
    await finish('b');
    expect(log).not.toContain('start view on 1');
    await finish('a');
    await finish('view');
    await done;
    expect(log.slice(-2)).toEqual(['start view on 2', 'end view']);
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

describe('what is published after its tests', () => {
  const stage: Step = { ...step('a'), part: 'stage' };
  const publish: Step = { ...step('a', 'a staged', 't', 'u'), part: 'publish' };
  const steps = [stage, step('t', 'a staged'), step('u', 'a staged'), publish, step('b', 'a', 't')];

  /** Runs the steps at once; those that fail are named as `stepId` names them. */
  async function run(failing: readonly string[], stopAfter = Number.POSITIVE_INFINITY): Promise<string[]> {
    const log: string[] = [];
    let count = 0;
    await runSteps(steps, {
      threads: 1,
      run: async (one, _thread, failed) => {
        count += 1;
        const given = one.part === 'publish' ? ` despite [${failed}]` : '';
        log.push(`${one.part ?? 'run'} ${one.nodeId}${given}`);
        return !failing.includes(stepId(one)) && (one.part !== 'publish' || failed.length === 0);
      },
      skip: (one, because, failed) =>
        log.push(`skip ${one.part ?? ''} ${one.nodeId} because of ${because ?? 'the stop'}, failed: [${failed}]`),
      stopped: () => count >= stopAfter,
    });
    return log;
  }

  it('is published when all of them have passed, and what reads it follows', async () => {
    expect(await run([])).toEqual(['stage a', 'run t', 'run u', 'publish a despite []', 'run b']);
  });

  it('waits for the last of them also when one has failed, and is told which', async () => {
    const log = await run(['t']);
    expect(log).toContain('publish a despite [t]');
    expect(log.indexOf('publish a despite [t]')).toBeGreaterThan(log.indexOf('run u'));
    expect(log.filter((line) => line.endsWith(' b'))).toEqual([]);
    expect(await run(['t', 'u'])).toContain('publish a despite [t,u]');
  });

  it('is not tested when it could not be staged, and told so once', async () => {
    const log = await run(['a staged']);
    expect(log.filter((line) => line.startsWith('run'))).toEqual([]);
    expect(log.filter((line) => line.startsWith('publish'))).toHaveLength(1);
  });

  it('is left where it is by a stop, with what was known by then', async () => {
    const log = await run(['t'], 2);
    expect(log.slice(0, 2)).toEqual(['stage a', 'run t']);
    expect(log).toContain('skip publish a because of the stop, failed: [t]');
  });

  it('finishes what was begun before it begins more', async () => {
    const stage = (nodeId: string): Step => ({ ...step(nodeId), part: 'stage' });
    const test = (nodeId: string, of: string): Step => ({
      ...step(nodeId, stepId({ nodeId: of, part: 'stage' })),
      staged: [of],
    });
    const publish = (nodeId: string, ...tests: string[]): Step => ({ ...step(nodeId, ...tests), part: 'publish' });
    const steps = [stage('a'), stage('b'), test('a1', 'a'), publish('a', 'a1'), test('b1', 'b'), publish('b', 'b1')];
    const { log, done, finish } = start(steps, { threads: 1 });
    for (const id of ['a', 'a1', 'a', 'b', 'b1', 'b']) await finish(id);
    await done;
    const order = ['a', 'a1', 'a', 'b', 'b1', 'b'];
    expect(log).toEqual(order.flatMap((id) => [`start ${id} on 1`, `end ${id}`]));
  });

  it('tries again, after all others, what somebody else is at', async () => {
    const tried: string[] = [];
    await runSteps([step('a'), step('b'), step('c', 'a')], {
      threads: 1,
      run: async ({ nodeId }) => {
        tried.push(nodeId);
        return nodeId === 'a' && tried.length < 4 ? 'later' : true;
      },
      skip: () => tried.push('skipped'),
      stopped: () => false,
    });
    expect(tried).toEqual(['a', 'b', 'a', 'a', 'c']);
  });
});
