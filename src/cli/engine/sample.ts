import type { RecordedSample } from '../../pipeline/sample/sample-file.ts';
import type { Outcome } from './outcome.ts';

/** `sample pull`: how much is recorded. */
export interface SampleRequest {
  /** How many rows are chosen of each table that is selected. */
  readonly rows: number;
  /** Decides which rows are chosen: the same for the same text, as long as the table is the same. */
  readonly seed: string;
}

export interface SampleOutcome extends Outcome {
  /** What was recorded, and in which folder, absolute. Undefined: nothing was, and an earlier sample is as it was. */
  readonly recorded: { readonly folder: string; readonly sample: RecordedSample } | undefined;
}
