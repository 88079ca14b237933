import type { ChangeClass, Review, ReviewPlace, Span } from '../../core/index.ts';
import type { ExitCode, Outcome } from './outcome.ts';

/** `ci`: which change is reviewed, and what may be spent on it. */
export interface ReviewRequest {
  /** A branch, a tag or a commit that the project is compared with, unless the call names a state. */
  readonly base: string;
  /** As the host names it: `12`. Undefined: there is none. */
  readonly pullRequest: string | undefined;
  /** What tells the schema of this review from those of others: the pull request, or who asks without one. */
  readonly schemaKey: string;
  /** The head's commit, where it is known. */
  readonly commit: string | undefined;
  /** Undefined: what the project says, or the target that is built with. */
  readonly productionTarget: string | undefined;
  /** How many of the newest partitions are built. */
  readonly partitions: number;
  /** Undefined: there is no limit. */
  readonly mostNodes: number | undefined;
  readonly mostMinutes: number | undefined;
  readonly failOn: ChangeClass | 'never';
  /** Whether the schemas are dropped at the end. */
  readonly drop: boolean;
  /** Whether no warehouse is used: what can be is built in this process, from recorded samples. */
  readonly offline: boolean;
}

export interface ReviewOutcome {
  /** 2: the project has errors. */
  readonly exitCode: ExitCode;
  readonly review: Review;
  /** Where the project stands in its repository, with `/`; empty: it is the top. */
  readonly folder: string;
  readonly placeOf: (span: Span) => ReviewPlace | undefined;
}

/** `ci clean`: which schemas are dropped, of those that reviews of this project made. */
export interface CleanRequest {
  /** Only that of this pull request. Undefined: of all. */
  readonly pullRequest: string | undefined;
  /** Only those that were made before this moment, in milliseconds since 1970. Undefined: whenever. */
  readonly before: number | undefined;
  /** Which pull requests, of some, are closed. Undefined: it does not matter. */
  readonly closed: ((pullRequests: readonly string[]) => Promise<readonly string[]>) | undefined;
}

export interface CleanOutcome extends Outcome {
  /** `database.schema` of what was dropped. */
  readonly dropped: readonly string[];
  /** Of what reviews made and what was not asked for. */
  readonly kept: readonly string[];
}
