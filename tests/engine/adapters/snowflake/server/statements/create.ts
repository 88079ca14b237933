import type { Run } from '../engine/account.ts';
import type { Outcome } from '../engine/session.ts';
import { alreadyExists, SqlError, unsupported } from '../errors.ts';
import type { Cursor } from '../sql/cursor.ts';
import { createSequence } from './create-sequence.ts';
import { createFileFormat, createPipe, createStage } from './create-stage.ts';
import { createTable } from './create-table.ts';
import { createView } from './create-view.ts';
import { createExternalTable } from './external-table.ts';
import { readOptions } from './options.ts';
import { bury, type Making } from './place-object.ts';
import { acceptIfNotExists, refuse, type Statement, status } from './statement.ts';

/** CREATE of whatever follows. */
export const create: Statement = async (run, cursor) => {
  const replace = cursor.accept('OR', 'REPLACE');
  let [transient, temporary, secure, dynamic, iceberg, materialized] = [false, false, false, false, false, false];
  for (;;) {
    if (cursor.accept('TRANSIENT')) transient = true;
    else if (cursor.accept('TEMPORARY') || cursor.accept('TEMP')) temporary = true;
    else if (cursor.accept('SECURE')) secure = true;
    else if (cursor.accept('DYNAMIC')) dynamic = true;
    else if (cursor.accept('ICEBERG')) iceberg = true;
    else if (cursor.accept('MATERIALIZED')) materialized = true;
    else if (!cursor.accept('LOCAL')) break;
  }
  const kind = cursor.accept('FILE', 'FORMAT') ? 'FILE FORMAT' : cursor.expectWord();
  if (kind === 'EXTERNAL') cursor.expect('TABLE');
  const ifNotExists = acceptIfNotExists(cursor);
  const making: Making = { replace, transient, temporary, secure, materialized, iceberg, ifNotExists };
  switch (kind) {
    case 'TABLE':
      return createTable(run, cursor, making, dynamic);
    case 'VIEW':
      return createView(run, cursor, making);
    case 'SCHEMA':
      return createSchema(run, cursor, making);
    case 'DATABASE':
      return createDatabase(run, cursor, making);
    case 'SEQUENCE':
      return createSequence(run, cursor, making);
    case 'STAGE':
      return createStage(run, cursor, making);
    case 'FILE FORMAT':
      return createFileFormat(run, cursor, making);
    case 'PIPE':
      return createPipe(run, cursor, making);
    case 'EXTERNAL':
      return createExternalTable(run, cursor, making);
    case 'WAREHOUSE':
      run.account.catalog.warehouses.add(cursor.expectName());
      return status('Warehouse successfully created.');
    default:
      return refuse(cursor, cursor.offset);
  }
};

function createSchema(run: Run, cursor: Cursor, making: Making): Outcome {
  const [name = '', databaseName = run.session.database ?? ''] = cursor.expectPath().reverse();
  if (cursor.sees('CLONE')) throw unsupported('CREATE SCHEMA CLONE');
  const comment = readOptions(run, cursor).get('COMMENT') ?? '';
  const database = run.account.catalog.databases.get(databaseName);
  if (!database) {
    throw new SqlError(
      '002003',
      '02000',
      `SQL compilation error:\nDatabase '${databaseName}' does not exist or not authorized.`,
    );
  }
  if (database.schemas.has(name) && making.ifNotExists) return status(`${name} already exists, statement succeeded.`);
  if (database.schemas.has(name) && !making.replace) throw alreadyExists(name);
  for (const object of database.schemas.get(name)?.objects.values() ?? []) bury(run, object);
  run.account.catalog.addSchema(database, name).comment = comment;
  run.session.database = databaseName;
  run.session.schema = name;
  return status(`Schema ${name} successfully created.`);
}

function createDatabase(run: Run, cursor: Cursor, making: Making): Outcome {
  const name = cursor.expectName();
  if (cursor.sees('CLONE')) throw unsupported('CREATE DATABASE CLONE');
  const comment = readOptions(run, cursor).get('COMMENT') ?? '';
  const { catalog } = run.account;
  if (catalog.databases.has(name) && making.ifNotExists) return status(`${name} already exists, statement succeeded.`);
  if (catalog.databases.has(name) && !making.replace) throw alreadyExists(name);
  catalog.addDatabase(name).comment = comment;
  run.session.database = name;
  run.session.schema = 'PUBLIC';
  return status(`Database ${name} successfully created.`);
}
