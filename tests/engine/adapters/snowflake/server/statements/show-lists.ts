import { requireObject } from '../engine/resolve.ts';
import { displayType, longestText, type SqlType } from '../sql/types.ts';
import { materializedViews } from './materialized-view.ts';
import { byName, flag, type Lister, objectsAt, schemasAt, seconds, words } from './show-place.ts';
import { dynamicTables, objects, tables, views } from './show-relations.ts';

const schemas: Lister = {
  columns: words(
    'created_on name is_default is_current database_name owner comment options retention_time owner_role_type',
  ),
  rows: (run, place) =>
    schemasAt(run, { ...place, schema: undefined })
      .map((schema) => ({
        name: schema.name,
        cells: [
          seconds(schema.created),
          schema.name,
          'N',
          flag(schema.name === run.session.schema),
          schema.database,
          'ACCOUNTADMIN',
          schema.comment,
          '',
          '1',
          'ROLE',
        ],
      }))
      .sort(byName),
};

const databases: Lister = {
  columns: words('created_on name is_default is_current origin owner comment options retention_time kind'),
  rows: (run) =>
    [...run.account.catalog.databases.values()]
      .map(({ name, created, comment }) => ({
        name,
        cells: [
          seconds(created),
          name,
          'N',
          flag(name === run.session.database),
          '',
          'ACCOUNTADMIN',
          comment,
          '',
          '1',
          'STANDARD',
        ],
      }))
      .sort(byName),
};

const columns: Lister = {
  columns: words(
    'table_name schema_name column_name data_type null? default kind expression comment database_name autoincrement',
  ),
  rows: (run, place) => {
    const found = place.table ? [requireObject(run, place.table)] : objectsAt(run, place);
    return found.flatMap((object) =>
      object.kind === 'SEQUENCE'
        ? []
        : object.columns.map((column) => ({
            name: column.name,
            cells: [
              object.name,
              object.schema,
              column.name,
              typeDocument(column.type, column.nullable),
              column.nullable ? 'true' : 'NOT_NULL',
              column.default ?? '',
              'COLUMN',
              '',
              column.comment ?? '',
              object.database,
              '',
            ],
          })),
    );
  },
};

/** A type as SHOW COLUMNS writes it: JSON. */
function typeDocument(type: SqlType, nullable: boolean): string {
  const facts =
    type.name === 'FIXED'
      ? { precision: type.precision, scale: type.scale }
      : type.name === 'TEXT'
        ? { length: type.length ?? longestText, byteLength: type.length ?? longestText }
        : {};
  return JSON.stringify({ type: type.name, ...facts, nullable, display: displayType(type) });
}

const warehouses: Lister = {
  columns: words(
    'name state type size min_cluster_count max_cluster_count running queued is_default is_current auto_suspend auto_resume',
  ),
  rows: (run) =>
    [...run.account.catalog.warehouses].sort().map((name) => ({
      name,
      cells: [
        name,
        'STARTED',
        'STANDARD',
        'X-Small',
        '1',
        '1',
        '0',
        '0',
        'N',
        flag(name === run.session.warehouse),
        '600',
        'true',
      ],
    })),
};

const sequences: Lister = {
  columns: words('name database_name schema_name next_value interval created_on owner comment'),
  rows: (run, place) =>
    objectsAt(run, place).flatMap((object) =>
      object.kind === 'SEQUENCE'
        ? [
            {
              name: object.name,
              cells: [
                object.name,
                object.database,
                object.schema,
                String(object.start),
                String(object.step),
                seconds(object.created),
                object.owner,
                object.comment,
              ],
            },
          ]
        : [],
    ),
};

const transactions: Lister = {
  columns: words('id user session name started_on state scope'),
  rows: (run) =>
    [...run.account.sessions.values()].flatMap(({ id, user, transaction }) =>
      transaction
        ? [
            {
              name: transaction.transaction,
              cells: [transaction.transaction, user, String(id), '', seconds(transaction.begun), 'running', '0'],
            },
          ]
        : [],
    ),
};

/** What SHOW can list. There are no functions of users: their list is empty. */
export const listers: Readonly<Record<string, Lister>> = {
  OBJECTS: objects,
  TABLES: tables,
  VIEWS: views,
  'DYNAMIC TABLES': dynamicTables,
  'MATERIALIZED VIEWS': materializedViews,
  SCHEMAS: schemas,
  DATABASES: databases,
  COLUMNS: columns,
  WAREHOUSES: warehouses,
  SEQUENCES: sequences,
  TRANSACTIONS: transactions,
  'USER FUNCTIONS': {
    columns: words(
      'created_on name schema_name is_builtin is_aggregate is_ansi min_num_arguments max_num_arguments arguments description catalog_name is_table_function language',
    ),
    rows: (run, place) => schemasAt(run, place).flatMap(() => []),
  },
};
