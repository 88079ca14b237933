import type { Coordinates } from '../../core/index.ts';
import type { CommonTable, Dialect, Place, Query } from '../../sql/index.ts';
import type { Bounds } from './bounds.ts';
import type { Rows, Scan, Trace, Value } from './relation.ts';

/** What is read: what the reader is told, and what it finds. */
export interface Reader {
  readonly dialect: Dialect;
  /** A table that the text names; undefined for one that nobody knows. */
  readonly table: TableCatalogue;
  /** All that a column can be: all of time, or all values of a partition's dimension. */
  readonly everything: (scan: Scan, column: string) => Coordinates;
  /** Conditions that hold for all rows that are needed. */
  readonly bounds: Bounds[];
  readonly edges: Edge[];
  readonly scans: Scan[];
  /** Where the view stands in whose query the reader is. */
  readonly place?: Place | undefined;
  /** The ways into each other of the reader's parts. */
  readonly query: (query: Query, around: Around) => Rows;
  readonly commonTable: (table: CommonTables, reader: Reader) => Rows;
}

/** What stands around a query. */
export interface Around {
  readonly reader: Reader;
  readonly outer: Scope | undefined;
  readonly tables: CommonTables | undefined;
}

export type TableCatalogue = (parts: readonly string[]) => ReadTable | undefined;

export interface ReadTable {
  readonly name: string;
  /** By what names are compared by. Undefined: not all are known. */
  readonly columns: readonly string[] | undefined;
  /** Which version of itself a column is, or, of `undefined`, the rows are. Default: there is but one. */
  readonly version?: ((column: string | undefined) => string | undefined) | undefined;
  /** What a column was called before it got another name. Default: what it is called. */
  readonly identity?: ((column: string) => string) | undefined;
  /** There may be columns that are not listed. Default: not where any are. */
  readonly open?: boolean | undefined;
  /** The query that a view is, with the tables that it names: it is read in the view's place. */
  readonly view?: { readonly query: Query; readonly table: TableCatalogue } | undefined;
}

export type Comparison = '=' | '<' | '<=' | '>' | '>=';

/** For the rows that are needed, `to` has this relation to some row's `from` that is needed. */
export interface Edge {
  readonly from: Trace;
  readonly to: Trace;
  readonly operator: Comparison;
}

/** What a FROM brings in, under the names that it can be called by. */
export interface Source {
  readonly path: readonly string[];
  readonly rows: Rows;
}

/** All that decides what a name means. */
export interface Scope extends Around {
  readonly sources: readonly Source[];
  /** Columns that USING made one of several. */
  readonly merged: ReadonlyMap<string, Value>;
  /** Output columns by the names that others may call them by. */
  readonly alias?: ((key: string) => Value | undefined) | undefined;
  /** The queries in its expressions: each is read once. */
  readonly subqueries: Map<Query, Rows>;
}

/** A scope of some tables. */
export function scopeOf(around: Around, sources: readonly Source[], merged: Scope['merged'] = new Map()): Scope {
  const { reader, outer, tables } = around;
  return { reader, outer, tables, sources, merged, subqueries: new Map() };
}

/** A query in an expression. */
export function readSubquery(query: Query, scope: Scope): Rows {
  const known = scope.subqueries.get(query);
  if (known) return known;
  const { reader, tables } = scope;
  const rows = reader.query(query, { outer: scope, tables, reader });
  scope.subqueries.set(query, rows);
  return rows;
}

/** Common tables, the innermost first. Each is read anew wherever it is named. */
export interface CommonTables {
  readonly key: string;
  readonly definition: CommonTable;
  readonly recursive: boolean;
  /** What the table reads by its own name, while it is read itself. */
  readonly itself?: boolean;
  readonly next: CommonTables | undefined;
}

/** More than anybody writes by hand; a query that reads its tables more often is not looked through. */
export const mostScans = 2000;

export class TooManyScans extends Error {}
