import type { RecordedAttempt } from '../../4-plan/index.ts';
import type { Store } from './open-store.ts';
import { isGone } from './process-life.ts';
import type { LeaseRow, RunRow } from './schema.ts';

export interface AttemptsRequest {
  readonly target: string;
  /** What leases of the target are kept under. */
  readonly leasesOf: string;
  readonly nodes: readonly string[];
}

/** A list as one value, in JSON: SQLite takes no more than 32,766 of them, and a large project has more tests. */
const listed = '(select value from json_each(?))';

/** For each node, or partition of it, the last attempt of each kind, the newest first; what failed steps kept back is one. */
export function unbuiltAttempts(
  { database }: Pick<Store, 'database'>,
  { target, leasesOf, nodes }: AttemptsRequest,
): readonly RecordedAttempt[] {
  // With `max`, the other columns are those of the row that has it. What was cancelled has not failed.
  const steps = database
    .prepare(
      `select steps.node_id as nodeId, partition_key as partitionKey, steps.run_id as runId,
        case skipped_because when 'cancelled' then 'skipped' else status end as status, message,
        skipped_because as because, rows_affected as rows, max(coalesce(steps.finished_at, steps.started_at)) as at
      from steps join runs on runs.run_id = steps.run_id
      where status in ('error', 'skipped') and target = ? and steps.node_id in ${listed}
      group by 1, 2, 4, skipped_because like '%.%'`,
    )
    .all([target, JSON.stringify(nodes)]) as RecordedAttempt[];
  const leased = database
    .prepare(
      `select asset as nodeId, partition_key as partitionKey, holder as runId, heartbeat_at as at, pid, host, process_started_at
      from leases where target = ? and asset in ${listed}`,
    )
    .all([leasesOf, JSON.stringify(nodes)]) as AtWork[];
  // What has no partitions needs no lease. The runs that go on come first: nodes have steps in all that there ever were.
  const begun = database
    .prepare(
      `select steps.node_id as nodeId, '' as partitionKey, steps.run_id as runId, steps.started_at as at, pid, host, process_started_at
      from runs cross join steps on steps.run_id = runs.run_id
      where outcome = 'running' and target = ? and status = 'running' and partition_key = '' and steps.node_id in ${listed}`,
    )
    .all([target, JSON.stringify(nodes)]) as AtWork[];
  const running = [...leased, ...begun].flatMap((one): RecordedAttempt[] => {
    const { nodeId, partitionKey, runId, at, pid, host, process_started_at: processStartedAt } = one;
    if (isGone({ pid, host, processStartedAt })) return [];
    return [{ nodeId, partitionKey, runId, status: 'running', at, message: '', because: null, rows: null }];
  });
  const all = [...steps, ...running];
  return all.sort((one, other) => other.at - one.at || (keyOf(one) < keyOf(other) ? -1 : 1));
}

type AtWork = Pick<RecordedAttempt, 'nodeId' | 'partitionKey' | 'runId' | 'at'> &
  Pick<LeaseRow, 'pid' | 'host' | 'process_started_at'>;

const keyOf = ({ nodeId, partitionKey, status }: RecordedAttempt): string => `${nodeId} ${partitionKey} ${status}`;

/** The runs that have neither ended nor go on. A backfill is left to whoever resumes it: nobody else may want its readers. */
export function runsThatDied({ database }: Pick<Store, 'database'>, target: string): ReadonlySet<string> {
  const rows = database
    .prepare(`select run_id, pid, host, process_started_at from runs
      where outcome = 'running' and target = ? and run_id not in (select run_id from backfill_runs)`)
    .all([target]) as RunRow[];
  const gone = rows.filter(({ pid, host, process_started_at: at }) => isGone({ pid, host, processStartedAt: at }));
  return new Set(gone.map(({ run_id: id }) => id));
}

