import { requireObject } from '../engine/resolve.ts';
import { missingForCommand } from '../errors.ts';
import { missingColumn } from './column-definitions.ts';
import { acceptIfExists, type Statement, status } from './statement.ts';

/** COMMENT [IF EXISTS] ON a thing IS 'text'. */
export const comment: Statement = async (run, cursor) => {
  acceptIfExists(cursor);
  cursor.expect('ON');
  if (!cursor.accept('DYNAMIC') && !cursor.accept('ICEBERG')) cursor.accept('MATERIALIZED');
  const kind = cursor.expectWord();
  const path = cursor.expectPath();
  cursor.expect('IS');
  const text = cursor.expectString();
  cursor.expectEnd();
  if (kind === 'SCHEMA') {
    const [name = '', database = run.session.database ?? ''] = [...path].reverse();
    run.account.catalog.schema(database, name).comment = text;
  } else if (kind === 'DATABASE') {
    const database = run.account.catalog.databases.get(path[0] ?? '');
    if (!database) throw missingForCommand();
    database.comment = text;
  } else if (kind === 'COLUMN') {
    const object = requireObject(run, path.slice(0, -1));
    const name = path.at(-1) ?? '';
    if (object.kind === 'SEQUENCE' || !object.columns.some((column) => column.name === name)) throw missingColumn(name);
    if (object.kind === 'VIEW') object.columnComments = new Map([...object.columnComments, [name, text]]);
    else
      object.columns = object.columns.map((column) => (column.name === name ? { ...column, comment: text } : column));
  } else requireObject(run, path).comment = text;
  return status('Statement executed successfully.');
};
