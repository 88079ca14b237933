import { sourceTable, stageOf } from '../1-parse/index.ts';
import { type Diagnostic, messageOf, type SourceNode, type StepFinished } from '../core/index.ts';
import type { StepContext } from './context.ts';
import { describeFailure, placedAt } from './failure.ts';
import { recordedSession } from './recorded-session.ts';

/** Brings the files of a source into its table, before anything reads it. Never throws. */
export async function loadSource(source: SourceNode, context: StepContext): Promise<StepFinished> {
  const { session, environment, relations, thread, now, emit } = context;
  const startedAt = now();
  const finished = (
    status: 'success' | 'error',
    message: string,
    rowsAffected: number | null,
    diagnostics: readonly Diagnostic[] = [],
  ): StepFinished => ({
    kind: 'step-finished',
    at: now(),
    nodeId: source.unique_id,
    thread,
    status,
    startedAt,
    message,
    failures: null,
    rowsAffected,
    diagnostics,
    relationName: source.relation_name,
  });
  const failed = (diagnostics: readonly Diagnostic[]): StepFinished =>
    finished('error', diagnostics.map(({ message }) => message).join('\n'), null, diagnostics);
  try {
    if (!session.loadFiles) throw new Error('this warehouse loads no files, so no plan has such a step');
    const table = sourceTable(source);
    const { files, rows, warnings } = await session.loadFiles(
      {
        sourceId: source.unique_id,
        table,
        location: stageOf(source) ?? '',
        settings: source.external ?? {},
        columns: Object.values(source.columns),
        existing: await relations.get(session, table),
        anew: environment.flags.fullRefresh,
        runId: environment.invocationId,
        at: startedAt,
      },
      recordedSession(source.unique_id, context),
    );
    await relations.put({ ...table, type: 'table' });
    for (const one of warnings) emit(messageOf(placedAt(source, one), now(), source.unique_id));
    return finished('success', said(files, rows), rows);
  } catch (failure) {
    return failed(describeFailure(failure, source, undefined).map((one) => placedAt(source, one)));
  }
}

function said(files: number | null, rows: number | null): string {
  if (files === null) return 'OK';
  return `LOAD ${rows ?? 0} from ${files} ${files === 1 ? 'file' : 'files'}`;
}
