import type { Run } from '../engine/account.ts';
import { fullName } from '../engine/catalog.ts';
import type { ObjectName } from '../engine/resolve.ts';
import type { Outcome } from '../engine/session.ts';
import { alreadyExists, SqlError, unsupported } from '../errors.ts';
import { formatOf } from '../files/file-format.ts';
import { nested, readProperties, textOf } from '../files/properties.ts';
import type { Cursor } from '../sql/cursor.ts';
import { type Making, schemaOf } from './place-object.ts';
import { nameFrom, sourceText, status } from './statement.ts';

/** CREATE STAGE s [URL = 's3://bucket/path/'] [FILE_FORMAT = (…)]. */
export function createStage(run: Run, cursor: Cursor, making: Making): Outcome {
  const name = nameFrom(run, cursor);
  const properties = readProperties(cursor);
  const url = textOf(properties.get('URL'));
  if (url !== undefined && !/^(s3|gcs|azure):\/\//.test(url)) throw invalidUrl(url);
  const format = properties.get('FILE_FORMAT');
  const made = {
    name: name.name,
    url,
    format: typeof format === 'string' ? new Map([['FORMAT_NAME', format]]) : nested(format),
  };
  return keep(schemaOf(run, name).stages, name, made, making, 'Stage area');
}

/** CREATE FILE FORMAT f TYPE = CSV …. */
export function createFileFormat(run: Run, cursor: Cursor, making: Making): Outcome {
  const name = nameFrom(run, cursor);
  const properties = readProperties(cursor);
  formatOf(properties);
  return keep(schemaOf(run, name).fileFormats, name, properties, making, 'File format');
}

/** CREATE PIPE p [AUTO_INGEST = TRUE] AS COPY INTO …: nothing is loaded by it here; tests say what its status is. */
export function createPipe(run: Run, cursor: Cursor, making: Making): Outcome {
  const name = nameFrom(run, cursor);
  readProperties(cursor, new Set(['AS']));
  cursor.expect('AS');
  if (!cursor.sees('COPY', 'INTO')) throw unsupported('pipe without COPY INTO');
  const copies = sourceText(run, cursor.rest());
  const made = { name: name.name, copies, status: { executionState: 'RUNNING', pendingFileCount: 0 } };
  return keep(schemaOf(run, name).pipes, name, made, making, 'Pipe');
}

function keep<T>(shelf: Map<string, T>, name: ObjectName, made: T, making: Making, kind: string): Outcome {
  const isThere = shelf.has(name.name);
  if (isThere && making.ifNotExists) return status(`${name.name} already exists, statement succeeded.`);
  if (isThere && !making.replace) throw alreadyExists(fullName(name));
  shelf.set(name.name, made);
  return status(`${kind} ${name.name} successfully created.`);
}

const invalidUrl = (url: string): SqlError =>
  new SqlError('001066', '42601', `SQL compilation error:\ninvalid URL prefix found in: '${url}'`);
