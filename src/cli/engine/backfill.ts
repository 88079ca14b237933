import type { JsonObject } from '../../core/index.ts';
import type { Outcome } from './outcome.ts';

/** What a backfill builds. */
export interface BackfillPlan {
  /** Undefined for one that is not begun. */
  readonly id: string | undefined;
  readonly assets: readonly PlannedAsset[];
  /** Unique ids of what is kept by no partitions, and built once. */
  readonly once: readonly string[];
  /** How many tests there are. */
  readonly tests: number;
}

export interface PlannedAsset {
  readonly nodeId: string;
  /** Ranges, as `formatKeySet` writes them. */
  readonly partitions: string;
  readonly count: number;
  /** How many times its SQL is run. */
  readonly statements: number;
}

/** `backfill ls`, `show` and `cancel`. */
export interface BackfillRequest {
  readonly action: 'ls' | 'show' | 'cancel';
  /** How its id begins. Undefined: all. */
  readonly id: string | undefined;
}

/** A backfill, for people and scripts. Times are milliseconds since 1970. */
export interface BackfillEntry {
  readonly id: string;
  readonly status: 'running' | 'success' | 'failure' | 'interrupted' | 'cancelled';
  readonly target: string;
  readonly createdAt: number;
  readonly finishedAt: number | null;
  /** The command line that began it. */
  readonly command: string;
  /** The command's options under dbt's names. */
  readonly args: JsonObject;
  readonly partitions: number;
  readonly assets: readonly BackfillAsset[];
  /** Ids of its runs, oldest first. */
  readonly runs: readonly string[];
}

export interface BackfillAsset {
  readonly id: string;
  readonly name: string;
  /** Ranges, as `formatKeySet` writes them. */
  readonly planned: string;
  readonly count: number;
  /** Only `show` looks for the rest. */
  readonly filled?: number | undefined;
  readonly failed?: string | undefined;
  readonly left?: string | undefined;
  readonly failedCount?: number | undefined;
  readonly leftCount?: number | undefined;
}

export interface BackfillOutcome extends Outcome {
  /** What was found, or what is cancelled. */
  readonly entries: readonly BackfillEntry[];
}
