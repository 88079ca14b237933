import type { Json, JsonObject } from '../../core/index.ts';
import { readCsv } from './read-csv.ts';

export type Row = Readonly<Record<string, Json>>;

/** Rows, or what is wrong with the text and where in it. */
export type RowsRead =
  | { readonly kind: 'rows'; readonly rows: readonly JsonObject[] }
  | { readonly kind: 'problem'; readonly message: string; readonly at: number };

/**
 * Rows of a CSV text: all values are texts.
 *
 * @param empty what stands for an empty value. Default null, as in dbt.
 */
export function csvRows(text: string, delimiter?: string, empty: '' | null = null): RowsRead {
  const { header, rows } = readCsv(text, delimiter);
  const read: JsonObject[] = [];
  for (const [index, { values, start }] of rows.entries()) {
    if (values.length > header.length) {
      const message = `Row ${index + 1} has ${values.length} values, but there are ${header.length} columns`;
      return { kind: 'problem', message, at: start };
    }
    read.push(Object.fromEntries(header.map((name, column) => [name, values[column] || empty])));
  }
  return { kind: 'rows', rows: read };
}

/**
 * As dbt: the first row without a null comes first (it changes places with the one that was), because some warehouses
 * take the types of all rows from the first.
 */
export function withFullRowFirst(rows: readonly JsonObject[]): readonly JsonObject[] {
  const full = rows.findIndex((row) => Object.values(row).every((value) => value !== null));
  const [first] = rows;
  const chosen = rows[full];
  if (full < 1 || first === undefined || chosen === undefined) return rows;
  return rows.map((row, index) => (index === 0 ? chosen : index === full ? first : row));
}
