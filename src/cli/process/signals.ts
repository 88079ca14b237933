/** Milliseconds in which signals count as one: a terminal sends Ctrl-C to a whole group, and `npx` passes it on as well. */
const together = 200;

const signals = ['SIGINT', 'SIGTERM'] as const;

/** The first Ctrl-C (or SIGTERM) asks the run to end in order, the second one ends the process at once. */
export function stopOnSignals(abort: AbortController): void {
  let firstAt = 0;
  for (const signal of signals) {
    process.on(signal, () => {
      const now = Date.now();
      if (!abort.signal.aborted) {
        firstAt = now;
        abort.abort();
      } else if (now - firstAt > together) {
        endNow(signal);
      }
    });
  }
}

/**
 * Lets the signal do what it does to programs that do not listen; shells show 130 for Ctrl-C. `process.exit()` would
 * wait for the statements that still run in other threads, which may never end. Who listens for the exit is told.
 */
function endNow(signal: NodeJS.Signals): void {
  process.emit('exit', 130);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
