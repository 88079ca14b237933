import type { KeySet, StepPart } from '../core/index.ts';
import type { ChangedLogic } from './state/rebuilds.ts';

/** The ordered steps that a command will take, and why. Plain data: the same inputs give the same plan. */
export interface Plan {
  readonly command: string;
  /**
   * `compile`: nothing is sent to the warehouse but what templates ask. `freshness`: sources are asked for their age.
   * `clone`: what another environment has is put in their place.
   */
  readonly action: 'run' | 'compile' | 'freshness' | 'clone';
  /** Hooks of the project that run, one after the other, before the first and after the last step. */
  readonly before: readonly string[];
  readonly steps: readonly Step[];
  /** Ephemeral models that are compiled for people to read their SQL; they are no steps. Default: none. */
  readonly ephemeral?: readonly string[] | undefined;
  readonly after: readonly string[];
  /** Partitions of selected nodes that are not built. Default: none. */
  readonly leftOut?: readonly LeftOut[] | undefined;
  /** Of the partitions of a node, the newest are begun first. Default: the oldest are. */
  readonly newestFirst?: boolean | undefined;
}

/** One node to build, test or load; or one half of a node that is published only after its tests. */
export interface Step {
  readonly nodeId: string;
  /**
   * `stage` builds the node's new data where nobody reads it; `publish` brings it to its place once the tests that read
   * the staged data have passed, and puts it aside if they have not. `rest` is of a test that is run for each partition
   * that is built: it looks at all others beside what another node has staged. Default: all at once.
   */
  readonly part?: StepPart | undefined;
  /**
   * Steps, by `stepId`, that have to end well before this one may start; what fails among them makes this one skipped.
   * A `publish` starts when they have ended, however they did.
   */
  readonly waitsFor: readonly string[];
  /**
   * Of a plan that was taken apart to be run: steps that have to have ended before, however they did, by `stepId`; the id of
   * a node in parts means all of them. Default: none.
   */
  readonly follows?: readonly string[] | undefined;
  /** All partitions that are to be built, as `formatKeySet` writes them. Default: the node is not kept by partitions. */
  readonly partitions?: string | undefined;
  /** How many partitions one statement builds. Default 1. */
  readonly batchSize?: number | undefined;
  /**
   * All partitions are built by this one step, in its transactions: the batches of a microbatch model that is published
   * before its tests. `asked`: they are built as `partitions` says. `usual`: dbt's are, which `partitions` foretells as
   * far as the model is defined for them. Default: each partition is a step of its own.
   */
  readonly batches?: 'asked' | 'usual' | undefined;
  /** Of a plan that was taken apart to be run: the partitions of this one step. Default: the whole node. */
  readonly partition?: string | undefined;
  /** Of a test: whatever it finds is a warning, so that it holds nothing back. Default: as its configuration says. */
  readonly onlyWarns?: boolean | undefined;
  /** Nodes that a test reads as they were staged. Default: none. */
  readonly staged?: readonly string[] | undefined;
  /** Of a `rest`: the node, and those of its partitions that are built. Default: the test reads whole nodes. */
  readonly except?: ExceptedPartitions | undefined;
  /** The kind of its first reason. */
  readonly reason: StepReason['kind'];
  /** Of a node with partitions: why each of them is built; no partition is in two. Default: `reason` is all. */
  readonly reasons?: readonly StepReason[] | undefined;
}

/** Partitions of a node that somebody does not read, as `formatKeySet` writes them. */
export interface ExceptedPartitions {
  readonly nodeId: string;
  readonly partitions: string;
}

/** Why something is in a plan. */
export interface StepReason {
  /**
   * `selected`: it has no partitions. `asked`: the command names it. `missing`, `failed`: nothing was published, or not
   * since it failed. `code-changed`, `upstream-rebuilt`: it is out of date. `upstream-built`: it reads what the same plan
   * builds. `lookback`: rows may have come late.
   */
  readonly kind:
    | 'selected'
    | 'asked'
    | 'full-refresh'
    | 'missing'
    | 'failed'
    | 'code-changed'
    | 'upstream-rebuilt'
    | 'upstream-built'
    | 'lookback';
  /** As `formatKeySet` writes them. Default: the node as a whole. */
  readonly partitions?: string | undefined;
  /** Unique id of what is or was built. */
  readonly parent?: string | undefined;
  /** `upstream-rebuilt`: what of the parent's code has changed. Default: nothing, or nobody knows. */
  readonly changed?: ChangedLogic | undefined;
}

/** The same before it is written down. */
export interface KeyedReason extends Omit<StepReason, 'partitions'> {
  readonly keys: KeySet;
}

/** Partitions of a selected node that a plan does not build. */
export interface LeftOut {
  readonly nodeId: string;
  readonly partitions: string;
  readonly count: number;
  /** `filled`: they are as they should be. `older`: there are too many. `waits`: what they read is missing. */
  readonly kind: 'filled' | 'stale' | 'older' | 'waits';
  /** `waits`: unique id of what they read. */
  readonly parent?: string | undefined;
}
