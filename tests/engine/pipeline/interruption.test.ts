import { describe, expect, it } from 'vitest';
import type { Adapter, Warehouse } from '../../../src/core/index.ts';
import { interruptible } from '../../../src/pipeline/interruption.ts';

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
    await expect.poll(() => told).toEqual(['closed 1']);
  });

  it('makes no connection afterwards', async () => {
    const { adapter, controller } = given();
    controller.abort();
    await expect(adapter.connect({}, { threads: 1 })).rejects.toMatchObject({ cancelled: true });
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
