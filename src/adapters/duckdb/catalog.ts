import type { CatalogTable, Cell, Column, Table } from '../../core/index.ts';
import { isInSchema } from './catalog-names.ts';

/** All tables and views of a schema with their columns and comments, in one query. */
export function catalogSql(database: string | null, schema: string): string {
  return [
    'with relations as (',
    "  select database_name, schema_name, table_name, 'BASE TABLE' as type, comment from duckdb_tables()",
    '  union all',
    "  select database_name, schema_name, view_name, 'VIEW', comment from duckdb_views()",
    ')',
    'select database_name, schema_name, table_name, type, r.comment, c.column_name, c.data_type, c.comment',
    'from relations as r join duckdb_columns() as c using (database_name, schema_name, table_name)',
    `where ${isInSchema(database, schema)}`,
    'order by table_name, column_index',
  ].join('\n');
}

/** The rows of `catalogSql`, table by table. */
export function catalogTables({ rows }: Table): CatalogTable[] {
  const tables = new Map<string, CatalogTable & { readonly columns: (Column & { comment: string | null })[] }>();
  for (const [database, schema, name, type, comment, column, columnType, columnComment] of rows) {
    const identifier = String(name);
    let table = tables.get(identifier);
    if (!table) {
      const relation = { database: String(database), schema: String(schema), identifier };
      table = { relation, type: String(type), owner: null, comment: textOf(comment), columns: [] };
      tables.set(identifier, table);
    }
    table.columns.push({ name: String(column), type: String(columnType), comment: textOf(columnComment) });
  }
  return [...tables.values()];
}

function textOf(cell: Cell | undefined): string | null {
  return cell === null || cell === undefined ? null : String(cell);
}
