import { missingObject } from '../errors.ts';
import { engineName, type Source } from '../sql/names.ts';
import { anyText, longestText, type SqlType, wholeNumber } from '../sql/types.ts';
import type { Run } from './account.ts';
import { type CatalogObject, fullName, type Schema } from './catalog.ts';
import type { Cell } from './cells.ts';
import type { ObjectName } from './resolve.ts';
import { valuesQuery } from './result-scan.ts';

interface Shape {
  readonly columns: readonly (readonly [string, SqlType])[];
  readonly rows: (schemas: readonly Schema[], objects: readonly CatalogObject[]) => Cell[][];
}

const moment: SqlType = { name: 'TIMESTAMP_LTZ', precision: 0, scale: 9 };
const texts = (names: string): [string, SqlType][] => names.split(' ').map((name) => [name, anyText]);
const seconds = (date: Date): string => (date.getTime() / 1000).toFixed(3);
const yesNo = (value: boolean): string => (value ? 'YES' : 'NO');

const shapes: Readonly<Record<string, Shape>> = {
  TABLES: {
    columns: [
      ...texts('TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TABLE_OWNER TABLE_TYPE IS_TRANSIENT CLUSTERING_KEY'),
      ['ROW_COUNT', wholeNumber],
      ['BYTES', wholeNumber],
      ['CREATED', moment],
      ['LAST_ALTERED', moment],
      ...texts('COMMENT IS_TEMPORARY IS_DYNAMIC'),
    ],
    rows: (_, objects) =>
      objects.flatMap((object) => {
        if (object.kind === 'SEQUENCE') return [];
        const view = object.kind === 'VIEW';
        return [
          [
            object.database,
            object.schema,
            object.name,
            object.owner,
            view ? 'VIEW' : object.temporary ? 'LOCAL TEMPORARY' : 'BASE TABLE',
            view ? null : yesNo(object.transient),
            view || object.clusterBy === '' ? null : object.clusterBy,
            null,
            null,
            seconds(object.created),
            seconds(object.altered),
            object.comment === '' ? null : object.comment,
            yesNo(!view && object.temporary),
            yesNo(object.kind === 'DYNAMIC TABLE'),
          ],
        ];
      }),
  },
  COLUMNS: {
    columns: [
      ...texts('TABLE_CATALOG TABLE_SCHEMA TABLE_NAME COLUMN_NAME'),
      ['ORDINAL_POSITION', wholeNumber],
      ...texts('COLUMN_DEFAULT IS_NULLABLE DATA_TYPE'),
      ['CHARACTER_MAXIMUM_LENGTH', wholeNumber],
      ['NUMERIC_PRECISION', wholeNumber],
      ['NUMERIC_SCALE', wholeNumber],
      ['DATETIME_PRECISION', wholeNumber],
      ['COMMENT', anyText],
    ],
    rows: (_, objects) =>
      objects.flatMap((object) =>
        object.kind === 'SEQUENCE'
          ? []
          : object.columns.map((column, index) => [
              object.database,
              object.schema,
              object.name,
              column.name,
              String(index + 1),
              column.default ?? null,
              yesNo(column.nullable),
              dataType(column.type),
              column.type.name === 'TEXT' ? String(column.type.length ?? longestText) : null,
              column.type.name === 'FIXED' ? String(column.type.precision) : null,
              column.type.name === 'FIXED' ? String(column.type.scale) : null,
              column.type.name.startsWith('TIME') ? '9' : null,
              column.comment ?? null,
            ]),
      ),
  },
  SCHEMATA: {
    columns: [...texts('CATALOG_NAME SCHEMA_NAME SCHEMA_OWNER'), ['CREATED', moment], ['COMMENT', anyText]],
    rows: (schemas) =>
      schemas.map(({ database, name, created, comment }) => [
        database,
        name,
        'ACCOUNTADMIN',
        seconds(created),
        comment || null,
      ]),
  },
  VIEWS: {
    columns: texts('TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TABLE_OWNER VIEW_DEFINITION IS_SECURE COMMENT'),
    rows: (_, objects) =>
      objects.flatMap((object) =>
        object.kind === 'VIEW'
          ? [
              [
                object.database,
                object.schema,
                object.name,
                object.owner,
                object.text,
                yesNo(object.secure),
                object.comment,
              ],
            ]
          : [],
      ),
  },
};

const dataType = (type: SqlType): string =>
  ({ FIXED: 'NUMBER', REAL: 'FLOAT' })[type.name as 'FIXED' | 'REAL'] ?? type.name;

/** A view of INFORMATION_SCHEMA, over what exists in its database now. */
export function informationSchema(run: Run, name: ObjectName): Source {
  const shape = shapes[name.name];
  const database = run.account.catalog.databases.get(name.database);
  if (!shape || !database) throw missingObject('Object', fullName(name));
  const schemas = [...database.schemas.values()];
  const temporary = [...run.session.temporary.values()].filter((object) => object.database === name.database);
  const objects = [...schemas.flatMap((schema) => [...schema.objects.values()]), ...temporary];
  return {
    kind: 'query',
    key: engineName(`i:${fullName(name)}`),
    columns: shape.columns.map(([column, type]) => ({ name: column, type })),
    sql: valuesQuery(
      shape.columns.map(([, type]) => type),
      shape.rows(schemas, objects),
    ),
  };
}