/** The last time that each of some nodes was built whole and well. */
export function lastSuccesses(
  { database }: Pick<Store, 'database'>,
  { target, nodes }: { readonly target: string; readonly nodes: readonly string[] },
): readonly RecordedAttempt[] {
  const last = database.prepare(
    `select steps.node_id as nodeId, partition_key as partitionKey, steps.run_id as runId, status, message,
      null as because, rows_affected as rows, steps.finished_at as at
    from steps join runs on runs.run_id = steps.run_id
    where steps.node_id = ? and status = 'success' and target = ?
    order by steps.started_at desc limit 1`,
  );
  return nodes.flatMap((id) => (last.get([id, target]) as RecordedAttempt | undefined) ?? []);
}

/** When each of some tests passed, in milliseconds since 1970, of those that did so the last time that they were run. */
export function lastPasses(
  { database }: Pick<Store, 'database'>,
  { target, tests }: { readonly target: string; readonly tests: readonly string[] },
): ReadonlyMap<string, number> {
  const last = database.prepare(
    `select status, steps.finished_at as at
    from steps join runs on runs.run_id = steps.run_id
    where node_id = ? and status in ('pass', 'warn', 'fail', 'error') and target = ?
    order by steps.started_at desc limit 1`,
  );
  const passes = tests.flatMap((id): [string, number][] => {
    const step = last.get([id, target]) as { readonly status: string; readonly at: number } | undefined;
    return step?.status === 'pass' || step?.status === 'warn' ? [[id, step.at]] : [];
  });
  return new Map(passes);
}

/** The tests, of some, that passed in each of some runs. */
export function passedIn(
  { database }: Pick<Store, 'database'>,
  { runs, tests }: { readonly runs: readonly string[]; readonly tests: readonly string[] },
): ReadonlyMap<string, ReadonlySet<string>> {
  const rows = database
    .prepare(
      `select run_id as runId, node_id as nodeId from steps
      where run_id in ${listed} and node_id in ${listed} and status in ('pass', 'warn')`,
    )
    .all([JSON.stringify(runs), JSON.stringify(tests)]) as { readonly runId: string; readonly nodeId: string }[];
  const passed = new Map<string, Set<string>>(runs.map((id) => [id, new Set()]));
  for (const { runId, nodeId } of rows) passed.get(runId)?.add(nodeId);
  return passed;
}

/**
 * Which steps of a test tell of a partition: its own, or, of a test that did not look at it by itself, those of no partition.
 * Of an empty one, all do. It is asked with the partition twice.
 */
const aboutPartition = `(? in ('', partition_key) or partition_key = '' and not exists (select 1 from steps as own
  where own.run_id = steps.run_id and own.node_id = steps.node_id and own.partition_key = ?))`;

/**
 * The tests, of some, that did not pass in a run.
 *
 * @param partition of what they tested, or of what else they looked at if they did not test it by itself; empty for a node
 * that is always built whole, which they may have looked at with partitions of another.
 */
export function testsThatFailed(
  store: Pick<Store, 'database'>,
  {
    runId,
    partition,
    tests,
  }: { readonly runId: string; readonly partition: string; readonly tests: readonly string[] },
): readonly string[] {
  const condition = `status in ('fail', 'error', 'warn') and node_id in ${listed} and ${aboutPartition}`;
  return nodesWith(condition, [JSON.stringify(tests), partition, partition], runId, store);
}

/**
 * The tests that did not pass in a run, or could not be run, by unique id; not those that were skipped because of the
 * asset itself.
 *
 * @param partition only those of this partition, and those that are of no partition.
 */
export function failedTests(
  store: Pick<Store, 'database'>,
  runId: string,
  { asset, partition }: { readonly asset: string; readonly partition: string },
): readonly string[] {
  const condition = `resource_type = 'test' and status in ('fail', 'error', 'skipped', 'runtime error')
    and (skipped_because is null or skipped_because <> ?) and ${aboutPartition}`;
  return nodesWith(condition, [asset, partition, partition], runId, store);
}

/** The nodes of a run's steps of which a condition holds, each once, in the order of the steps. */
function nodesWith(
  condition: string,
  values: readonly string[],
  runId: string,
  { database }: Pick<Store, 'database'>,
): readonly string[] {
  const rows = database
    .prepare(`select node_id as nodeId from steps where run_id = ? and ${condition} order by position`)
    .all([runId, ...values]) as { readonly nodeId: string }[];
  return [...new Set(rows.map(({ nodeId }) => nodeId))];
}
