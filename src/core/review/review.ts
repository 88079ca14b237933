import type { Table } from '../adapter.ts';
import type { DataDifference } from '../data-difference.ts';
import type { Severity } from '../diagnostic.ts';
import type { ChangeClass, ProjectChanges } from './change.ts';

/** A place as hosts of code count it: from 1; `file` is relative to the top of the repository. */
export interface ReviewPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A state of the project that takes part in the review. */
export interface ReviewedState {
  /** `origin/main`, a folder of artifacts, `work tree`. */
  readonly name: string;
  /** The commit's full hash, where there is one. */
  readonly commit?: string | undefined;
}

/** A problem that compiling found. */
export interface ReviewProblem {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** What else there is to know: where the macro was called that the place is in. */
  readonly notes?: readonly string[] | undefined;
  readonly hint?: string | undefined;
  readonly place?: ReviewPlace | undefined;
}

/** What came of one node of the build, tests and unit tests included. */
export interface ReviewResult {
  readonly id: string;
  readonly name: string;
  readonly resourceType: string;
  /**
   * As in `run_results.json`: `success`, `pass`, `warn`, `fail`, `error`, `skipped`, …; or `unjudged`: a test that found
   * rows, which need not be the change's fault.
   */
  readonly status: string;
  readonly seconds: number;
  readonly message?: string | undefined;
  /** Of a test: how many rows fail. */
  readonly failures?: number | undefined;
  /** Of a test that failed: some of the rows. */
  readonly examples?: Table | undefined;
  /** Why what a test found says nothing of the change: a reason a line. Default: it does. */
  readonly unjudged?: readonly string[] | undefined;
  /** Of a test that found rows: what it says of production. Undefined where it cannot be asked. */
  readonly inProduction?: ResultInProduction | undefined;
  readonly place?: ReviewPlace | undefined;
}

/** What came of a test where nothing of the change is. */
export interface ResultInProduction {
  /** `pass`, `warn` or `fail`. */
  readonly status: string;
  readonly failures: number;
}

/** How the rows of a relation that was built differ from production's. */
export interface ReviewDifference {
  readonly id: string;
  readonly name: string;
  /** The partitions that were compared; empty: all rows. */
  readonly partitions: string;
  /** The relations, as people write them. */
  readonly before: string;
  readonly after: string;
  /**
   * What it reads of which the review has some partitions alone, with these: rows of others are missing. Default: none.
   */
  readonly readsPartOf?: readonly string[] | undefined;
  /** Undefined where they could not be compared, which `problem` says. */
  readonly difference?: DataDifference | undefined;
  readonly problem?: string | undefined;
}

/** What of the affected nodes was not built, and why: a budget, a filter, a failed parent. */
export interface LeftOut {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
}

/** What the review took. */
export interface ReviewCost {
  /** Statements sent to the warehouse. */
  readonly statements: number;
  /** Wall time of the statements, one after another. */
  readonly statementSeconds: number;
  /** Wall time of everything. */
  readonly seconds: number;
  /** Read by the statements; undefined where the warehouse does not tell. */
  readonly bytes?: number | undefined;
}

/** `passed`; `failed`: the change must not be merged as it is. */
export interface ReviewVerdict {
  readonly status: 'passed' | 'failed';
  /** One line: what was found. */
  readonly text: string;
  /** Why it failed, one line each; empty if it passed. */
  readonly because: readonly string[];
}

/** Everything that `ingot ci` has to say of a pull request: what its reports are made of. */
export interface Review {
  /** Of this shape; raised when a field changes its meaning. */
  readonly version: 1;
  /** The project's name. */
  readonly project: string;
  /** As the host names it: `123`. */
  readonly pullRequest?: string | undefined;
  readonly base: ReviewedState;
  readonly head: ReviewedState;
  readonly verdict: ReviewVerdict;
  /** From which class on a change fails the review. */
  readonly failOn: ChangeClass | 'never';
  readonly problems: readonly ReviewProblem[];
  readonly changes: ProjectChanges;
  readonly results: readonly ReviewResult[];
  readonly differences: readonly ReviewDifference[];
  readonly leftOut: readonly LeftOut[];
  readonly cost: ReviewCost;
  /** Where it was built: `database.schema`; undefined where nothing was. */
  readonly schema?: string | undefined;
}
