import type { Json, JsonObject } from './json.ts';
import type { FloatPath } from './python-marks.ts';
import type { Span } from './span.ts';

/**
 * Nodes carry the field names of dbt's manifest, so that `manifest.json`, `ls --output json`, `{{ model }}` and
 * `graph.nodes` are the same thing looked at from four sides and nothing has to be translated between them. What the
 * manifest does not know (spans) stands in `origin`, which is never written there.
 */
export type Node = ModelNode | SeedNode | SnapshotNode | TestNode | AnalysisNode | OperationNode | FunctionNode;

/** Where a node was written. */
export interface Origin {
  /** The file that defines it: the SQL or CSV file; for a generic test or a source, the properties file. */
  readonly definition: Span;
  /** The properties YAML entry that describes it, if there is one. */
  readonly properties?: Span | undefined;
  /** Places of `ref()` calls, in the order of `refs`; of `source()` calls, in the order of `sources`. */
  readonly refs?: readonly Span[] | undefined;
  readonly sources?: readonly Span[] | undefined;
  /** Of a generic test: which of its arguments are floats with a whole value. Of a unit test: which parts of the node. */
  readonly floats?: readonly FloatPath[] | undefined;
}

export interface NodeBase {
  readonly unique_id: string;
  readonly name: string;
  readonly package_name: string;
  /** Relative to the folder it was found in (`models/`, `seeds/`…). */
  readonly path: string;
  /** Relative to the root of its package. */
  readonly original_file_path: string;
  readonly fqn: readonly string[];
  readonly description: string;
  readonly meta: JsonObject;
  readonly tags: readonly string[];
  readonly origin: Origin;
}

/** A node with SQL (or CSV) of its own that may leave something in the warehouse. */
export interface CodeNode extends NodeBase {
  readonly database: string | null;
  readonly schema: string;
  readonly alias: string;
  /** The rendered name, or null where nothing is stored under it (ephemeral models, tests that store no failures). */
  readonly relation_name: string | null;
  readonly checksum: { readonly name: 'sha256' | 'none' | 'path'; readonly checksum: string };
  readonly config: NodeConfig;
  readonly unrendered_config: JsonObject;
  readonly columns: Readonly<Record<string, ColumnInfo>>;
  readonly group: string | null;
  readonly docs: { readonly show: boolean; readonly node_color: string | null };
  readonly patch_path: string | null;
  readonly created_at: number;
  readonly raw_code: string;
  readonly language: 'sql' | 'python';
  readonly refs: readonly RefArguments[];
  readonly sources: readonly (readonly [source: string, table: string])[];
  readonly metrics: readonly (readonly string[])[];
  /** What `function()` is called with: names, with or without their package. Default: none. */
  readonly functions?: readonly (readonly string[])[] | undefined;
  /** `nodes` is filled by the graph (names become unique ids there); `macros` by the parser. */
  readonly depends_on: DependsOn;
  readonly doc_blocks: readonly string[];
  readonly contract: { readonly enforced: boolean; readonly alias_types: boolean; readonly checksum: string | null };
}

export interface DependsOn {
  readonly nodes: readonly string[];
  readonly macros: readonly string[];
}

/** The arguments of one `ref()` call. */
export interface RefArguments {
  readonly name: string;
  readonly package: string | null;
  readonly version: string | number | null;
}

export interface ModelNode extends CodeNode {
  readonly resource_type: 'model';
  /** bronze, silver, gold or any layer named in project.yml; null where no layer applies. Not part of the manifest. */
  readonly layer: string | null;
  readonly access: 'private' | 'protected' | 'public';
  readonly constraints: readonly JsonObject[];
  readonly version: string | number | null;
  readonly latest_version: string | number | null;
  readonly deprecation_date: string | null;
  readonly primary_key: readonly string[];
  readonly time_spine: JsonObject | null;
}

export interface SeedNode extends CodeNode {
  readonly resource_type: 'seed';
  /** Absolute path of the package's folder: the CSV is read from `root_path/original_file_path` when it is loaded. */
  readonly root_path: string;
}

export interface SnapshotNode extends CodeNode {
  readonly resource_type: 'snapshot';
}

export interface TestNode extends CodeNode {
  readonly resource_type: 'test';
  /** Set for generic tests; null for singular ones. */
  readonly test_metadata: TestMetadata | null;
  readonly column_name: string | null;
  readonly file_key_name: string | null;
  readonly attached_node: string | null;
}

export interface TestMetadata {
  readonly name: string;
  readonly kwargs: JsonObject;
  readonly namespace: string | null;
}

/** A user-defined function: it is made in the warehouse, for other SQL to call. */
export interface FunctionNode extends CodeNode {
  readonly resource_type: 'function';
  readonly arguments: readonly JsonObject[];
  /** Null where nobody wrote it, which is told. */
  readonly returns: JsonObject | null;
}

