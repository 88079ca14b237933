import type { KeySet, PartitionDefinition } from '../core/index.ts';
import type { PartitionRequest } from './partition-request.ts';
import type { StaleKeys } from './state/stale.ts';

/** What is known of the partitions of an asset. */
export interface PartitionState {
  /** Published. */
  readonly filled: KeySet;
  /** Built and held back by a test, or failed, and not published since. */
  readonly failed: KeySet;
  /** Left out of a run because something else had failed, and not published since. Default: none was. */
  readonly keptBack?: KeySet | undefined;
  /** Published, and out of date since: the logic or what it read has changed. Default: none is known to be. */
  readonly stale?: KeySet | undefined;
  /** What made each of them so. Default: nobody says. */
  readonly causes?: readonly StaleKeys[] | undefined;
  /** What of that a run was to build and has not come to. Default: nothing. */
  readonly leftBehind?: readonly StaleKeys[] | undefined;
}

/** What a command may leave all else out for. */
export type PartitionPick = 'missing' | 'failed' | 'stale';

/** The end is the first moment that is not meant. */
export interface EventTime {
  readonly start?: Date | undefined;
  readonly end?: Date | undefined;
}

export interface PartitionPlanning {
  readonly request: PartitionRequest;
  /** Milliseconds since 1970: partitions that are not over by then are built only if they are named. */
  readonly now: number;
  readonly state: (nodeId: string, definition: PartitionDefinition) => PartitionState;
  /** Everything is built anew, as far as a node's own `full_refresh` allows it. */
  readonly fullRefresh: boolean;
  /** Where nothing is named, everything is meant. Default: what is missing is. */
  readonly all?: boolean | undefined;
  /**
   * Of what is named, only what is of one of these kinds, and what reads it. Default, and where there are none: all of it.
   */
  readonly only?: readonly PartitionPick[] | undefined;
  /** Exactly these, whatever is named, by the unique id of their node; of others none. Default: what the rest says. */
  readonly exactly?: ReadonlyMap<string, KeySet> | undefined;
  /** How many partitions of one asset a command builds that names none; the newest first. Default: `partitions_per_build` of the model, or 1000. */
  readonly mostUnnamed?: number | undefined;
  /** `--event-time-start` and `--event-time-end`, for microbatch models where no partitions are named. Default: neither. */
  readonly eventTime?: EventTime | undefined;
  /** Whether the table of a node is there. Default: none is. */
  readonly stands?: ((nodeId: string) => boolean) | undefined;
  /** Whether there is nothing to read of a node, neither here nor elsewhere, unless it is built. Default: there is. */
  readonly isNowhere?: ((nodeId: string) => boolean) | undefined;
  /** Whether a test has passed since what it looks at was published. Default: it has. */
  readonly hasPassed?: ((testId: string) => boolean) | undefined;
  readonly batchSize?: number | undefined;
  /** Whether to say what is left out, too, and why. Default false. */
  readonly explain?: boolean | undefined;
}
