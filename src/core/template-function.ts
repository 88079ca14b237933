import type { CallSite, Scope, TemplateError, Value } from '../jinja/index.ts';
import type { Adapter, Session, Table } from './adapter.ts';
import type { Environment, Target } from './environment.ts';
import type { Json, JsonObject } from './json.ts';
import type { CodeNode, GraphNode, GroupNode, MetricNode } from './node.ts';
import type { PartitionSlice } from './partition-slice.ts';
import type { QuotePolicy, Relation } from './relation.ts';
import type { RelationCache } from './relation-cache.ts';

/**
 * A name that templates can use. One file under `functions/`, whose default export this is. Most are called
 * (`ref('x')`), some are values (`target`, `modules`). A macro of the project that has the name wins, as in dbt.
 */
export interface TemplateFunction {
  readonly name: string;
  /** True for what is a macro in dbt (`run_query`, `is_incremental`): it can also be called as `dbt.name`. */
  readonly isMacro?: boolean;
  /** The value for one rendering of SQL; made when a template first asks for it. */
  create(rendering: Rendering): Value;
  /** The value in YAML files (project, profile, properties). Without it, or undefined: the name does not exist there. */
  createForYaml?(rendering: YamlRendering): Value | undefined;
}

/** A rendering of the templates in a YAML file, as functions see it: there is no node and no warehouse. */
export interface YamlRendering {
  readonly phase: 'yaml' | 'parse' | 'compile' | 'run';
  readonly environment: YamlEnvironment;
  /** Everything that a template of this rendering can name. */
  readonly scope: Scope;
  /** The root project's name, once it is known. */
  readonly projectName?: string | undefined;
  /** Whether secrets (`DBT_ENV_SECRET_…`) may be read: in profiles and package lists only. Default false. */
  readonly secretsAllowed?: boolean | undefined;
  /**
   * The variables among which one is, by dbt's rules: those of `--vars`, then of the package's scope in the project file,
   * then its global ones. Undefined: nobody sets it.
   */
  varsWith(name: string): JsonObject | undefined;
  /** Names of all variables that could be meant, for a did-you-mean. */
  varNames(): Iterable<string>;
  /** Told, while parsing, of a variable without default that nobody sets: it is None there. Default: nobody listens. */
  onMissingVar?(problem: TemplateError, site: CallSite): void;
  /** Tells the rendering that an environment variable was read, so that caches know; gives its value. */
  readEnv(name: string): string | undefined;
  /** `log()` (`log`: the log file alone; `info`: the terminal, too) and `print()` (`stdout`). */
  log(message: string, to: 'log' | 'info' | 'stdout'): void;
  warn(message: string, site: CallSite | undefined): void;
}

/** An environment in which the target may not be known yet. */
export type YamlEnvironment = Omit<Environment, 'target'> & { readonly target?: Target | undefined };

/**
 * One rendering of one template, as its functions see it. Parsing, compiling and running each bring their own: parsing
 * records what `ref`, `source` and `config` are called with, compiling resolves them.
 */
