import type { CompiledPart } from '../../6-record/index.ts';
import type { StepFinished } from '../../core/index.ts';
import type { BackfillPlan } from './backfill.ts';
import type { Outcome } from './outcome.ts';

/** Its diagnostics are what no event has told: problems of the project, of the selection, of the connection. */
export interface RunOutcome extends Outcome {
  readonly results: readonly StepFinished[];
  /**
   * What was compiled, by unique id. `--inline` has the id that `inlineId` names. Where the SQL was translated, `sentPath`
   * is the file with what the warehouse is sent, relative to the project.
   */
  readonly compiled: ReadonlyMap<string, CompiledPart & { readonly sentPath?: string | undefined }>;
  readonly inlineId?: string | undefined;
  /** `backfill --dry-run`. */
  readonly backfill?: BackfillPlan | undefined;
}
