import type { Relation, RelationType, Table } from '../../core/index.ts';
import { statements } from './statements.ts';

const types: Readonly<Record<string, RelationType>> = {
  'BASE TABLE': 'table',
  VIEW: 'view',
  'LOCAL TEMPORARY': 'table',
};

/** All tables and views of a schema, in one query; names are compared as DuckDB does, without regard to letter case. */
export function listRelationsSql(database: string | null, schema: string): string {
  const inDatabase = database === null ? 'current_database()' : `${statements.literal(database.toLowerCase())}`;
  return [
    'select table_catalog, table_schema, table_name, table_type',
    'from system.information_schema.tables',
    `where lower(table_schema) = ${statements.literal(schema.toLowerCase())}`,
    `  and lower(table_catalog) = ${database === null ? `lower(${inDatabase})` : inDatabase}`,
    'order by table_name',
  ].join('\n');
}

export function relationsOf(table: Table): Relation[] {
  return table.rows.map(([database, schema, identifier, type]) => ({
    database: String(database),
    schema: String(schema),
    identifier: String(identifier),
    type: types[String(type)] ?? 'table',
  }));
}