export interface Rendering extends YamlRendering {
  /** False while parsing: nothing may ask the warehouse. */
  readonly execute: boolean;
  readonly environment: Environment;
  readonly adapter: Adapter;
  /** The package whose file is rendered: its vars and macros come first. */
  readonly packageName: string;
  /** The root project's name. */
  readonly projectName: string;
  /** The node being rendered: `model` and `this`. Undefined for YAML files and `run-operation`. */
  readonly node: CodeNode | undefined;
  /** The relation that `this` names. */
  readonly thisRelation: Relation | undefined;
  /** The warehouse; undefined where `execute` is false or the command does not connect. */
  readonly session: Session | undefined;
  /** The transaction of a materialization that is a macro. Undefined: there is none to begin or end. */
  readonly transaction?: Transaction | undefined;
  /**
   * Builds (or tests) the node as Ingot's own materialization of a name does, for one of the project's that stands around
   * it. Default: nothing is built.
   */
  materialize?(name: string): Promise<Materialized>;
  /**
   * The SQL of one of dbt's own data tests with these arguments, for a project's test that adds to it. Default: no text,
   * as while parsing.
   */
  dataTest?(name: string, values: ReadonlyMap<string, Value>): Promise<string>;
  /** What exists in the warehouse. Undefined: `adapter.get_relation` asks the session each time. */
  readonly relations?: RelationCache | undefined;
  /** Which parts of names the project quotes (`quoting:`). Undefined: the adapter's policy. */
  readonly quoting?: Partial<QuotePolicy> | undefined;
  /** `thread_id`. Default `Thread-1`. */
  readonly thread?: string | undefined;
  /** The partitions that the node is rendered for. Default: it has none, or (while parsing) they are not known. */
  partitions?(): PartitionSlice | undefined;
  /** Resolves (or, while parsing, records) a `ref()`. Throws `TemplateError`. */
  ref(request: RefRequest, site: CallSite): Relation;
  /** Resolves (or, while parsing, records) a `source()`. Throws `TemplateError`. */
  source(sourceName: string, tableName: string, site: CallSite): Relation;
  /**
   * Resolves (or, while parsing, records) a `metric()`. Throws `TemplateError`. Undefined: nothing but its name is known.
   * Default: there are no metrics.
   */
  metric?(packageName: string | null, name: string, site: CallSite): MetricNode | undefined;
  /** Resolves (or, while parsing, records) a `function()`. Throws `TemplateError`. Default: there are no functions. */
  functionRelation?(packageName: string | null, name: string, site: CallSite): Relation;
  /** The text of a docs block. Throws `TemplateError`. */
  doc(packageName: string | undefined, name: string, site: CallSite): string;
  /**
   * `{{ config(...) }}`: records settings while parsing; nothing otherwise. Floats with a whole value are marked
   * (`markFloat`).
   */
  setConfig(settings: JsonObject, site: CallSite): void;
  /** `config.get('x')`: a setting of the node after merging (while parsing: as far as known). */
  getConfig(name: string): Json | undefined;
  /**
   * What stands in the warehouse under the node's name: for `is_incremental()`. Default: looked up through `relations`
   * or the session.
   */
  existingRelation?(): Promise<Relation | undefined>;
  /**
   * A macro as a caller: in one package, or (package null) by the order in which a plain name is looked up. For
   * `adapter.dispatch`. Default: plain names are looked up in `scope`, others are not found.
   */
  findMacro?(packageName: string | null, name: string): Value | undefined;
  /**
   * Packages in which `adapter.dispatch(name, namespace)` looks, null meaning the order of plain names. Default:
   * `[null]`, with a namespace `[projectName, namespace]`.
   */
  macroSearchOrder?(namespace: string | null): readonly (string | null)[];
  /** What the warehouse gets of a rendered hook of the node, empty if there is nothing to do. Default: the hook as it is. */
  hookSql?(sql: string): Promise<string>;
  /** The root project and its packages, by name. Default: none. */
  readonly packages?: ReadonlyMap<string, PackageFacts> | undefined;
  /** Nodes for `graph`; empty while parsing. */
  graph(): RenderingGraph;
  /** What materializations that are macros can tell: ids selected for this run. */
  readonly selectedResources: readonly string[];
  /** Results kept by `store_result` and `statement` during this rendering; null: was read, and is gone. */
  readonly results: Map<string, StoredResult | null>;
}

/** What the project file of a package says that templates may ask. */
export interface PackageFacts {
  readonly version: string | null;
  readonly vars: JsonObject;
}

/** A transaction that is begun by the first statement that wants one. Both may be called at any time. */
export interface Transaction {
  begin(): Promise<void>;
  commit(): Promise<void>;
}

/** What came of a materialization: the relations that it left, and what its statement `main` gave. */
export interface Materialized {
  readonly relations: readonly Relation[];
  /** In dbt's words: `OK`, `SELECT 5`. */
  readonly message: string;
  readonly rowsAffected: number | null;
  /** The row by which a test is judged. Undefined: the statement was no query. */
  readonly table?: Table | undefined;
}

/** What `store_result` keeps and `load_result` gives. */
export interface StoredResult {
  /** What the warehouse answered: `SELECT 5`, or an object with `code` and `rows_affected`. */
  readonly response: Value;
  readonly table: Table | undefined;
  /** The table as templates see it, where one was stored by a template. */
  readonly value?: Value | undefined;
}

export interface RefRequest {
  readonly package: string | null;
  readonly name: string;
  readonly version: string | number | null;
}

export interface RenderingGraph {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  /** Default: none. */
  readonly groups?: ReadonlyMap<string, GroupNode> | undefined;
}
