import type { IndirectSelection } from '../../2-graph/index.ts';
import type { PlanDocument } from '../../4-plan/index.ts';
import type { JsonObject } from '../../core/index.ts';

/** A command line with its meaning, for the pipeline. */
export interface Call {
  /** `build`, `run`, `seed`, `test`, `compile`, `parse`, `ls`, `show`, `debug`, `clean`, `freshness`, `run-operation`. */
  readonly command: string;
  /** Absolute, or undefined where no project file was found here or above. */
  readonly projectDir: string | undefined;
  readonly profilesDir: string | undefined;
  readonly profile: string | undefined;
  readonly target: string | undefined;
  /** In place of the schema that the target names. Default: that one. */
  readonly schema?: string | undefined;
  readonly targetPath: string | undefined;
  readonly stateFile: string | undefined;
  readonly vars: JsonObject;
  readonly threads: number | undefined;
  readonly select: readonly string[];
  readonly exclude: readonly string[];
  readonly selector: string | undefined;
  /** Undefined: what the command runs by default. */
  readonly resourceTypes: readonly string[] | undefined;
  readonly excludeResourceTypes: readonly string[] | undefined;
  readonly indirectSelection: IndirectSelection;
  readonly fullRefresh: boolean;
  readonly failFast: boolean;
  readonly storeFailures: boolean;
  readonly empty: boolean;
  readonly warnError: boolean;
  readonly warnErrorOptions: JsonObject;
  readonly partialParse: boolean;
  readonly versionCheck: boolean;
  readonly introspect: boolean;
  /** `docs generate`: whether the nodes are compiled too. */
  readonly compile: boolean;
  /** `docs generate`: whether the catalog stays empty, so that the warehouse is not asked. */
  readonly emptyCatalog: boolean;
  readonly writeJson: boolean;
  /** `source freshness`: where its results go, absolute. Undefined: `sources.json` in the target folder. */
  readonly output: string | undefined;
  /** Folder with the artifacts of an earlier run, for `result:` and `state:`. */
  readonly state: string | undefined;
  /** `--defer`: nodes that are not built here are read from the state of `deferState`, or else of `state`. */
  readonly defer: boolean;
  readonly deferState: string | undefined;
  readonly favorState: boolean;
  readonly eventTimeStart: string | undefined;
  readonly eventTimeEnd: string | undefined;
  /** `--sample`: `3 days`, or `{start: …, end: …}`. */
  readonly sample?: string | undefined;
  /** Which partitions are built of assets that have some. Undefined: those that are missing. */
  readonly partitions: PartitionCall | undefined;
  /** `build --plan`: absolute path of a plan to carry out. */
  readonly planFile: string | undefined;
  /** The plan of `planFile`, once it was read. */
  readonly planned?: PlanDocument | undefined;
  /** `backfill`. Undefined: the call is none. */
  readonly backfill: BackfillCall | undefined;
  /** `run-operation`: the macro, as written, and its arguments. */
  readonly operation: { readonly macro: string; readonly args: JsonObject } | undefined;
  /** SQL to compile or show in place of a node. */
  readonly inline: string | undefined;
  /** SQL to show as it is, without a project being loaded. */
  readonly inlineDirect: string | undefined;
  /** Rows to show; negative for all. */
  readonly limit: number;
  /** `retry`: exactly these nodes, whatever is selected, and the batches of theirs that succeeded. */
  readonly only: readonly string[] | undefined;
  readonly retryOf: RetryOf | undefined;
  /** Flags that the user gave, under dbt's names: the project file's `flags:` may set the others. */
  readonly given: ReadonlySet<string>;
  /** All flags under dbt's names, for artifacts and for `flags` in templates. */
  readonly args: JsonObject;
}

/** `--partition`, `--from`, `--to`, `--dimension` and what narrows them. */
export interface PartitionCall {
  readonly keys: readonly string[];
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly dimensions: Readonly<Record<string, readonly string[]>>;
  /** Of the partitions that are meant, only these, and what reads them. None: all of them. */
  readonly only: readonly ('missing' | 'failed' | 'stale')[];
  /** All partitions count as named, even if none is. */
  readonly all: boolean;
  readonly batchSize: number | undefined;
}

export interface BackfillCall {
  /** Of an earlier backfill that is gone on with. Undefined: it is a new one. */
  readonly id: string | undefined;
  /** Only say what would be built. */
  readonly dryRun: boolean;
  /** Begin with the newest partitions, and not with the oldest. */
  readonly newestFirst: boolean;
}

export interface RetryOf {
  readonly startedAt: string | null;
  /** Of a run that was killed: what had ended well. All else that the call selects is left. */
  readonly done?: readonly string[] | undefined;
  /** Tests that found no fault then. What is built again and published after its tests needs all of them. */
  readonly passed: readonly string[];
  readonly batches: ReadonlyMap<string, { readonly successful: readonly Batch[]; readonly failed: readonly Batch[] }>;
}

type Batch = readonly [start: string, end: string];
