import type { Outcome } from './outcome.ts';
import type { Preview } from './show.ts';

/** `quarantine`: what to do with data that failed its tests. */
export interface QuarantineRequest {
  readonly action: 'ls' | 'show' | 'release' | 'drop';
  /** A model. Undefined: those that the call selects, or all. */
  readonly model: string | undefined;
  /** The run that made the data: its id, or how that begins. Undefined: whichever. */
  readonly run: string | undefined;
  /** Only of this partition, or this set of partitions, as `ls` writes it. Undefined: of all. */
  readonly partition: string | undefined;
  /** `show`: only the rows that this test finds fault with. */
  readonly test: string | undefined;
  /** `release`: also where newer data has been published. */
  readonly force: boolean;
  /** `drop`: everything that is selected, also several of one model. */
  readonly all: boolean;
}

/** Data in quarantine, for people and scripts. */
export interface QuarantineEntry {
  /** Unique id of the model. */
  readonly id: string;
  readonly model: string;
  /** Empty for a model that is not kept by partitions. */
  readonly partition: string;
  readonly run: string;
  /** When it was put there, in milliseconds since 1970. */
  readonly at: number;
  readonly rows: number | null;
  /** All of the model, or rows that are to be brought into it. */
  readonly content: 'table' | 'rows';
  /** Where it stands, as SQL. */
  readonly relation: string;
  /** Names of the tests that held it back; null where there is no history of the run, or the tests are gone. */
  readonly tests: readonly string[] | null;
  /** How many models read this one. */
  readonly readers: number;
  /** When newer data was published, in milliseconds since 1970. */
  readonly supersededAt: number | null;
}

export interface QuarantineOutcome extends Outcome {
  /** What was found, or what was released or dropped. */
  readonly entries: readonly QuarantineEntry[];
  /** `show`: a preview for each entry. */
  readonly previews: readonly Preview[];
}
