import type { CatalogTable, Cell, Column, Table } from '../../core/index.ts';
import { literal, storedRelation } from './naming.ts';

/** All tables and views of a schema with their columns and comments, in one query. Only for catalogs: it is slow. */
export function catalogSql(database: string, schema: string): string {
  return [
    'select t.table_catalog, t.table_schema, t.table_name, t.table_type, t.table_owner, t.comment,',
    '  c.column_name, c.data_type, c.comment as column_comment',
    `from ${database}.information_schema.tables as t`,
    `join ${database}.information_schema.columns as c`,
    '  on c.table_schema = t.table_schema and c.table_name = t.table_name',
    `where t.table_schema = ${literal(schema)}`,
    'order by t.table_name, c.ordinal_position',
  ].join('\n');
}

/** The rows of `catalogSql`, table by table. */
export function catalogTables({ rows }: Table): CatalogTable[] {
  const tables = new Map<string, CatalogTable & { readonly columns: (Column & { comment: string | null })[] }>();
  for (const [database, schema, name, type, owner, comment, column, columnType, columnComment] of rows) {
    const identifier = String(name);
    let table = tables.get(identifier);
    if (!table) {
      const relation = storedRelation(String(database), String(schema), identifier);
      table = { relation, type: String(type), owner: textOf(owner), comment: textOf(comment), columns: [] };
      tables.set(identifier, table);
    }
    table.columns.push({ name: String(column), type: String(columnType), comment: textOf(columnComment) });
  }
  return [...tables.values()];
}

const textOf = (cell: Cell | undefined): string | null => (cell === null || cell === undefined ? null : String(cell));