export interface AnalysisNode extends CodeNode {
  readonly resource_type: 'analysis';
}

/** A hook of the project: one entry of `on-run-start` or `on-run-end`. */
export interface OperationNode extends CodeNode {
  readonly resource_type: 'operation';
  readonly index: number;
}

/** Rows that a unit test gives or expects. */
export interface UnitTestFixture {
  /** Mappings of columns to values, or a query; null where something is wrong with them. */
  readonly rows: readonly JsonObject[] | string | null;
  readonly format: 'dict' | 'csv' | 'sql';
  /** The file that the rows were read from: its name below `tests/fixtures`, without the ending. */
  readonly fixture: string | null;
}

/** Rows that stand in for something that the tested model reads. */
export interface UnitTestGiven extends UnitTestFixture {
  /** As written: `ref('orders')`, `source('shop', 'orders')`, `this`. */
  readonly input: string;
}

/** One build of a unit test's `sequence:`, and what happens before it. */
export interface UnitTestStep {
  /** Rows that arrive before the build: they are added to those that the input has, or take their place. */
  readonly given: readonly (UnitTestGiven & { readonly replace: boolean })[];
  /** Partitions that are built, as written; null where the model has none. */
  readonly partition: readonly string[] | null;
  /** The stretch of time that a microbatch model is built for. Without a start, what an increment builds. */
  readonly event_time: { readonly start: string | null; readonly end: string } | null;
  /** Whether it is built twice, as after a failure that came too late. */
  readonly rerun: boolean;
  /** What the model's table holds then; null where nobody looks. */
  readonly expect: UnitTestFixture | null;
}

/** What a unit test replaces while its model is rendered. */
export interface UnitTestOverrides {
  readonly macros: JsonObject;
  readonly vars: JsonObject;
  readonly env_vars: JsonObject;
}

/** A unit test: a model's query over given rows, and the rows that have to come of it. */
export interface UnitTestNode extends NodeBase {
  readonly resource_type: 'unit_test';
  /** As written: the model's name. `depends_on` has the model itself, once the graph has found it. */
  readonly model: string;
  readonly given: readonly UnitTestGiven[];
  /**
   * Builds that follow each other and make a table: `expect` is then what it holds in the end, and `given` what the inputs
   * hold before the first. Default: the query alone is run, once. Not part of the manifest.
   */
  readonly sequence?: readonly UnitTestStep[] | undefined;
  readonly expect: UnitTestFixture;
  /** In the end the table has to hold what a full refresh makes, but for some columns. Default: `expect` counts. */
  readonly same_as_full_refresh?: { readonly except: readonly string[] } | undefined;
  readonly overrides: UnitTestOverrides | null;
  readonly depends_on: DependsOn;
  readonly config: NodeConfig;
  readonly unrendered_config: JsonObject;
  /** Of all that decides about the outcome, as dbt works it out: for `state:modified`. */
  readonly checksum: string;
  /** The tested model's. */
  readonly schema: string | null;
  readonly created_at: number;
  /** Which versions of the model are tested; null for all. */
  readonly versions: {
    readonly include: readonly Version[] | null;
    readonly exclude: readonly Version[] | null;
  } | null;
  /** The version of the model that this one tests. */
  readonly version: Version | null;
  /** The files of fixtures, by the fixture's name. Not part of the manifest. */
  readonly fixture_files?: Readonly<Record<string, string>> | undefined;
}

type Version = string | number;

/** dbt's name of a unit test where it has to be told from those of other versions: `adds_up_v2`. */
export function unitTestName({ name, version }: Pick<UnitTestNode, 'name' | 'version'>): string {
  return version === null ? name : `${name}_v${version}`;
}

/**
 * The settings of a node after all places that may set them were merged. Known keys are typed; adapters' and users' own
 * keys are kept as they were written.
 */
export interface NodeConfig {
  readonly enabled: boolean;
  readonly materialized: string;
  readonly tags: readonly string[];
  readonly meta: JsonObject;
  readonly schema?: string | null;
  readonly database?: string | null;
  readonly alias?: string | null;
  readonly full_refresh?: boolean | null;
  readonly 'pre-hook'?: readonly HookConfig[];
  readonly 'post-hook'?: readonly HookConfig[];
  readonly [key: string]: Json | undefined | readonly HookConfig[];
}

export interface HookConfig {
  readonly sql: string;
  readonly transaction: boolean;
  readonly index: number | null;
}

