import type { Column } from './relation.ts';

/** How two sets of rows differ. */
export interface DataDifference {
  readonly rows: { readonly before: number; readonly after: number };
  readonly columns: {
    readonly added: readonly Column[];
    readonly removed: readonly Column[];
    readonly retyped: readonly { readonly name: string; readonly before: string; readonly after: string }[];
  };
  readonly key: readonly string[];
  readonly added: RowDifference;
  readonly removed: RowDifference;
  readonly changed: RowDifference;
  /** Keys that stand in several rows and not in the same ones on both sides: columns cannot be compared. */
  readonly repeated: RowDifference;
  /** Every column that both sides have and that is not in the key, in the order of `before`. */
  readonly values: readonly ColumnDifference[];
  /** Rows with a key on both sides, apart from repeated keys: what shares of changed values are of. */
  readonly compared: number;
  /** Set where there was too much to compare: of so many rows in parts that differ, these were looked at. */
  readonly sample: { readonly rows: number; readonly of: number } | undefined;
}

export interface RowDifference {
  readonly keys: number;
  /** Rows of these keys on each side. */
  readonly before: number;
  readonly after: number;
  /** Keys, up to three. Of changed ones there are examples with each column. */
  readonly examples: readonly string[];
}

export interface ColumnDifference {
  readonly name: string;
  /** Keys for which the column has another value. */
  readonly changed: number;
  readonly examples: readonly { readonly key: string; readonly before: string | null; readonly after: string | null }[];
}

/** Whether both sides have the same columns with the same types and the same rows. */
export function isSameData({ columns, added, removed, changed, repeated }: DataDifference): boolean {
  const named = columns.added.length + columns.removed.length + columns.retyped.length;
  return named + added.keys + removed.keys + changed.keys + repeated.keys === 0;
}
