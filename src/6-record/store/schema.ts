/**
 * The tables of the state store. Times are milliseconds since 1970, JSON is text. Later issues add tables by a migration
 * each.
 */
export interface StateSchema {
  readonly runs: RunRow;
  readonly steps: StepRow;
  readonly statements: StatementRow;
  readonly sql_texts: SqlTextRow;
  readonly diagnostics: DiagnosticRow;
  readonly messages: MessageRow;
  readonly test_results: TestResultRow;
  readonly backfills: BackfillRow;
  readonly backfill_runs: BackfillRunRow;
  readonly leases: LeaseRow;
  readonly builders: BuilderRow;
  readonly partition_keys: PartitionKeyRow;
}

export interface RunRow {
  readonly run_id: string;
  readonly command: string;
  readonly args: string;
  readonly target: string;
  readonly version: string;
  readonly started_at: number;
  readonly finished_at: number | null;
  /** `running` until the run says how it ended; a process that died leaves it so (see `process-life.ts`). */
  readonly outcome: RunOutcome;
  readonly elapsed_ms: number | null;
  readonly steps_planned: number;
  readonly pid: number;
  readonly host: string;
  readonly process_started_at: number;
}

export type RunOutcome = 'running' | 'success' | 'failure' | 'interrupted';

export interface StepRow {
  readonly run_id: string;
  /** Place in the plan, from 0. */
  readonly position: number;
  readonly node_id: string;
  readonly resource_type: string;
  /** Empty for nodes that are not kept by partitions. */
  readonly partition_key: string;
  /** One of core's `StepStatus`, or `running`. */
  readonly status: string;
  readonly started_at: number;
  readonly finished_at: number | null;
  readonly compile_started_at: number | null;
  readonly compile_finished_at: number | null;
  readonly thread: number;
  readonly message: string;
  readonly failures: number | null;
  readonly rows_affected: number | null;
  /** Why it did not run, or not to its end: a failed node's id, `interrupted`, `cancelled`. */
  readonly skipped_because: string | null;
  readonly compiled_path: string | null;
  readonly relation_name: string | null;
}

export interface StatementRow {
  readonly run_id: string;
  /** In the order in which statements ended, from 0. */
  readonly number: number;
  readonly node_id: string;
  readonly sql_hash: string;
  readonly started_at: number;
  readonly finished_at: number;
  readonly rows_affected: number | null;
  readonly error: string | null;
}

/** A statement's text, once for all the runs that sent it. */
export interface SqlTextRow {
  readonly sql_hash: string;
  readonly sql: string;
}

export interface DiagnosticRow {
  readonly run_id: string;
  readonly number: number;
  /** Null for what concerns the whole run. */
  readonly node_id: string | null;
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly file: string | null;
  readonly start_offset: number | null;
  readonly end_offset: number | null;
  readonly hint: string | null;
  readonly notes: string | null;
}

export interface MessageRow {
  readonly run_id: string;
  readonly number: number;
  readonly at: number;
  readonly level: string;
  readonly text: string;
  readonly node_id: string | null;
}

/** A view: the steps that are tests. */
export interface TestResultRow {
  readonly run_id: string;
  readonly node_id: string;
  readonly status: string;
  readonly failures: number | null;
  readonly message: string;
  readonly finished_at: number | null;
}

/** Many partitions that are to be built, in one run or, if that was stopped, in several. */
export interface BackfillRow {
  readonly backfill_id: string;
  readonly created_at: number;
  readonly target: string;
  /** The command line's options under dbt's names, as JSON: what `resume` starts from. */
  readonly request: string;
  /** Partitions by the unique id of their asset, each as `formatKeySet` writes them, as JSON. */
  readonly planned: string;
  /** `running` until it says how it ended; a process that died leaves it so (see `process-life.ts`). */
  readonly status: BackfillStatus;
  readonly finished_at: number | null;
  /** When somebody asked for its end. */
  readonly cancelled_at: number | null;
  readonly pid: number;
  readonly host: string;
  readonly process_started_at: number;
}

export type BackfillStatus = 'running' | 'success' | 'failure' | 'interrupted' | 'cancelled';

export interface BackfillRunRow {
  readonly backfill_id: string;
  readonly run_id: string;
}

/** A partition that a process builds at the moment. */
export interface LeaseRow {
  readonly target: string;
  readonly asset: string;
  readonly partition_key: string;
  /** The run. */
  readonly holder: string;
  readonly pid: number;
  readonly host: string;
  readonly process_started_at: number;
  readonly heartbeat_at: number;
}

/** A run that builds, or has built, partitions of an asset: others that are planned meanwhile look for what it published. */
export interface BuilderRow {
  readonly target: string;
  readonly asset: string;
  readonly holder: string;
  readonly pid: number;
  readonly host: string;
  readonly process_started_at: number;
  readonly ended_at: number | null;
}

/** A key of dynamic partitions. */
export interface PartitionKeyRow {
  /** Later ones were added later. */
  readonly position: number;
  /** Project and target: what others add to a list of that name is nobody else's. */
  readonly target: string;
  readonly list: string;
  readonly key: string;
  readonly added_at: number;
}
