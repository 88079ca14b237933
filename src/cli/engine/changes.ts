import type { ProjectChanges, ReviewedState } from '../../core/index.ts';
import type { Outcome } from './outcome.ts';

/** `changes`: what is other than in an earlier state of the project. */
export interface ListedChanges extends Outcome {
  readonly answer: { readonly base: ReviewedState; readonly changes: ProjectChanges } | undefined;
}
