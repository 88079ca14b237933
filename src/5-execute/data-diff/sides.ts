import type { Column, Statements } from '../../core/index.ts';

/** One of two sets of rows that are compared. */
export interface Side {
  /** What stands behind `from`: a relation, or a query in parentheses. */
  readonly from: string;
  readonly columns: readonly Column[];
}

/** What is compared, and how. */
export interface DiffRequest {
  readonly before: Side;
  readonly after: Side;
  /** Columns that tell rows apart. Empty: whole rows are compared, so that none is changed, only added or removed. */
  readonly key: readonly string[];
  /** A condition for the rows of both sides. Default: all rows. */
  readonly where?: string | undefined;
  /** Floating-point numbers count as equal if they differ by less than this part of the larger one (or of 1). Default 0. */
  readonly tolerance?: number | undefined;
  /** The most rows of a side that are compared one by one. Default 1 million. */
  readonly rowLimit?: number | undefined;
}

/** A column that both sides have. */
export interface SharedColumn {
  /** As `before` writes it. */
  readonly name: string;
  readonly before: Column;
  readonly after: Column;
}

/** The columns of both sides, matched by name whatever the case of its letters. */
export interface ColumnPairs {
  readonly shared: readonly SharedColumn[];
  readonly added: readonly Column[];
  readonly removed: readonly Column[];
}

export function pairColumns(before: readonly Column[], after: readonly Column[]): ColumnPairs {
  const later = new Map(after.map((column) => [column.name.toLowerCase(), column]));
  const shared: SharedColumn[] = [];
  const removed: Column[] = [];
  for (const column of before) {
    const other = later.get(column.name.toLowerCase());
    later.delete(column.name.toLowerCase());
    if (other) shared.push({ name: column.name, before: column, after: other });
    else removed.push(column);
  }
  return { shared, added: [...later.values()], removed };
}

/** Whether a column has another type than before. */
export const isRetyped = ({ before, after }: SharedColumn): boolean => before.type !== after.type;

/** Whether a tolerance counts for a column. */
export const isFloating = ({ before, after }: SharedColumn): boolean =>
  [before, after].some(({ type }) => floating.test(type));

const floating = /^(float|double|real)$/i;
const numeric = /^(u?(tiny|small|big|huge)?int|u?integer|decimal|numeric|number|float|double|real)(\(.*\))?$/i;

/** How the values of a column are written, so that those of both sides can be compared. */
export function comparable(
  shared: SharedColumn,
  side: 'before' | 'after',
  statements: Pick<Statements, 'quote'>,
  purpose: 'values' | 'hash',
): string {
  const column = statements.quote(shared[side].name);
  if (!isRetyped(shared)) return column;
  // Numbers of two types can be compared, but not their hashes.
  const areNumbers = numeric.test(shared.before.type) && numeric.test(shared.after.type);
  return purpose === 'values' && areNumbers ? column : `cast(${column} as varchar)`;
}
