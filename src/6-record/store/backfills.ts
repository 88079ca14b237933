import type { Store } from './open-store.ts';
import { isGone, thisProcess } from './process-life.ts';
import type { BackfillRow, BackfillStatus, StepRow } from './schema.ts';

/** A backfill as it is kept; one whose process died shows as interrupted. */
export type BackfillRecord = BackfillRow;

/** Notes that this process begins a backfill, or goes on with one. */
export function beginBackfill(
  { database }: Pick<Store, 'database'>,
  row: Pick<BackfillRow, 'backfill_id' | 'created_at' | 'target' | 'request' | 'planned'>,
  runId: string,
): void {
  const { pid, host, processStartedAt } = thisProcess();
  const { backfill_id: id } = row;
  database
    .prepare(
      `insert into backfills (backfill_id, created_at, target, request, planned, status, pid, host, process_started_at)
       values (?, ?, ?, ?, ?, 'running', ?, ?, ?)
       on conflict (backfill_id) do update set status = 'running', finished_at = null, cancelled_at = null,
         pid = excluded.pid, host = excluded.host, process_started_at = excluded.process_started_at`,
    )
    .run([id, row.created_at, row.target, row.request, row.planned, pid, host, processStartedAt]);
  database.prepare('insert or ignore into backfill_runs values (?, ?)').run([id, runId]);
}

/** Notes how a backfill of this process ended. */
export function finishBackfill(
  { database }: Pick<Store, 'database'>,
  id: string,
  status: BackfillStatus,
  at: number,
): void {
  database.prepare('update backfills set status = ?, finished_at = ? where backfill_id = ?').run([status, at, id]);
}

/** Asks for the end of a backfill. One whose process is gone has ended already. */
export function cancelBackfill(
  { database }: Pick<Store, 'database'>,
  { backfill_id: id, status }: BackfillRecord,
): void {
  const change = status === 'running' ? '' : ", status = 'cancelled'";
  const at = Date.now();
  database.prepare(`update backfills set cancelled_at = ?${change} where backfill_id = ?`).run([at, id]);
}

/** Calls back once when somebody asks for the end of a backfill. Gives what stops the watching. */
export function watchBackfill(
  { database }: Pick<Store, 'database'>,
  id: string,
  onCancel: () => void,
  intervalMs = 1000,
): () => void {
  const asked = database.prepare('select cancelled_at from backfills where backfill_id = ?');
  const timer = setInterval(() => {
    const row = readQuietly(() => asked.get([id]) as Pick<BackfillRow, 'cancelled_at'> | undefined);
    if (!row || row.cancelled_at === null) return;
    clearInterval(timer);
    onCancel();
  }, intervalMs).unref();
  return () => clearInterval(timer);
}

/** All backfills, newest first. */
export async function latestBackfills(store: Store, limit = 50): Promise<readonly BackfillRecord[]> {
  const db = await store.query();
  const rows = await db.selectFrom('backfills').selectAll().orderBy('created_at', 'desc').limit(limit).execute();
  return rows.map(withTrueStatus);
}

/** Those whose id begins with a text. */
export async function backfillsNamed(store: Store, id: string): Promise<readonly BackfillRecord[]> {
  const db = await store.query();
  const rows = await db
    .selectFrom('backfills')
    .selectAll()
    .where(({ eb, fn, lit }) => eb(fn<string>('substr', ['backfill_id', lit(1), lit(id.length)]), '=', id))
    .execute();
  return rows.map(withTrueStatus);
}

/** Those that go on in a target at the moment. */
export async function runningBackfills(store: Store, target: string): Promise<readonly BackfillRecord[]> {
  const db = await store.query();
  const rows = await db
    .selectFrom('backfills')
    .selectAll()
    .where('status', '=', 'running')
    .where('target', '=', target)
    .execute();
  return rows.map(withTrueStatus).filter(({ status }) => status === 'running');
}

/** The runs of a backfill, oldest first. */
export async function runsOfBackfill(store: Store, id: string): Promise<readonly string[]> {
  const db = await store.query();
  const rows = await db
    .selectFrom('backfill_runs')
    .leftJoin('runs', 'runs.run_id', 'backfill_runs.run_id')
    .select('backfill_runs.run_id')
    .where('backfill_id', '=', id)
    .orderBy('runs.started_at')
    .execute();
  return rows.map((row) => row.run_id);
}

/** The steps that came to their own end in some runs, in the order in which they did. */
export async function endedSteps(
  store: Store,
  runIds: readonly string[],
): Promise<readonly Pick<StepRow, 'node_id' | 'partition_key' | 'status' | 'finished_at'>[]> {
  const db = await store.query();
  return db
    .selectFrom('steps')
    .select(['node_id', 'partition_key', 'status', 'finished_at'])
    .where('run_id', 'in', runIds)
    .where('finished_at', 'is not', null)
    .where('skipped_because', 'is', null)
    .orderBy('finished_at')
    .execute();
}

function withTrueStatus(row: BackfillRecord): BackfillRecord {
  if (row.status !== 'running') return row;
  const identity = { pid: row.pid, host: row.host, processStartedAt: row.process_started_at };
  return isGone(identity) ? { ...row, status: row.cancelled_at === null ? 'interrupted' : 'cancelled' } : row;
}

/** A store that is busy for a moment is asked again at the next turn. */
function readQuietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
