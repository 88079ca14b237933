import type { CatalogTable } from '../../sql/index.ts';
import type { Analyst } from '../analysis/analyst.ts';
import { allTime } from '../reading/bounds.ts';
import { type ReadRows, readRows } from '../reading/read-rows.ts';
import type { Scan } from '../reading/relation.ts';
import { catalogueOf, typeOf } from './catalogue.ts';
import type { MappedColumn } from './read-windows.ts';

export interface OtherColumns {
  readonly column: MappedColumn;
  readonly rows: ReadRows;
  /** The table that is read. */
  readonly table: CatalogTable | undefined;
  readonly analyst: Analyst;
}

/**
 * Whether conditions on other columns may leave out partitions, because those columns say the same in another way: a time
 * beside the date that was made of it.
 */
export async function mayBeNarrower(
  scan: Scan,
  key: string,
  { column, rows, table, analyst }: OtherColumns,
): Promise<boolean> {
  const others = [...(rows.bounds.get(scan)?.keys() ?? [])].filter((other) => other !== key);
  if (others.length === 0) return false;
  const parent = await analyst.queryOf(scan.table);
  const made =
    parent &&
    readRows(parent.query, {
      ...parent,
      everything: () => allTime,
      isWhole: () => false,
      table: catalogueOf(parent, new Map()),
    });
  const own = made && madeOf(made, key);
  return others.some((other) => {
    const type = typeOf(table, other);
    const isTime = column.dimension.kind === 'time' && (type === undefined || type === 'date' || type === 'timestamp');
    const from = made && madeOf(made, other);
    return isTime || !own || !from || [...from].some((one) => own.has(one));
  });
}

/** The columns that a column was made of; undefined where that is not known. */
function madeOf({ rows }: ReadRows, key: string): ReadonlySet<string> | undefined {
  const value = rows.columns.get(key);
  if (!value || value.from.size === 0) return undefined;
  return new Set([...value.from].flatMap(([{ table }, columns]) => [...columns].map((column) => `${table} ${column}`)));
}
