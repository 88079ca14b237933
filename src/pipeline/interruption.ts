import type { Host } from '../cli/engine/host.ts';
import { type Adapter, StatementError, type Warehouse } from '../core/index.ts';

/**
 * An adapter whose warehouses heed Ctrl-C, whoever opens them: what runs is cancelled, and nobody waits for a connection
 * that is still being made. Later statements are sent: a run that was interrupted has to clean up.
 */
export function interruptible(adapter: Adapter, host: Pick<Host, 'signal' | 'heedSignals'>): Adapter {
  const { signal } = host;
  const connect: Adapter['connect'] = async (output, options) => {
    host.heedSignals?.();
    stopIfInterrupted(signal);
    const warehouse = await unlessInterrupted(adapter.connect(output, options), signal);
    const cancel = (): void => void warehouse.cancelAll().catch(() => undefined);
    signal.addEventListener('abort', cancel, { once: true });
    return {
      openSession: () => warehouse.openSession(),
      cancelAll: () => warehouse.cancelAll(),
      close() {
        signal.removeEventListener('abort', cancel);
        return warehouse.close(signal.aborted);
      },
    };
  };
  return { ...adapter, connect };
}

/** Throws a `StatementError` that says `cancelled`: what was cut short is no answer, though parts of it may have been found. */
export function stopIfInterrupted(signal: AbortSignal): void {
  if (signal.aborted) throw interrupted();
}

const interrupted = (): StatementError => new StatementError('Interrupted', { sql: '', cancelled: true });

async function unlessInterrupted(opening: Promise<Warehouse>, signal: AbortSignal): Promise<Warehouse> {
  let stop: (() => void) | undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(interrupted());
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([opening, stopped]);
  } catch (failure) {
    // One that comes too late is let go again.
    if (signal.aborted) void opening.then((late) => late.close()).catch(() => undefined);
    throw failure;
  } finally {
    if (stop) signal.removeEventListener('abort', stop);
  }
}
