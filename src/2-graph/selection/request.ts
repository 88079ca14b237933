import type { Diagnostic, JsonObject } from '../../core/index.ts';

/** What a command line selects, before it has a meaning. */
export interface SelectionRequest {
  /** `--select` arguments: a list is a union, commas inside one are intersections. Empty: everything. */
  readonly select: readonly string[];
  readonly exclude: readonly string[];
  /** `--selector NAME`; wins over `select` and `exclude`, as in dbt. */
  readonly selector?: string | undefined;
  /** Which tests of selected nodes are selected too; a YAML selector may say it for itself. dbt's default: eager. */
  readonly indirectSelection: IndirectSelection;
  /** Only these types, after the graph operators were applied. Undefined: all. */
  readonly resourceTypes?: readonly string[] | undefined;
  readonly excludeResourceTypes?: readonly string[] | undefined;
  /** Folder against which `path:` and bare paths are read, relative to the project root. Default ''. */
  readonly workingFolder?: string | undefined;
  /** Whether nodes whose file holds no SQL are selected. dbt: yes for `ls`, otherwise no, the default. */
  readonly includeEmptyNodes?: boolean | undefined;
  /** The present moment, for models whose time is over. Default: the beginning of time. */
  readonly now?: Date | undefined;
  /** What earlier runs left behind, for `state:`, `result:` and `source_status:`. */
  readonly previous?: PreviousState | undefined;
}

export type IndirectSelection = 'eager' | 'cautious' | 'buildable' | 'empty';

/** What `--state` points at. */
export interface PreviousState {
  /** Where it was looked for, as the caller wrote it. */
  readonly folder?: string | undefined;
  readonly manifest?: PreviousManifest | undefined;
  /** Status by unique id, from run_results.json. */
  readonly results?: ReadonlyMap<string, string> | undefined;
  /** `max_loaded_at` by unique id from the sources.json of `--state`; null where the check ended in an error. */
  readonly sources?: ReadonlyMap<string, string | null> | undefined;
  /** The same from the sources.json of the target folder. */
  readonly currentSources?: ReadonlyMap<string, string | null> | undefined;
  /** Nodes whose code says what it said, though its text, or a macro's, is another: for `state:`. Default: none are known. */
  readonly sameCode?: ReadonlySet<string> | undefined;
}

/** The parts of a manifest.json that a comparison needs. */
export interface PreviousManifest {
  readonly nodes: JsonObject;
  readonly sources: JsonObject;
  readonly exposures: JsonObject;
  readonly macros: JsonObject;
  /** Default: none. */
  readonly unit_tests?: JsonObject | undefined;
  readonly metrics?: JsonObject | undefined;
  readonly semantic_models?: JsonObject | undefined;
  readonly saved_queries?: JsonObject | undefined;
  readonly functions?: JsonObject | undefined;
}

export interface Selection {
  /** Selected ids in graph order. */
  readonly ids: readonly string[];
  /** A criterion that matches nothing (warning), an unknown method (error). */
  readonly diagnostics: readonly Diagnostic[];
}
