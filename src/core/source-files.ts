import type { Diagnostic } from './diagnostic.ts';
import type { Json, JsonObject } from './json.ts';
import type { ColumnInfo } from './node.ts';
import type { Relation } from './relation.ts';

/** The files that a source's table is filled from: they lie where the warehouse itself can read them. */
export interface SourceFiles {
  /** Unique id of the source. */
  readonly sourceId: string;
  readonly table: Relation;
  /** `@stage/path/`. */
  readonly location: string;
  /** `external:` of the source: how the files are to be read. */
  readonly settings: JsonObject;
  /** Columns of the table; some have an `expression` of their own. */
  readonly columns: readonly (ColumnInfo & { readonly expression?: Json | undefined })[];
  /** What stands under the table's name. Default: nothing. */
  readonly existing?: Relation | undefined;
  /** Whether all files are to be loaded again, into an empty table. */
  readonly anew: boolean;
  readonly runId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What came of it. */
export interface LoadedFiles {
  /** Files that were new or had changed; null where the warehouse does not say. */
  readonly files: number | null;
  readonly rows: number | null;
  /** Files, or rows of them, that could not be read and were left out, as the source allows. */
  readonly warnings: readonly Diagnostic[];
}

/** When something last came into a source, by what the warehouse itself has noted. */
export interface LastLoad {
  /** In ISO form, in UTC; null: nothing is known to have come. */
  readonly loadedAt: string | null;
  readonly takenAt: string;
  /** What is wrong with the way it comes: a pipe that is paused, files that could not be loaded. */
  readonly problems: readonly Diagnostic[];
}
