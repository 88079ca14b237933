import type { Run } from '../engine/account.ts';
import { fullName } from '../engine/catalog.ts';
import { completeName, findObject, requireObject } from '../engine/resolve.ts';
import type { Outcome } from '../engine/session.ts';
import { alreadyExists, unsupported } from '../errors.ts';
import type { Cursor } from '../sql/cursor.ts';
import { schemaOf } from './place-object.ts';
import { status } from './statement.ts';
import { requireTable } from './target.ts';

/** RENAME TO, to another schema too. */
export function renameObject(run: Run, path: readonly string[], cursor: Cursor): Outcome {
  const object = requireObject(run, path);
  const to = completeName(cursor.expectPath(), run.session);
  cursor.expectEnd();
  if (findObject(run, to)) throw alreadyExists(fullName(to));
  if (run.session.temporary.has(fullName(object))) throw unsupported('renaming a temporary object');
  const before = fullName(object);
  schemaOf(run, object).objects.delete(object.name);
  schemaOf(run, to).objects.set(to.name, object);
  Object.assign(object, to);
  moveGrants(run, before, fullName(to));
  return status('Statement executed successfully.');
}

/** SWAP WITH: two tables change their names in one step; grants go with the table. */
export function swapTables(run: Run, path: readonly string[], cursor: Cursor): Outcome {
  const one = requireTable(run, path);
  const other = requireTable(run, cursor.expectPath());
  cursor.expectEnd();
  if (one.temporary || other.temporary) throw unsupported('swapping a temporary table');
  const [first, second] = [
    completeName([one.database, one.schema, one.name], run.session),
    completeName([other.database, other.schema, other.name], run.session),
  ];
  Object.assign(one, second);
  Object.assign(other, first);
  schemaOf(run, first).objects.set(first.name, other);
  schemaOf(run, second).objects.set(second.name, one);
  moveGrants(run, fullName(first), '');
  moveGrants(run, fullName(second), fullName(first));
  moveGrants(run, '', fullName(second));
  run.account.catalog.commits += 1;
  one.version = run.account.catalog.commits;
  other.version = run.account.catalog.commits;
  return status('Statement executed successfully.');
}

function moveGrants(run: Run, from: string, to: string): void {
  const { grants } = run.account.catalog;
  grants.splice(0, grants.length, ...grants.map((grant) => (grant.name === from ? { ...grant, name: to } : grant)));
}
