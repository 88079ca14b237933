import type { Explanation, PartitionStatus, PlanDocument, StaleCause } from '../../4-plan/index.ts';
import type { Outcome } from './outcome.ts';

/** `partitions`: what there is of some assets. */
export interface PartitionsOutcome extends Outcome {
  readonly assets: readonly AssetPartitions[];
}

/** The partitions of one asset. Ranges are as `formatKeySet` writes them. */
export interface AssetPartitions {
  /** Unique id. */
  readonly id: string;
  readonly name: string;
  /** The dimensions with their grain: `day`, `month|region`. */
  readonly by: string;
  readonly total: number;
  /** Why there is none; undefined where there are some. */
  readonly none: string | undefined;
  readonly ranges: string;
  /** Each partition is in one; a status without partitions is in the list too. */
  readonly statuses: readonly StatusPartitions[];
  readonly stale: readonly StalePartitions[];
  /** What readers see was published last by this run, at so many milliseconds since 1970; undefined before the first. */
  readonly last: { readonly runId: string; readonly at: number } | undefined;
}

export interface StatusPartitions {
  readonly status: PartitionStatus;
  readonly count: number;
  readonly ranges: string;
}

export interface StalePartitions {
  /** A parent is named as people call it. */
  readonly because: StaleCause;
  readonly count: number;
  readonly ranges: string;
}

/** `why`: what would happen to an asset, or to one partition of it, and because of what. */
export interface WhyOutcome extends Outcome {
  readonly answer: WhyAnswer | undefined;
}

export interface WhyAnswer extends Explanation {
  readonly id: string;
  readonly name: string;
  /** Empty for an asset that is always built whole. */
  readonly partition: string;
  /** Names of nodes by their ids, as far as the facts speak of them. */
  readonly names: ReadonlyMap<string, string>;
}

/** `plan`: what `build` would do. */
export interface PlanOutcome extends Outcome {
  readonly plan: PlanDocument | undefined;
}

/** `partitions add`, `remove` and `keys`. */
export interface KeysRequest {
  readonly action: 'add' | 'remove' | 'keys';
  /** The name of a list. Undefined: all lists. */
  readonly list: string | undefined;
  /** Those that are added or taken away. Default: none. */
  readonly keys?: readonly string[] | undefined;
}

export interface KeysOutcome extends Outcome {
  readonly lists: readonly KeyListEntry[];
  /** Keys that were added, or taken away; others were there, or were not. */
  readonly changed: readonly string[];
}

/** A list of keys, with the models that are kept by them. */
export interface KeyListEntry {
  readonly name: string;
  /** Null: people and programs add them. */
  readonly query: string | null;
  readonly models: readonly string[];
  readonly keys: readonly string[];
}
