import type { Run } from '../engine/account.ts';
import type { Column, Table } from '../engine/catalog.ts';
import { inStatement } from '../engine/execute.ts';
import { completeName, findObject } from '../engine/resolve.ts';
import type { Outcome } from '../engine/session.ts';
import { SqlError, unsupported } from '../errors.ts';
import { fileFormat } from '../files/file-format.ts';
import { type Property, readProperties, textOf } from '../files/properties.ts';
import { recordsOf } from '../files/records.ts';
import { filesAt, type Place, readPlace } from '../files/stage.ts';
import { Cursor } from '../sql/cursor.ts';
import { expressionOf } from '../sql/expression.ts';
import { engineName } from '../sql/names.ts';
import { splitByComma } from '../sql/nodes.ts';
import { readType } from '../sql/types.ts';
import { makeEmpty, newTable } from './create-table.ts';
import { isThere, type Making, put } from './place-object.ts';
import { acceptIfExists, nameFrom, scopeOf, status } from './statement.ts';

/** A column of an external table: computed of `value` and of what is known of its file. */
interface Computed {
  readonly column: Column;
  readonly sql: string;
}

interface Definition {
  readonly place: Place;
  readonly pattern: string | undefined;
  readonly format: Property | undefined;
  readonly computed: readonly Computed[];
}

/** What external tables were defined as. They hold the rows of the files that they knew when they were refreshed. */
const definitions = new WeakMap<Table, Definition>();

/** CREATE EXTERNAL TABLE t (c type AS (expression), …) [PARTITION BY (…)] LOCATION = @place FILE_FORMAT = (…). */
export async function createExternalTable(run: Run, cursor: Cursor, making: Making): Promise<Outcome> {
  const name = nameFrom(run, cursor);
  const group = cursor.acceptGroup();
  const computed = splitByComma(group?.children ?? []).map((part) => readColumn(run, new Cursor(part)));
  if (cursor.accept('PARTITION', 'BY')) cursor.expectGroup();
  const { place, properties } = readClauses(run, cursor);
  if (isThere(run, name, making, 'EXTERNAL TABLE')) return status(`${name.name} already exists, statement succeeded.`);
  const columns = [
    { name: 'VALUE', type: { name: 'VARIANT' }, nullable: true } as Column,
    ...computed.map(({ column }) => column),
  ];
  const physical = await makeEmpty(run, columns);
  const table = newTable(run, name, making, { kind: 'EXTERNAL TABLE', columns, physical, options: new Map() });
  definitions.set(table, {
    place,
    pattern: textOf(properties.get('PATTERN')),
    format: properties.get('FILE_FORMAT'),
    computed,
  });
  put(run, table, false);
  if (textOf(properties.get('REFRESH_ON_CREATE'))?.toUpperCase() !== 'FALSE') await refresh(run, table);
  return status(`Table ${name.name} successfully created.`);
}

/** ALTER EXTERNAL TABLE t REFRESH. */
export async function alterExternalTable(run: Run, cursor: Cursor): Promise<Outcome> {
  const ifExists = acceptIfExists(cursor);
  const path = cursor.expectPath();
  const table = findObject(run, completeName(path, run.session));
  if (!table && ifExists) return status('Statement executed successfully.');
  if (table?.kind !== 'EXTERNAL TABLE') {
    throw new SqlError(
      '002003',
      '02000',
      `SQL compilation error:\nTable '${path.join('.')}' does not exist or not authorized.`,
    );
  }
  if (!cursor.accept('REFRESH')) throw unsupported('ALTER EXTERNAL TABLE other than REFRESH');
  cursor.acceptString();
  cursor.expectEnd();
  await refresh(run, table);
  return status('External table successfully refreshed.');
}

function readColumn(run: Run, cursor: Cursor): Computed {
  const name = cursor.expectName();
  const type = readType(cursor);
  cursor.expect('AS');
  const sql = expressionOf(cursor.expectGroup().children, scopeOf(run));
  cursor.expectEnd();
  return { column: { name, type, nullable: true }, sql };
}

function readClauses(run: Run, cursor: Cursor) {
  const properties = new Map<string, Property>();
  let place: Place | undefined;
  while (!cursor.done) {
    if (cursor.accept('LOCATION')) {
      cursor.expectSymbol('=');
      place = readPlace(run, cursor);
    } else {
      for (const [name, value] of readProperties(cursor, new Set(['LOCATION']))) properties.set(name, value);
    }
  }
  if (!place) throw new SqlError('002029', '42601', 'SQL compilation error:\nMissing option(s): [LOCATION]');
  return { place, properties };
}

async function refresh(run: Run, table: Table): Promise<void> {
  const definition = definitions.get(table);
  if (!definition) throw unsupported('this external table');
  const { place, pattern, computed } = definition;
  const format = fileFormat(run, definition.format, place.stage.format);
  const files = filesAt(run, place).filter(
    ({ name }) => pattern === undefined || new RegExp(`^(?:${pattern})$`).test(name),
  );
  const width = Math.max(
    1,
    ...computed.flatMap(({ sql }) => [...sql.matchAll(/[cC](\d+)/g)].map(([, n]) => Number(n))),
  );
  const { relation } = recordsOf(run, files, format, width, false);
  const fields = Array.from({ length: width }, (_, index) => `'c${index + 1}', ${engineName(`COLUMN${index + 1}`)}`);
  const value = format.type === 'JSON' ? engineName('COLUMN1') : `json_object(${fields.join(', ')})`;
  const list = [`"VALUE"`, ...computed.map(({ sql }) => sql)].join(', ');
  const names = table.columns.map(({ name }) => engineName(name)).join(', ');
  await inStatement(run, { reads: new Set(), target: table }, async (execute) => {
    await execute(`DELETE FROM ${table.physical}`);
    await execute(
      `INSERT INTO ${table.physical} (${names}) SELECT ${list} FROM (SELECT *, ${value} AS "VALUE" FROM ${relation})`,
    );
  });
}
