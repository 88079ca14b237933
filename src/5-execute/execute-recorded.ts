import { StatementError, type StatementResult, type Table } from '../core/index.ts';
import type { StepContext } from './context.ts';

/** Runs a statement of a step and tells the run's readers. */
export function executeRecorded(sql: string, nodeId: string, context: StepContext): Promise<StatementResult> {
  const send = (): Promise<StatementResult> => context.session.execute(sql);
  return recorded(sql, nodeId, context, send, ({ rowsAffected }) => rowsAffected);
}

/** Asks for the rows of a query of a step and tells the run's readers. */
export function queryRecorded(sql: string, nodeId: string, context: StepContext): Promise<Table> {
  const send = (): Promise<Table> => context.session.query(sql);
  return recorded(sql, nodeId, context, send, () => null);
}

async function recorded<Answer>(
  sql: string,
  nodeId: string,
  { now, emit }: StepContext,
  send: () => Promise<Answer>,
  rowsOf: (answer: Answer) => number | null,
): Promise<Answer> {
  const startedAt = now();
  const finished = (rowsAffected: number | null, failure?: string): void =>
    emit({ kind: 'statement-finished', at: now(), nodeId, sql, startedAt, rowsAffected, error: failure });
  try {
    const answer = await send();
    finished(rowsOf(answer));
    return answer;
  } catch (failure) {
    if (failure instanceof StatementError) finished(null, failure.message);
    throw failure;
  }
}
