import type {
  Catalogs,
  ColumnMasking,
  DataPath,
  Diagnostic,
  DocNode,
  Environment,
  ExposureNode,
  FunctionNode,
  GraphNode,
  GroupNode,
  Json,
  JsonObject,
  MacroNode,
  MetricNode,
  NamedPartitions,
  Node,
  SavedQueryNode,
  SemanticModelNode,
  Shelves,
  SourceNode,
  UnitTestNode,
} from '../core/index.ts';

/** Everything that the files of a project and its packages say; no warehouse was asked. Plain data. */
export interface Project {
  readonly name: string;
  readonly version: string | null;
  /** Absolute path. */
  readonly root: string;
  readonly settings: ProjectSettings;
  /** Settings of every package by name, the root project's included. */
  readonly packages: ReadonlyMap<string, ProjectSettings>;
  readonly nodes: ReadonlyMap<string, Node>;
  readonly sources: ReadonlyMap<string, SourceNode>;
  readonly exposures: ReadonlyMap<string, ExposureNode>;
  readonly macros: ReadonlyMap<string, MacroNode>;
  readonly docs: ReadonlyMap<string, DocNode>;
  readonly groups: ReadonlyMap<string, GroupNode>;
  /** As written: those of models with versions are not yet told apart, and what they test is not yet known. */
  readonly unit_tests: ReadonlyMap<string, UnitTestNode>;
  readonly functions: ReadonlyMap<string, FunctionNode>;
  /** What they name is not yet known. */
  readonly metrics: ReadonlyMap<string, MetricNode>;
  readonly semantic_models: ReadonlyMap<string, SemanticModelNode>;
  readonly saved_queries: ReadonlyMap<string, SavedQueryNode>;
  /** Nodes with `enabled: false`, by unique id; several may share one. */
  readonly disabled: ReadonlyMap<string, readonly Disabled[]>;
  readonly selectors: ReadonlyMap<string, SelectorDefinition>;
  readonly diagnostics: readonly Diagnostic[];
  /** Changes exactly when anything above can have changed: what the caches of later rooms are keyed by. */
  readonly fingerprint: string;
  /** What `changedFiles` needs to tell later, without reading it, what of the project has changed. */
  readonly stamp?: ProjectStamp | undefined;
}

/** What can be switched off by `enabled: false`. */
export type Disabled = GraphNode;

/** Whether a project is written for dbt, whose ways it keeps where Ingot's own differ. */
export const isOfDbt = ({ file }: Pick<ProjectSettings, 'file'>): boolean => file.endsWith('dbt_project.yml');

/** A project file (`project.yml`, `dbt_project.yml`) after validation, with dbt's keys in camel case. */
export interface ProjectSettings {
  readonly name: string;
  readonly version: string | null;
  readonly root: string;
  /** Path of the package's root relative to the root project, with a `/` behind it; empty for the root project. */
  readonly pathPrefix: string;
  readonly file: string;
  readonly profile: string | null;
  readonly modelPaths: readonly string[];
  readonly seedPaths: readonly string[];
  readonly macroPaths: readonly string[];
  readonly testPaths: readonly string[];
  readonly analysisPaths: readonly string[];
  readonly snapshotPaths: readonly string[];
  readonly docsPaths: readonly string[];
  readonly assetPaths: readonly string[];
  readonly targetPath: string;
  readonly cleanTargets: readonly string[];
  readonly packagesInstallPath: string;
  readonly vars: JsonObject;
  readonly quoting: JsonObject;
  readonly onRunStart: readonly string[];
  readonly onRunEnd: readonly string[];
  readonly dispatch: readonly { readonly macroNamespace: string; readonly searchOrder: readonly string[] }[];
  readonly flags: JsonObject;
  /** The SQL dialect that models are written in; null: the warehouse's own. */
  readonly dialect: string | null;
  /** Partitions by the name that models use them by. */
  readonly partitions: NamedPartitions;
  /**
   * The keys of dynamic partitions, by the name of their list, as far as they are known. No file says them: whoever loads
   * the project puts them in. Default: nobody has looked.
   */
  readonly dynamicKeys?: ReadonlyMap<string, readonly string[]> | undefined;
  /** Whether a macro of the project builds microbatch models, all batches in one statement. Default false. */
  readonly buildsMicrobatchesAtOnce?: boolean | undefined;
  /** layer → layers and resource types that it may read; undefined where the project says nothing. */
  readonly layers: ReadonlyMap<string, LayerRule>;
  /** The folder of recorded samples. Default `samples`. */
  readonly samplePath?: string | undefined;
  /** How columns are masked in recorded samples: of a column, the first that fits counts. Default: none is. */
  readonly masking?: readonly ColumnMasking[] | undefined;
  /** What `catalogs.yml` of the root project says. Default: there is none. */
  readonly catalogs?: Catalogs | undefined;
  /** How changes are reviewed. Default: as `ingot ci` does where nobody says. */
  readonly review?: ReviewSettings | undefined;
  /** The file's whole content after rendering, for what has no field here (`models:`, `seeds:` …). */
  readonly raw: JsonObject;
  /** As `raw`, before rendering: what `unrendered_config` of a node is made of. Default: `raw`. */
  readonly unrendered?: JsonObject | undefined;
  /** Where user-defined functions stand. Default: `functions`. */
  readonly functionPaths?: readonly string[] | undefined;
  /** The template of a comment for every statement, as written. */
  readonly queryComment?: Json | undefined;
}

/** `ci:` of a project file. */
export interface ReviewSettings {
  /** The schema of a pull request, a template with `pr` in it: `ci_{{ pr }}`. */
  readonly schema: string | undefined;
  /** The target whose relations are production's. */
  readonly productionTarget: string | undefined;
}

export interface LayerRule {
  readonly reads: readonly string[];
}

/** One entry of selectors.yml, as written; the graph gives it its meaning. */
export interface SelectorDefinition {
  readonly name: string;
  readonly description: string | null;
  /** As written; undefined where the entry says nothing of it. */
  readonly default?: boolean | string | undefined;
  readonly definition: Json;
  /** The way to the entry in selectors.yml. */
  readonly at?: DataPath | undefined;
}

export interface ParseProjectInput {
  /** Of the root project. */
  readonly settings: ProjectSettings;
  /** Of every package by name, the root project's included and first. */
  readonly packages: ReadonlyMap<string, ProjectSettings>;
  readonly selectors?: ReadonlyMap<string, SelectorDefinition> | undefined;
  readonly environment: Environment;
  readonly shelves: Shelves;
  /** Absolute path of the parse cache; undefined: none is read or written. */
  readonly cacheFile?: string | undefined;
  /** Whether the cache learns from these files. Default true; false for files of another state than people work on. */
  readonly keepsCache?: boolean | undefined;
  /** Told how many files there are, when they are read and before they are put together. */
  readonly onFiles?: ((count: number) => void) | undefined;
  /** Of reading the settings; they become the project's. */
  readonly diagnostics?: readonly Diagnostic[] | undefined;
}

/** What a project was made of, in a few words. */
export interface ProjectStamp {
  /** Everything but files, as one text: settings, target, variables, environment. */
  readonly world: string;
  /** Names of the environment variables that were read. */
  readonly env: readonly string[];
  /** Whether a template asked for the command line's flags. */
  readonly readsFlags: boolean;
  /** In the order in which they are found. */
  readonly files: readonly SeenFile[];
}

/** A file as it was when it was read. The calls tell whether code still calls the same; empty where that is not known. */
export type SeenFile = readonly [key: string, mtime: number, size: number, calls: string];