export interface ColumnInfo {
  readonly name: string;
  readonly description: string;
  readonly meta: JsonObject;
  readonly data_type: string | null;
  readonly constraints: readonly JsonObject[];
  readonly quote: boolean | null;
  readonly config: JsonObject;
  readonly tags: readonly string[];
  readonly granularity: string | null;
  readonly doc_blocks: readonly string[];
  /** The column of another node that the description was written for, where it was inherited. */
  readonly description_from?: string | undefined;
}

export interface SourceNode extends NodeBase {
  readonly resource_type: 'source';
  readonly database: string | null;
  readonly schema: string;
  readonly source_name: string;
  readonly source_description: string;
  readonly source_meta: JsonObject;
  readonly loader: string;
  readonly identifier: string;
  readonly quoting: JsonObject;
  readonly loaded_at_field: string | null;
  readonly loaded_at_query: string | null;
  readonly freshness: JsonObject | null;
  readonly external: JsonObject | null;
  readonly columns: Readonly<Record<string, ColumnInfo>>;
  readonly config: NodeConfig;
  readonly patch_path: string | null;
  readonly unrendered_config: JsonObject;
  readonly relation_name: string | null;
  readonly created_at: number;
  readonly unrendered_database: string | null;
  readonly unrendered_schema: string | null;
  readonly doc_blocks: readonly string[];
}

export interface ExposureNode extends NodeBase {
  readonly resource_type: 'exposure';
  readonly type: string;
  readonly owner: JsonObject;
  readonly label: string | null;
  readonly maturity: string | null;
  readonly url: string | null;
  readonly config: NodeConfig;
  readonly unrendered_config: JsonObject;
  readonly refs: readonly RefArguments[];
  readonly sources: readonly (readonly [string, string])[];
  readonly metrics: readonly (readonly string[])[];
  readonly depends_on: DependsOn;
  readonly created_at: number;
}

/** What nodes of the semantic layer have in common. Their parts are as in the manifest, defaults filled in. */
interface SemanticNode extends NodeBase {
  readonly label: string | null;
  readonly config: NodeConfig;
  readonly unrendered_config: JsonObject;
  readonly group: string | null;
  readonly refs: readonly RefArguments[];
  readonly sources: readonly (readonly [string, string])[];
  /** Names of metrics, with or without their package. */
  readonly metrics: readonly (readonly string[])[];
  readonly depends_on: DependsOn;
  readonly created_at: number;
  /** Where its source was written, in a form that nobody fills in. */
  readonly metadata: null;
}

export interface MetricNode extends SemanticNode {
  readonly resource_type: 'metric';
  readonly type: string;
  /** `input_measures` is filled by the graph. */
  readonly type_params: JsonObject;
  readonly filter: JsonObject | null;
  readonly time_granularity: string | null;
}

export interface SemanticModelNode extends SemanticNode {
  readonly resource_type: 'semantic_model';
  /** As written: `ref('orders')`. */
  readonly model: string;
  /** Where the model is in the warehouse; filled by the graph. */
  readonly node_relation: JsonObject | null;
  readonly defaults: JsonObject | null;
  readonly entities: readonly JsonObject[];
  readonly measures: readonly JsonObject[];
  readonly dimensions: readonly JsonObject[];
  readonly primary_entity: string | null;
}

export interface SavedQueryNode extends SemanticNode {
  readonly resource_type: 'saved_query';
  readonly query_params: JsonObject;
  readonly exports: readonly JsonObject[];
}

export interface MacroNode {
  readonly resource_type: 'macro';
  readonly unique_id: string;
  readonly name: string;
  readonly package_name: string;
  readonly path: string;
  readonly original_file_path: string;
  /** The whole `{% macro … %}…{% endmacro %}` block. */
  readonly macro_sql: string;
  readonly depends_on: { readonly macros: readonly string[] };
  readonly description: string;
  readonly meta: JsonObject;
  readonly docs: { readonly show: boolean; readonly node_color: string | null };
  readonly config: JsonObject;
  readonly patch_path: string | null;
  readonly arguments: readonly JsonObject[];
  readonly created_at: number;
  readonly supported_languages: readonly string[] | null;
  /** Where the block stands. */
  readonly span: Span;
}

export interface DocNode {
  readonly resource_type: 'doc';
  readonly unique_id: string;
  readonly name: string;
  readonly package_name: string;
  readonly path: string;
  readonly original_file_path: string;
  readonly block_contents: string;
  readonly span: Span;
}

export interface GroupNode {
  readonly resource_type: 'group';
  readonly unique_id: string;
  readonly name: string;
  readonly package_name: string;
  readonly path: string;
  readonly original_file_path: string;
  readonly owner: JsonObject;
  readonly description: string | null;
  readonly config: JsonObject;
}

/** What a command can select: everything with edges. */
export type GraphNode =
  | Node
  | SourceNode
  | ExposureNode
  | UnitTestNode
  | MetricNode
  | SemanticModelNode
  | SavedQueryNode;
