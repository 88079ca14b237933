/** How dbt's adapter for a warehouse understands the types of columns. Names are in small letters. */
export interface ColumnTypes {
  readonly integers: readonly string[];
  readonly numerics: readonly string[];
  readonly floats: readonly string[];
  /** The size of a text type without one. */
  readonly textSize: number;
  /** Whether the size is told apart from the type that a warehouse describes: `VARCHAR(8)` is a `VARCHAR`. */
  readonly splitsSizes: boolean;
}
