import type { Dialect, Query } from '../../sql/index.ts';
import type { Bounds } from './bounds.ts';
import { settleBounds } from './edges.ts';
import { readCommonTable, readQuery } from './read-query.ts';
import { type Reader, type TableCatalogue, TooManyScans } from './reader.ts';
import type { Rows, Scan } from './relation.ts';

export interface RowsRequest extends Pick<Reader, 'everything'> {
  readonly dialect: Dialect;
  readonly table: TableCatalogue;
  /** Whether a table has rows for all that a column can be; of other tables nobody knows. */
  readonly isWhole: (scan: Scan, column: string) => boolean;
}

/** What a query reads, and what it makes of that. */
export interface ReadRows {
  readonly rows: Rows;
  readonly scans: readonly Scan[];
  /** The rows of tables without which the result would be the same lie outside. */
  readonly bounds: Bounds;
}

/** Undefined for a query that is nested too deeply, or reads too many tables. */
export function readRows(query: Query, { dialect, table, everything, isWhole }: RowsRequest): ReadRows | undefined {
  const reader: Reader = {
    dialect,
    table,
    everything,
    bounds: [],
    edges: [],
    scans: [],
    query: readQuery,
    commonTable: readCommonTable,
  };
  try {
    const rows = readQuery(query, { outer: undefined, tables: undefined, reader });
    return { rows, scans: reader.scans, bounds: settleBounds(reader, isWhole) };
  } catch (failure) {
    if (failure instanceof RangeError || failure instanceof TooManyScans) return undefined;
    throw failure;
  }
}
