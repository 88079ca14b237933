import type { Diagnostic, ProjectChanges, ReviewedState } from '../../core/index.ts';

/** `changes`: what is other than in an earlier state of the project. */
export interface ListedChanges {
  readonly exitCode: 0 | 1 | 2;
  readonly diagnostics: readonly Diagnostic[];
  readonly answer: { readonly base: ReviewedState; readonly changes: ProjectChanges } | undefined;
}
