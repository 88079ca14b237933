/** Milliseconds in which signals count as one: a terminal sends Ctrl-C to a whole group, and `npx` passes it on as well. */
const together = 200;

/** The first Ctrl-C (or SIGTERM) asks the run to end in order, the second one ends the process at once. */
export function stopOnSignals(abort: AbortController): void {
  let firstAt = 0;
  const stop = (): void => {
    const now = Date.now();
    if (!abort.signal.aborted) {
      firstAt = now;
      abort.abort();
    } else if (now - firstAt > together) {
      process.exit(130);
    }
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
