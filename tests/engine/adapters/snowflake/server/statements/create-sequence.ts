import type { Run } from '../engine/account.ts';
import type { Outcome } from '../engine/session.ts';
import type { Cursor } from '../sql/cursor.ts';
import { readOptions } from './options.ts';
import { entry, isThere, type Making, put } from './place-object.ts';
import { nameFrom, status } from './statement.ts';

/** CREATE SEQUENCE s [START = 1] [INCREMENT = 1]. */
export async function createSequence(run: Run, cursor: Cursor, making: Making): Promise<Outcome> {
  const name = nameFrom(run, cursor);
  const options = readOptions(run, cursor);
  cursor.expectEnd();
  if (isThere(run, name, making, 'SEQUENCE')) return status(`${name.name} already exists, statement succeeded.`);
  const [start, step] = [Number(options.get('START') ?? 1), Number(options.get('INCREMENT') ?? 1)];
  const physical = run.account.catalog.physicalName();
  await run.session.connection.run(`CREATE SEQUENCE ${physical} START ${start} INCREMENT ${step}`);
  put(run, { ...entry(run, name, options.get('COMMENT')), kind: 'SEQUENCE', physical, start, step }, false);
  return status(`Sequence ${name.name} successfully created.`);
}
