import type { FloatPath, Json, JsonObject, UnitTestNode, UnitTestStep } from '../../core/index.ts';
import type { YamlPath } from '../yaml/index.ts';

/** The sections of a properties file that describe or define something. */
export type SectionName =
  | 'models'
  | 'seeds'
  | 'snapshots'
  | 'sources'
  | 'macros'
  | 'data_tests'
  | 'analyses'
  | 'exposures'
  | 'groups'
  | 'metrics'
  | 'semantic_models'
  | 'saved_queries'
  | 'unit_tests'
  | 'functions';

export type Range = readonly [start: number, end: number];

/** One entry of a section. */
export interface EntryFacts {
  readonly section: SectionName;
  /** Where it stands in the section. */
  readonly index: number;
  readonly name: string;
  readonly range: Range;
  /**
   * What it says; undefined where templates stand in it that have to be rendered first (other than in descriptions and
   * tests). Its `EntryDetails` then hold the whole entry.
   */
  readonly content?: EntryContent | undefined;
}

/** What is only needed when a node is looked at closely, kept apart from the facts. */
export interface EntryDetails {
  /** Columns as written, without their tests. */
  readonly columns?: readonly JsonObject[];
  /** The whole entry as written: sources, and what has templates or is only kept for later. */
  readonly raw?: JsonObject;
  /** Where tests stand in an entry with templates, by their path in the entry. */
  readonly ranges?: Readonly<Record<string, Range>>;
}

export type EntryContent = DescribedContent | SourceContent | UnitTestContent | OtherContent;

/** Models, seeds, snapshots, analyses, macros, singular tests. */
export interface DescribedContent {
  readonly kind: 'described';
  readonly description: string;
  readonly config: JsonObject;
  readonly docs: readonly DocUse[];
  /** Whether there are columns in the details. */
  readonly columns: boolean;
  readonly tests: readonly TestFacts[];
  readonly constraints?: readonly JsonObject[];
  /** Columns with a primary key constraint, in their order; and whether any column has constraints at all. */
  readonly columnConstraints?: { readonly primaryKeys: readonly string[] };
  readonly versions?: readonly VersionFacts[];
  readonly latestVersion?: string | number | null;
  readonly deprecationDate?: string;
  readonly timeSpine?: JsonObject;
  /** Of macros and functions. */
  readonly arguments?: readonly JsonObject[];
  /** Of functions. */
  readonly returns?: JsonObject;
  /** `relation:` of a snapshot that is written in YAML. */
  readonly relation?: string;
}

export interface VersionFacts {
  readonly version: string | number;
  readonly definedIn?: string;
  readonly description: string;
  readonly config: JsonObject;
  readonly constraints?: readonly JsonObject[];
  readonly deprecationDate?: string;
  readonly docs: readonly DocUse[];
  /** Columns of this version, as positions in the entry's columns and own ones. */
  readonly columns: readonly JsonObject[];
  readonly primaryKeys: readonly string[];
  readonly tests: readonly TestFacts[];
}

/** A call of `doc()` in a description. */
export interface DocUse {
  readonly package: string | null;
  readonly name: string;
  /** Where the description stands in the file. */
  readonly path: YamlPath;
  /** The whole description, where it has templates that are no plain calls; there is no name then. */
  readonly template?: string;
}

export interface SourceContent {
  readonly kind: 'source';
  readonly description: string;
  readonly source: JsonObject;
  /** The package whose source this entry changes, instead of defining one. */
  readonly overrides?: string;
  readonly tables: readonly TableFacts[];
}

export interface TableFacts {
  readonly name: string;
  readonly range: Range;
  /** The table as written, without columns and tests. */
  readonly table: JsonObject;
  readonly description: string;
  readonly columns: boolean;
  readonly docs: readonly DocUse[];
  readonly tests: readonly TestFacts[];
}

/** A unit test as it is written; rows that stand in files are not read yet. */
export interface UnitTestContent {
  readonly kind: 'unit-test';
  readonly model: string;
  readonly description: string;
  readonly docs: readonly DocUse[];
  readonly given: readonly WrittenInput[];
  readonly sequence?: readonly WrittenStep[];
  readonly expect: WrittenFixture;
  readonly same_as_full_refresh?: UnitTestNode['same_as_full_refresh'];
  readonly overrides?: JsonObject;
  readonly versions?: JsonObject;
  readonly config: JsonObject;
  /** Where in all of this floats with a whole value stand (`5.0`). */
  readonly floats?: readonly FloatPath[];
}

export interface WrittenInput extends WrittenFixture {
  readonly input: string;
}

/** A step of a unit test's `sequence:`. */
export interface WrittenStep extends Omit<UnitTestStep, 'given' | 'expect'> {
  readonly given: readonly (WrittenInput & { readonly replace: boolean })[];
  readonly expect: WrittenFixture | null;
}

export interface WrittenFixture {
  /** Mappings of columns to values, or a query; null: a file has them, or the input is a seed and its file has them. */
  readonly rows: readonly JsonObject[] | string | null;
  readonly format: 'dict' | 'csv' | 'sql';
  readonly fixture: string | null;
}

/** Exposures, groups, and what is kept for later. */
export interface OtherContent {
  readonly kind: 'other';
  readonly raw: JsonObject;
  readonly docs: readonly DocUse[];
}

/** A generic test of a model, a column or a source's table. */
export interface TestFacts {
  /** As in YAML, without its namespace. */
  readonly name: string;
  readonly namespace: string | null;
  /** Arguments as written, `column_name` among them, without `model`. */
  readonly kwargs: JsonObject;
  /** Which of them are floats with a whole value (`1.0`). */
  readonly floats?: readonly FloatPath[];
  /** Settings in dbt's order; undefined where there are none. */
  readonly config?: JsonObject;
  readonly description?: string;
  /** The name of the node. */
  readonly title: string;
  /** The name of its file, where that is a shorter one. */
  readonly fileName?: string;
  /** The end of the unique id. */
  readonly hash: string;
  readonly columnName?: string;
  /** Tags of the column, and of the source and its table. */
  readonly tags?: readonly string[];
  readonly version?: string | number;
  readonly range: Range;
}

/** Everything that one properties file says. */
export interface PropertiesFacts {
  readonly entries: readonly EntryFacts[];
}

export type Entry = Json;
