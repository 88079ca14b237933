import type { Diagnostic } from './diagnostic.ts';
import type { JsonObject } from './json.ts';
import type { TableDifference } from './table-difference.ts';

/**
 * What a run does, while it does it. The events of a run are the only history there is: the terminal, the JSON log, the
 * state store and the artifacts are readers of this one stream. Times are milliseconds since 1970.
 */
export type Event =
  | RunStarted
  | StepStarted
  | StatementFinished
  | StepFinished
  | BatchFailed
  | Message
  | RunInterrupted
  | RunFinished;

interface EventBase {
  readonly at: number;
}

export interface RunStarted extends EventBase {
  readonly kind: 'run-started';
  readonly invocationId: string;
  readonly command: string;
  readonly args: JsonObject;
  readonly target: string;
  /** How many steps may run at once. Default 1. */
  readonly threads?: number | undefined;
  readonly version: string;
  /** Unique ids in the order of the plan, with what kind of thing each is. */
  readonly steps: readonly {
    readonly nodeId: string;
    readonly resourceType: string;
    /** The partitions of the step, where it is not the whole node. */
    readonly partition?: string | undefined;
  }[];
  /** How many hooks of the project run before the steps, and after them. Default: none. */
  readonly hooks?: { readonly before: number; readonly after: number } | undefined;
}

export interface StepStarted extends EventBase {
  readonly kind: 'step-started';
  readonly nodeId: string;
  readonly partition?: string | undefined;
  /** 1-based, in order of start. */
  readonly index: number;
  readonly thread: number;
}

export interface StatementFinished extends EventBase {
  readonly kind: 'statement-finished';
  readonly nodeId: string;
  readonly sql: string;
  readonly startedAt: number;
  readonly rowsAffected: number | null;
  /** The warehouse's message where it failed. */
  readonly error?: string | undefined;
}

/**
 * dbt's words: models and seeds end in success, error or skipped; tests in pass, warn, fail, error or skipped. A check of
 * freshness ends in pass, warn or error (too old), and in `runtime error` where it could not be made.
 */
export type StepStatus =
  | 'success'
  | 'error'
  | 'skipped'
  | 'pass'
  | 'fail'
  | 'warn'
  | 'no-op'
  | 'partial success'
  | 'runtime error';

/** Whether something went wrong with a node: the run has failed then, and nothing may be built on it. */
export const hasFailed = ({ status }: { readonly status: string }): boolean => failures.has(status);

const failures: ReadonlySet<string> = new Set<StepStatus>(['error', 'fail', 'partial success', 'runtime error']);

export interface StepFinished extends EventBase {
  readonly kind: 'step-finished';
  readonly nodeId: string;
  readonly partition?: string | undefined;
  readonly thread: number;
  readonly status: StepStatus;
  readonly startedAt: number;
  readonly compileStartedAt?: number | undefined;
  readonly compileFinishedAt?: number | undefined;
  /** dbt's message: `SELECT 5`, `Got 2 results, configured to fail if != 0`, or the error's text. */
  readonly message: string;
  /** Failing rows of a test. */
  readonly failures: number | null;
  readonly rowsAffected: number | null;
  readonly diagnostics: readonly Diagnostic[];
  /** Why it did not run: the id of the failed node above it, or `interrupted`. */
  readonly skippedBecause?: string | undefined;
  readonly compiledPath?: string | undefined;
  readonly relationName?: string | null | undefined;
  /** Of a test: what it read before that was published, by unique id. */
  readonly staged?: readonly string[] | undefined;
  /** Of a unit test that failed: what came of it, and what was expected. */
  readonly difference?: TableDifference | undefined;
  /** Batches of a microbatch model, as start and end in ISO form. */
  readonly batchResults?:
    | {
        readonly successful: readonly (readonly [string, string])[];
        readonly failed: readonly (readonly [string, string])[];
      }
    | undefined;
  /** Of a source whose freshness was checked. */
  readonly freshness?: MeasuredFreshness | undefined;
}

/** A batch of a microbatch model could not be built; its step goes on. */
export interface BatchFailed extends EventBase {
  readonly kind: 'batch-failed';
  readonly nodeId: string;
  readonly partition: string;
  readonly startedAt: number;
  readonly message: string;
}

/** How old a source's data is. Times are in ISO form, in UTC with microseconds. */
export interface MeasuredFreshness {
  /** The first day of the year 1 where there is no data. */
  readonly maxLoadedAt: string;
  readonly snapshottedAt: string;
  readonly ageSeconds: number;
}

/** Something said during the run: `log(info=true)`, `print()`, a warning. */
export interface Message extends EventBase {
  readonly kind: 'message';
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly text: string;
  readonly nodeId?: string | undefined;
  readonly diagnostic?: Diagnostic | undefined;
  /** `print()` writes to standard output, whatever the log format. */
  readonly print?: boolean | undefined;
}

export interface RunInterrupted extends EventBase {
  readonly kind: 'run-interrupted';
  readonly running: readonly string[];
}

export interface RunFinished extends EventBase {
  readonly kind: 'run-finished';
  readonly outcome: 'success' | 'failure' | 'interrupted';
  readonly elapsedMs: number;
}

export type Emit = (event: Event) => void;

/** A problem that is told while the run goes on. */
export function messageOf(diagnostic: Diagnostic, at: number, nodeId?: string): Message {
  const level = diagnostic.severity === 'error' ? 'error' : 'warn';
  return { kind: 'message', at, level, text: diagnostic.message, nodeId, diagnostic };
}
