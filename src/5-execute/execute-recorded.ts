import { StatementError, type StatementResult } from '../core/index.ts';
import type { StepContext } from './context.ts';

/** Runs a statement of a step and tells the run's readers. */
export async function executeRecorded(sql: string, nodeId: string, context: StepContext): Promise<StatementResult> {
  const startedAt = context.now();
  const finished = (rowsAffected: number | null, failure?: string): void =>
    context.emit({
      kind: 'statement-finished',
      at: context.now(),
      nodeId,
      sql,
      startedAt,
      rowsAffected,
      error: failure,
    });
  try {
    const result = await context.session.execute(sql);
    finished(result.rowsAffected);
    return result;
  } catch (failure) {
    if (failure instanceof StatementError) finished(null, failure.message);
    throw failure;
  }
}
