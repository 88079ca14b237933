import { afterAll, describe, expect, it } from 'vitest';
import type { Adapter, Warehouse } from '../../../src/core/index.ts';
import { interruptible } from '../../../src/pipeline/interruption.ts';
import * as pipeline from '../../../src/pipeline.ts';
import { TestWorld } from '../cli/outside.ts';
import { ProjectFolder } from './project-folder.ts';

describe('an adapter that heeds Ctrl-C', () => {
  it('cancels what runs, until the warehouse is closed', async () => {
    const { adapter, told, controller } = given();
    const [open, closed] = [await adapter.connect({}, { threads: 1 }), await adapter.connect({}, { threads: 1 })];
    await closed.close();
    controller.abort();
    expect(told).toEqual(['closed 2', 'cancelled 1']);
    await open.close();
  });

  it('waits for no connection that is being made, and closes one that comes too late', async () => {
    const { adapter, told, controller, letIn } = given({ slow: true });
    const opening = adapter.connect({}, { threads: 1 });
    controller.abort();
    await expect(opening).rejects.toMatchObject({ name: 'StatementError', cancelled: true });
    letIn();
    await expect.poll(() => told, { timeout: 20_000 }).toEqual(['closed 1']);
  });

  it('makes no connection afterwards', async () => {
    const { adapter, controller } = given();
    controller.abort();
    await expect(adapter.connect({}, { threads: 1 })).rejects.toMatchObject({ cancelled: true });
  });
});

describe('A build that is interrupted', () => {
  const project = new ProjectFolder({ 'models/a.sql': 'select 1 as id' });
  afterAll(() => project.remove());

  /** A file that was written in the moment of a command never counts as seen. */
  let clock = Date.now() + 60_000;
  async function run(word: string, onStep: (world: TestWorld) => void = () => undefined): Promise<number> {
    const world = new TestWorld(project.root, {
      ...pipeline,
      runCommand: (call, host) =>
        pipeline.runCommand(call, {
          ...host,
          emit(event) {
            host.emit(event);
            if (event.kind === 'step-started') onStep(world);
          },
        }),
    });
    clock += 1000;
    const now = clock;
    Object.assign(world, { now: () => new Date(now) });
    return world.run(word);
  }
  const interruptedBuild = (): Promise<number> => run('build', ({ abort }) => abort.abort());
  const written = (artifact: string): string => project.json(`target/${artifact}.json`).metadata.generated_at;

  it('writes its results, and the manifest only where there is none of this project', async () => {
    expect(await run('parse')).toBe(0);
    const parsed = written('manifest');
    expect(await interruptedBuild()).toBe(1);
    expect(written('manifest')).toBe(parsed);
    const results = written('run_results');
    expect(results > parsed).toBe(true);

    project.write('models/b.sql', "select * from {{ ref('a') }}");
    expect(await interruptedBuild()).toBe(1);
    expect([written('manifest') > parsed, written('run_results') > results]).toEqual([true, true]);
    expect(Object.keys(project.json('target/manifest.json').nodes)).toEqual(['model.shop.a', 'model.shop.b']);
  });
});

function given({ slow = false } = {}) {
  const told: string[] = [];
  const controller = new AbortController();
  let letIn = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    letIn = resolve;
  });
  let opened = 0;
  const connect = async (): Promise<Warehouse> => {
    opened += 1;
    const name = opened;
    if (slow) await gate;
    return {
      openSession: () => Promise.reject(new Error('not needed')),
      cancelAll: async () => void told.push(`cancelled ${name}`),
      close: async () => void told.push(`closed ${name}`),
    };
  };
  const adapter = interruptible({ connect } as unknown as Adapter, { signal: controller.signal });
  return { adapter, told, controller, letIn };
}
