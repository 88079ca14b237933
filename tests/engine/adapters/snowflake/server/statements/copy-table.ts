import type { Run } from '../engine/account.ts';
import { fullName } from '../engine/catalog.ts';
import { inStatement } from '../engine/execute.ts';
import type { ObjectName } from '../engine/resolve.ts';
import type { Outcome } from '../engine/session.ts';
import { SqlError, unsupported } from '../errors.ts';
import type { Cursor } from '../sql/cursor.ts';
import { makeEmpty, newTable } from './create-table.ts';
import { readOptions } from './options.ts';
import { isThere, type Making, put } from './place-object.ts';
import { status } from './statement.ts';
import { requireTable } from './target.ts';

/** CREATE TABLE a CLONE b: the rows of this moment. */
export async function cloneTable(run: Run, cursor: Cursor, name: ObjectName, making: Making): Promise<Outcome> {
  const source = requireTable(run, cursor.expectPath());
  if (cursor.sees('AT') || cursor.sees('BEFORE')) throw unsupported('time travel');
  readOptions(run, cursor);
  cursor.expectEnd();
  if (isThere(run, name, making, 'TABLE')) return status(`${name.name} already exists, statement succeeded.`);
  if ((source.transient || source.temporary) && !making.transient && !making.temporary) {
    const kind = source.temporary ? 'temporary' : 'transient';
    throw new SqlError(
      '002119',
      '0A000',
      `SQL compilation error:\n${kind} object cannot be cloned to a permanent object: ${fullName(source)}`,
    );
  }
  const physical = await makeEmpty(run, source.columns);
  await inStatement(run, { reads: new Set([source]) }, (execute) =>
    execute(`INSERT INTO ${physical} SELECT * FROM ${source.physical}`),
  );
  const made = { kind: 'TABLE' as const, columns: source.columns, physical, options: new Map(source.options) };
  put(run, newTable(run, name, making, made), making.temporary);
  return status(`Table ${name.name} successfully created.`);
}

/** CREATE TABLE a LIKE b: the columns without the rows. */
export async function likeTable(run: Run, cursor: Cursor, name: ObjectName, making: Making): Promise<Outcome> {
  const source = requireTable(run, cursor.expectPath());
  readOptions(run, cursor);
  cursor.expectEnd();
  if (isThere(run, name, making, 'TABLE')) return status(`${name.name} already exists, statement succeeded.`);
  const physical = await makeEmpty(run, source.columns);
  const made = { kind: 'TABLE' as const, columns: source.columns, physical, options: new Map(source.options) };
  put(run, newTable(run, name, making, made), making.temporary);
  return status(`Table ${name.name} successfully created.`);
}
