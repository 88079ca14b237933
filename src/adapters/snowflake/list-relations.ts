import type { Relation, RelationType, Table } from '../../core/index.ts';
import { literal, storedRelation } from './naming.ts';

/** `show` gives no more than so many rows at once. */
export const pageSize = 10_000;

/** Tables and views of a schema, after a name. It needs no warehouse, and waits for none. */
export function showObjects(schema: string, after: string | undefined): string {
  const from = after === undefined ? '' : ` from ${literal(after)}`;
  return `show objects in ${schema} limit ${pageSize}${from}`;
}

/** The rows of `show objects`. */
export function relationsOf(table: Table): readonly Relation[] {
  const read = cellsByName(table);
  return table.rows.map((row) => ({
    ...storedRelation(read(row, 'database_name'), read(row, 'schema_name'), read(row, 'name')),
    type: typeOf(read(row, 'kind'), read(row, 'is_dynamic')),
    ...(isYes(read(row, 'is_iceberg')) ? { format: 'iceberg' } : {}),
  }));
}

/** How `show` says that something is so. */
export const isYes = (cell: string): boolean => /^(y|yes|true)$/i.test(cell);

function typeOf(kind: string, isDynamic: string): RelationType {
  if (isYes(isDynamic) || /dynamic/i.test(kind)) return 'dynamic_table';
  if (/materialized/i.test(kind)) return 'materialized_view';
  return /view/i.test(kind) ? 'view' : 'table';
}

/** Reads the cells of a `show` by the names of its columns: releases add new ones anywhere. */
export function cellsByName({ columns }: Table): (row: Table['rows'][number], name: string) => string {
  const places = new Map(columns.map((column, index) => [column.name.toLowerCase(), index]));
  return (row, name) => {
    const place = places.get(name);
    return place === undefined ? '' : String(row[place] ?? '');
  };
}
