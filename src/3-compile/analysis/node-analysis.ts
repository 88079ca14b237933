import type { Diagnostic, Span } from '../../core/index.ts';
import type { FilterHow, How } from '../../sql/index.ts';

/** What is known of a node's result without asking a warehouse. Plain data. */
export interface NodeAnalysis {
  readonly columns: readonly NodeColumn[];
  /** False if there may be more columns than those listed. */
  readonly complete: boolean;
  /** The columns of parents that only filter, join, group or order the rows. */
  readonly filters: readonly (ParentColumn & { readonly how: FilterHow })[];
  /** The parents that the SQL reads, each with the columns that reach the result, as value or as filter. */
  readonly parents: readonly { readonly nodeId: string; readonly used: readonly string[] }[];
  /** False where the SQL has errors of syntax: they are then all that is in the diagnostics. */
  readonly readable: boolean;
  /** What is wrong with the SQL, at its places in the templates. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A column of another node; `*` stands for all columns of one whose columns are unknown. */
export interface ParentColumn {
  readonly nodeId: string;
  readonly column: string;
}

export interface NodeColumn {
  readonly name: string;
  /** As the dialect writes it; undefined if it cannot be told. */
  readonly type: string | undefined;
  /** False only if it is certain that it is never NULL. */
  readonly nullable: boolean;
  /** The parents' columns that its value is taken from. */
  readonly sources: readonly (ParentColumn & { readonly how: How })[];
  /** The expression that it comes from. */
  readonly span?: Span | undefined;
}

/** Nothing is known: a language or a materialization that cannot be looked into, or code that does not compile. */
export const unknownAnalysis: NodeAnalysis = {
  columns: [],
  complete: false,
  filters: [],
  parents: [],
  readable: true,
  diagnostics: [],
};
