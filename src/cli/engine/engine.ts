import type { ProjectSettings } from '../../1-parse/index.ts';
import type { Graph, IndirectSelection, NodeCounts, Selection } from '../../2-graph/index.ts';
import type { NodeAnalysis } from '../../3-compile/index.ts';
import type { PlanDocument } from '../../4-plan/index.ts';
import type { CompiledPart, ManifestBase } from '../../6-record/index.ts';
import type {
  CodeNode,
  Diagnostic,
  Emit,
  Environment,
  JsonObject,
  Shelves,
  StepFinished,
  Table,
  Target,
} from '../../core/index.ts';
import type { Scope } from '../../jinja/index.ts';
import type { BaseRequest } from '../base/base.ts';
import type { ListedChanges } from './changes.ts';
import type { DiffCall, DiffOutcome } from './diff.ts';
import type { LintCall, LintOutcome } from './lint.ts';
import type { KeysOutcome, KeysRequest, PartitionsOutcome, PlanOutcome, WhyOutcome } from './partitions.ts';
import type { CleanOutcome, CleanRequest, ReviewOutcome, ReviewRequest } from './review.ts';
import type { SampleOutcome, SampleRequest } from './sample.ts';

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

export interface BackfillOutcome {
  readonly exitCode: 0 | 1 | 2;
  readonly diagnostics: readonly Diagnostic[];
  /** What was found, or what is cancelled. */
  readonly entries: readonly BackfillEntry[];
}

export interface RetryOf {
  readonly startedAt: string | null;
  /** Tests that found no fault then. What is built again and published after its tests needs all of them. */
  readonly passed: readonly string[];
  readonly batches: ReadonlyMap<string, { readonly successful: readonly Batch[]; readonly failed: readonly Batch[] }>;
}

type Batch = readonly [start: string, end: string];

/** The world as the pipeline may see it. */
export interface Host {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly homeDir: string;
  now(): Date;
  uuid(): string;
  /** A number from 0 to below 1. */
  random(): number;
  /** Tells of Ctrl-C, from `heedSignals` on. */
  readonly signal: AbortSignal;
  /** To be called before there is something to end in order: a connection, a run. Default: nothing has to be done. */
  heedSignals?(): void;
  readonly emit: Emit;
  /** Told how many files a project has, when they are read and before they are put together. */
  onFiles?(count: number): void;
  /** Told as soon as the project is known, before anything is said about it: reporters name nodes and show sources. */
  onProject?(loaded: Loaded): void;
  /** Told when a backfill begins. */
  onBackfill?(plan: BackfillPlan): void;
  /** In place of `onProject`, where a command does without reading the project. */
  onUnchanged?(known: Unchanged): void | Promise<void>;
}

/** What there is to say of a project that is as it was the last time. */
export interface Unchanged {
  readonly counts: NodeCounts;
  readonly diagnostics: readonly Diagnostic[];
}

