import type { ProjectSettings } from '../1-parse/index.ts';
import type { Graph, IndirectSelection, NodeCounts, Selection } from '../2-graph/index.ts';
import type { NodeAnalysis } from '../3-compile/index.ts';
import type { ManifestBase } from '../6-record/index.ts';
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
} from '../core/index.ts';
import type { Scope } from '../jinja/index.ts';

/** A command line with its meaning, for the pipeline. */
export interface Call {
  /** `build`, `run`, `seed`, `test`, `compile`, `parse`, `ls`, `show`, `debug`, `clean`. */
  readonly command: string;
  /** Absolute, or undefined where no project file was found here or above. */
  readonly projectDir: string | undefined;
  readonly profilesDir: string | undefined;
  readonly profile: string | undefined;
  readonly target: string | undefined;
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
  /** Folder with the artifacts of an earlier run, for `result:` and `state:`. */
  readonly state: string | undefined;
  /** `--defer`: nodes that are not built here are read from the state of `deferState`, or else of `state`. */
  readonly defer: boolean;
  readonly deferState: string | undefined;
  readonly favorState: boolean;
  readonly eventTimeStart: string | undefined;
  readonly eventTimeEnd: string | undefined;
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

export interface RetryOf {
  readonly startedAt: string | null;
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
  readonly signal: AbortSignal;
  readonly emit: Emit;
  /** Told as soon as the project is known, before anything is said about it: reporters name nodes and show sources. */
  onProject?(loaded: Loaded): void;
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
  /** What was compiled, by unique id. `--inline` has the id that `inlineId` names. */
  readonly compiled: ReadonlyMap<string, { readonly sql: string }>;
  readonly inlineId?: string | undefined;
}

export interface ShowOutcome {
  readonly exitCode: 0 | 1 | 2;
  readonly diagnostics: readonly Diagnostic[];
  readonly previews: readonly Preview[];
}

export interface Preview {
  /** The node's name, with `.v2` for a version; `inline_query` for `--inline`. */
  readonly name: string;
  readonly table: Table;
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
  /** `docs generate`: compiles, if the call says so, and writes `catalog.json`. */
  generateDocs(call: Call, host: Host): Promise<RunOutcome>;
  /** What the SQL of nodes gives, for commands that build nothing. To be closed. */
  openAnalysis(loaded: Loaded, call: Call, host: Host): Promise<OpenAnalysis>;
  checkConnection(call: Call, host: Host): Promise<ConnectionReport>;
}
