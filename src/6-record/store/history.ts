import type { Store } from './open-store.ts';
import { isGone } from './process-life.ts';
import type { DiagnosticRow, RunRow, StatementRow, StepRow } from './schema.ts';

/** A run with what became of it; a run whose process died shows as interrupted. */
export type RunRecord = RunRow;

export interface RunDetail {
  readonly run: RunRecord;
  readonly steps: readonly StepRow[];
  readonly diagnostics: readonly DiagnosticRow[];
}

export type StatementRecord = Omit<StatementRow, 'sql_hash'> & { readonly sql: string };

/** The latest runs, newest first. */
export async function latestRuns(store: Store, limit = 20): Promise<readonly RunRecord[]> {
  const db = await store.query();
  const runs = await db.selectFrom('runs').selectAll().orderBy('started_at', 'desc').limit(limit).execute();
  return runs.map(withTrueOutcome);
}

/**
 * The runs of some commands whose processes died before the runs had an end, newest first, as far back as to one that ended
 * or goes on: nothing but the history knows what they had done.
 */
export async function killedRuns(store: Store, commands: ReadonlySet<string>): Promise<readonly RunDetail[]> {
  const db = await store.query();
  const ofCommands = db.selectFrom('runs').where('command', 'in', [...commands]);
  const ended = await ofCommands
    .select('started_at')
    .where('outcome', '!=', 'running')
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const unended = await ofCommands
    .select('run_id')
    .where('outcome', '=', 'running')
    .where('started_at', '>', ended?.started_at ?? 0)
    .orderBy('started_at', 'desc')
    .execute();
  const killed: RunDetail[] = [];
  for (const { run_id: id } of unended) {
    const detail = await runById(store, id);
    if (detail?.run.outcome !== 'interrupted') break;
    killed.push(detail);
  }
  return killed;
}

/** One run with its steps in the order of the plan, or undefined. */
export async function runById(store: Store, runId: string): Promise<RunDetail | undefined> {
  const db = await store.query();
  const run = await db.selectFrom('runs').selectAll().where('run_id', '=', runId).executeTakeFirst();
  if (!run) return undefined;
  const steps = await db.selectFrom('steps').selectAll().where('run_id', '=', runId).orderBy('position').execute();
  const diagnostics = await db
    .selectFrom('diagnostics')
    .selectAll()
    .where('run_id', '=', runId)
    .orderBy('number')
    .execute();
  return { run: withTrueOutcome(run), steps, diagnostics };
}

/** The statements of a run, or of one node in it, in the order in which they ended. */
export async function statementsOf(store: Store, runId: string, nodeId?: string): Promise<readonly StatementRecord[]> {
  const db = await store.query();
  let query = db
    .selectFrom('statements')
    .innerJoin('sql_texts', 'sql_texts.sql_hash', 'statements.sql_hash')
    .select([
      'run_id',
      'number',
      'node_id',
      'started_at',
      'finished_at',
      'rows_affected',
      'error',
      'sql_texts.sql as sql',
    ])
    .where('run_id', '=', runId);
  if (nodeId !== undefined) query = query.where('node_id', '=', nodeId);
  return query.orderBy('number').execute();
}

/** When a node was last built in a target without a failure, by whatever command, or undefined. */
export async function lastBuilt(store: Store, nodeId: string, target: string): Promise<number | undefined> {
  const db = await store.query();
  const step = await db
    .selectFrom('steps')
    .innerJoin('runs', 'runs.run_id', 'steps.run_id')
    .select('steps.finished_at')
    .where('steps.node_id', '=', nodeId)
    .where('steps.status', 'in', ['success', 'partial success'])
    .where('runs.target', '=', target)
    .orderBy('steps.finished_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return step?.finished_at ?? undefined;
}

function withTrueOutcome(run: RunRecord): RunRecord {
  if (run.outcome !== 'running') return run;
  const identity = { pid: run.pid, host: run.host, processStartedAt: run.process_started_at };
  return isGone(identity) ? { ...run, outcome: 'interrupted' } : run;
}