/** What the project file alone says. */
export interface OpenedProject {
  readonly root: string;
  readonly settings: ProjectSettings;
  /** Absolute, `--target-path` considered. */
  readonly targetPath: string;
  /** What templates in the list of packages can use. */
  readonly packageListScope: Scope;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Loaded {
  readonly graph: Graph;
  readonly environment: Environment;
  readonly shelves: Shelves;
  /** Of parsing and of the graph. With an error among them nothing can be run. */
  readonly diagnostics: readonly Diagnostic[];
  /** Where the graph was kept by an earlier command: what is known of it besides. */
  readonly restored?: Restored | undefined;
}

/** A graph that was not made from files, but kept, and changed where code was edited since. */
export interface Restored {
  /** The manifest of the project as it was kept. */
  readonly base: ManifestBase;
  /** Fingerprint of the graph that is kept, without edits. */
  readonly graph: string;
  readonly counts: NodeCounts;
  /** Ids of the models that are kept by lists of keys. */
  readonly keyed: readonly string[];
  /** What is other than in the kept graph, by unique id. */
  readonly edits: Readonly<Record<string, Pick<CodeNode, 'checksum' | 'origin'>>>;
  /** Whether all of this is kept already. */
  readonly isCurrent: boolean;
}

export interface RunOutcome {
  readonly exitCode: 0 | 1 | 2;
  /** What no event has told: problems of the project, of the selection, of the connection. */
  readonly diagnostics: readonly Diagnostic[];
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

export interface ShowOutcome {
  readonly exitCode: 0 | 1 | 2;
  readonly diagnostics: readonly Diagnostic[];
  readonly previews: readonly Preview[];
}

export interface Preview {
  /** The node's name, with `.v2` for a version; `inline_query` for `--inline`. */
  readonly name: string;
  /** Its unique id. Default: it is no node. */
  readonly id?: string | undefined;
  readonly table: Table;
}

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

export interface QuarantineOutcome {
  readonly exitCode: 0 | 1 | 2;
  readonly diagnostics: readonly Diagnostic[];
  /** What was found, or what was released or dropped. */
  readonly entries: readonly QuarantineEntry[];
  /** `show`: a preview for each entry. */
  readonly previews: readonly Preview[];
}

export interface ConnectionReport {
  /** Where profiles or targets were read, absolute; null where no such file was found. */
  readonly profilesFile: string | null;
  readonly target: Target | undefined;
  /** What may be shown of the connection: no secrets. */
  readonly visible: JsonObject;
  /** Of the project file. */
  readonly project: readonly Diagnostic[];
  /** Of the profile and target. */
  readonly profile: readonly Diagnostic[];
  /** Of the attempt to connect; undefined where none was made. */
  readonly connection: readonly Diagnostic[] | undefined;
}

/** Knows the columns of nodes. */
export interface OpenAnalysis {
  /** Undefined where Ingot cannot read the warehouse's SQL. */
  analyze(id: string): Promise<NodeAnalysis | undefined>;
  /** What the name of a column is compared by. */
  columnKey(name: string): string;
  close(): Promise<void>;
}

/** What the commands ask of the pipeline. Problems come back as diagnostics; a `Problem` may be thrown as well. */
export interface Engine {
  openProject(call: Call, host: Host): Promise<OpenedProject>;
  loadProject(call: Call, host: Host): Promise<Loaded>;
  /** What the call selects: flags, default selector, resource types, in graph order. */
  selectNodes(loaded: Loaded, call: Call, host: Host): Promise<Selection>;
  runCommand(call: Call, host: Host): Promise<RunOutcome>;
  showQuery(call: Call, host: Host): Promise<ShowOutcome>;
  /** `quarantine`: lists, shows, publishes or throws away what failed its tests. */
  quarantine(request: QuarantineRequest, call: Call, host: Host): Promise<QuarantineOutcome>;
  /** `backfill ls`, `show`, `cancel`. */
  backfills(request: BackfillRequest, call: Call, host: Host): Promise<BackfillOutcome>;
  /** `partitions`: what there is of the named models; of all that are selected, if none is named. */
  partitions(names: readonly string[], call: Call, host: Host): Promise<PartitionsOutcome>;
  /** `partitions add`, `remove` and `keys`: the keys of dynamic partitions. */
  partitionKeys(request: KeysRequest, call: Call, host: Host): Promise<KeysOutcome>;
  /** `why`: what would happen to an asset, or to one of its partitions (`orders[2024-03-31]`). */
  why(asked: string, call: Call, host: Host): Promise<WhyOutcome>;
  /** `diff`: how the rows of an asset, or of some of its partitions (`orders[2024-03-31]`), differ from others. */
  diff(asked: string, request: DiffCall, call: Call, host: Host): Promise<DiffOutcome>;
  /** `sample pull`: records some rows of production's tables, masked, as files of the project. */
  pullSample(request: SampleRequest, call: Call, host: Host): Promise<SampleOutcome>;
  /** `changes`: what is other than in an earlier state of the project, by meaning, and who is affected. */
  changes(request: BaseRequest, call: Call, host: Host): Promise<ListedChanges>;
  /** `ci`: what a change does, whether it works, how its data differs. */
  review(request: ReviewRequest, call: Call, host: Host): Promise<ReviewOutcome>;
  /** `ci clean`: drops schemas that reviews made. */
  cleanSchemas(request: CleanRequest, call: Call, host: Host): Promise<CleanOutcome>;
  /** `lint`: what habits the SQL has that lead to faults. */
  lint(request: LintCall, call: Call, host: Host): Promise<LintOutcome>;
  /** `plan`: what `build` would do. */
  plan(call: Call, host: Host): Promise<PlanOutcome>;
  /** `docs generate`: compiles, if the call says so, and writes `catalog.json`. */
  generateDocs(call: Call, host: Host): Promise<RunOutcome>;
  /** What the SQL of nodes gives, for commands that build nothing. To be closed. */
  openAnalysis(loaded: Loaded, call: Call, host: Host): Promise<OpenAnalysis>;
  checkConnection(call: Call, host: Host): Promise<ConnectionReport>;
}
