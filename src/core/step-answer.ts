import type { StepFinished } from './event.ts';
import type { JsonObject } from './json.ts';

/** A time as dbt writes it: UTC with microseconds. */
export const artifactTime = (time: Date | number): string => new Date(time).toISOString().replace('Z', '000Z');

/** dbt's name of a thread that nodes run on; the first is 1. */
export const threadName = (thread: number): string => `Thread-${Math.max(1, thread)} (worker)`;

/** When a step was compiled and when it ran, as `run_results.json` and the log have it. */
export function stepTiming(result: StepFinished): JsonObject[] {
  const compileStarted = result.compileStartedAt ?? result.startedAt;
  const compiled = artifactTime(result.compileFinishedAt ?? compileStarted);
  return [
    { name: 'compile', started_at: artifactTime(compileStarted), completed_at: compiled },
    { name: 'execute', started_at: compiled, completed_at: artifactTime(result.at) },
  ];
}

/** What is said of success without a statement: of compiling, and of a clone that was there already. */
const sentNothing: ReadonlySet<string> = new Set(['', 'No-op']);

/** What the warehouse answered, as far as a step says it. Nothing for a step that ran no statement or failed. */
export function adapterResponse(result: StepFinished): JsonObject {
  if (result.nodeId.startsWith('operation.')) return {};
  if (!['success', 'pass', 'warn', 'fail'].includes(result.status)) return {};
  if (result.status === 'success' && sentNothing.has(result.message)) return {};
  const message = result.failures === null && result.message !== '' ? result.message : 'OK';
  const rows = result.rowsAffected;
  return rows === null
    ? { _message: message }
    : { _message: message, code: message.split(' ')[0] ?? '', rows_affected: rows };
}
