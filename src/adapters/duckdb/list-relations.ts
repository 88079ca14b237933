import type { Relation, RelationType, Table } from '../../core/index.ts';
import { isDatabase, isNamed } from './catalog-names.ts';

const types: Readonly<Record<string, RelationType>> = {
  'BASE TABLE': 'table',
  VIEW: 'view',
  'LOCAL TEMPORARY': 'table',
};

/** All tables and views of a schema, in one query. */
export function listRelationsSql(database: string | null, schema: string): string {
  return [
    'select table_catalog, table_schema, table_name, table_type',
    'from system.information_schema.tables',
    `where ${isDatabase('table_catalog', database)} and ${isNamed('table_schema', schema)}`,
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
