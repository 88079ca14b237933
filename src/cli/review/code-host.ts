import type { Diagnostic, Review } from '../../core/index.ts';
import type { ReportContext, ReportLinks } from './report-context.ts';

/** What a host of code needs of the outside: a test brings its own. */
export interface HostWorld {
  readonly env: NodeJS.ProcessEnv;
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
  now(): Date;
  /** Default: as long as it says, or until the signal. */
  wait?(milliseconds: number): Promise<void>;
  /** Takes a line for standard output, where the host looks for commands. */
  print(line: string): void;
}

/**
 * Where the pull request stands, and where its review is posted. Nothing here throws for what the host answers: what could
 * not be posted comes back as warnings, the rest is done, and the verdict stays what it is.
 */
export interface CodeHost {
  /** For people: `GitHub`. */
  readonly name: string;
  /** Undefined where the run is for none. */
  readonly pullRequest: string | undefined;
  /** The newest commit of the pull request's branch, which has the status; not a merge made for the run. */
  readonly commit: string | undefined;
  /** The branch that it is to be merged into. */
  readonly baseBranch: string | undefined;
  readonly links: ReportLinks;
  /** At the start: the commit's status is `pending`. */
  announce(project: string): Promise<readonly Diagnostic[]>;
  /** At the end: everything below, with the status of the verdict. */
  report(review: Review, context: ReportContext): Promise<readonly Diagnostic[]>;
  /** No review came about: the status is `error`. */
  fail(project: string, reason: string): Promise<readonly Diagnostic[]>;
  /** Puts what was found beside the lines of code. */
  annotate(review: Review, context: ReportContext): void;
  /** Shows the report on the run's page. */
  summarize(review: Review, context: ReportContext): readonly Diagnostic[];
  /** Makes the project's comment on the pull request, or writes it anew. */
  comment(review: Review, context: ReportContext): Promise<readonly Diagnostic[]>;
  /** Sets the commit's status. The text is cut to what the host shows. */
  status(project: string, state: CommitState, text: string): Promise<readonly Diagnostic[]>;
  /** Which of these pull requests are closed or merged. Those that the host does not know are not. */
  closed(pullRequests: readonly string[]): Promise<ClosedPullRequests>;
}

export type CommitState = 'pending' | 'success' | 'failure' | 'error';

export interface ClosedPullRequests {
  readonly closed: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}
