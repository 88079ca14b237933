import type { Run } from '../engine/account.ts';
import { fullName, schemaAt } from '../engine/catalog.ts';
import { findObject } from '../engine/resolve.ts';
import type { Outcome } from '../engine/session.ts';
import { missingForCommand, missingObject, SqlError } from '../errors.ts';
import type { Cursor } from '../sql/cursor.ts';
import { bury, remove } from './place-object.ts';
import { acceptIfExists, nameFrom, refuse, type Statement, status } from './statement.ts';

/** DROP of whatever follows. */
export const drop: Statement = async (run, cursor) => {
  const dynamic = cursor.accept('DYNAMIC');
  const external = !dynamic && cursor.accept('EXTERNAL');
  if (!dynamic && !cursor.accept('ICEBERG')) cursor.accept('MATERIALIZED');
  const kind = cursor.accept('FILE', 'FORMAT') ? 'FILE FORMAT' : cursor.expectWord();
  const ifExists = acceptIfExists(cursor);
  switch (kind) {
    case 'TABLE':
      return dropObject(run, cursor, dynamic ? 'DYNAMIC TABLE' : external ? 'EXTERNAL TABLE' : 'TABLE', ifExists);
    case 'STAGE':
    case 'FILE FORMAT':
    case 'PIPE':
      return dropOfFiles(run, cursor, kind, ifExists);
    case 'VIEW':
    case 'SEQUENCE':
      return dropObject(run, cursor, kind, ifExists);
    case 'SCHEMA':
      return dropSchema(run, cursor, ifExists);
    case 'DATABASE':
      return dropDatabase(run, cursor, ifExists);
    default:
      return refuse(cursor, cursor.offset);
  }
};

const dropped = (name: string): Outcome => status(`${name} successfully dropped.`);
const absent = (name: string): Outcome => status(`Drop statement executed successfully (${name} already dropped).`);

function endOfDrop(cursor: Cursor): void {
  if (!cursor.accept('CASCADE')) cursor.accept('RESTRICT');
  cursor.expectEnd();
}

function dropObject(run: Run, cursor: Cursor, kind: string, ifExists: boolean): Outcome {
  const name = nameFrom(run, cursor);
  endOfDrop(cursor);
  const found = findObject(run, name);
  if (!found && ifExists) return absent(name.name);
  if (!found) throw missingObject(kind.endsWith('TABLE') ? 'Table' : 'Object', fullName(name));
  // Dynamic and external tables are dropped by DROP TABLE too.
  if (found.kind !== kind && !(kind === 'TABLE' && found.kind.endsWith(' TABLE'))) {
    throw new SqlError(
      '002203',
      '02000',
      `SQL compilation error:\nObject found is of type '${found.kind}', not specified type '${kind}'.`,
    );
  }
  remove(run, name);
  return dropped(name.name);
}

const shelves = { STAGE: 'stages', 'FILE FORMAT': 'fileFormats', PIPE: 'pipes' } as const;

function dropOfFiles(run: Run, cursor: Cursor, kind: keyof typeof shelves, ifExists: boolean): Outcome {
  const name = nameFrom(run, cursor);
  cursor.expectEnd();
  const isThere = schemaAt(run.account.catalog, name)?.[shelves[kind]].delete(name.name) ?? false;
  if (!isThere && !ifExists) throw missingObject(kind, fullName(name));
  return isThere ? dropped(name.name) : absent(name.name);
}

function dropSchema(run: Run, cursor: Cursor, ifExists: boolean): Outcome {
  const [name = '', databaseName = run.session.database ?? ''] = cursor.expectPath().reverse();
  endOfDrop(cursor);
  const schema = run.account.catalog.databases.get(databaseName)?.schemas.get(name);
  if (!schema && ifExists) return absent(name);
  if (!schema) throw missingForCommand();
  for (const object of schema.objects.values()) bury(run, object);
  run.account.catalog.databases.get(databaseName)?.schemas.delete(name);
  if (run.session.database === databaseName && run.session.schema === name) run.session.schema = undefined;
  return dropped(name);
}

function dropDatabase(run: Run, cursor: Cursor, ifExists: boolean): Outcome {
  const name = cursor.expectName();
  endOfDrop(cursor);
  const database = run.account.catalog.databases.get(name);
  if (!database && ifExists) return absent(name);
  if (!database) throw missingForCommand();
  for (const schema of database.schemas.values()) for (const object of schema.objects.values()) bury(run, object);
  run.account.catalog.databases.delete(name);
  if (run.session.database === name) {
    run.session.database = undefined;
    run.session.schema = undefined;
  }
  return dropped(name);
}
