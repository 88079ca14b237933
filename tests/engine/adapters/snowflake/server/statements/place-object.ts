import type { Run } from '../engine/account.ts';
import { type CatalogObject, fullName, type Table, type View } from '../engine/catalog.ts';
import { findObject, type ObjectName } from '../engine/resolve.ts';
import { alreadyExists, SqlError } from '../errors.ts';

/** How an object is made. */
export interface Making {
  readonly replace: boolean;
  readonly transient: boolean;
  readonly temporary: boolean;
  readonly secure: boolean;
  readonly materialized: boolean;
  readonly iceberg: boolean;
  readonly ifNotExists: boolean;
}

/** The object that a new one would meet under its name. */
export function existing(run: Run, name: ObjectName, temporary: boolean): CatalogObject | undefined {
  if (temporary) return run.session.temporary.get(fullName(name));
  return schemaOf(run, name).objects.get(name.name);
}

/** Whether there is nothing to do; throws when the name is taken. */
export function isThere(run: Run, name: ObjectName, making: Making, kind: CatalogObject['kind']): boolean {
  const found = existing(run, name, making.temporary);
  if (!found) return false;
  if (making.ifNotExists) return true;
  if (!making.replace) throw alreadyExists(fullName(name));
  if (found.kind !== kind && !(found.kind.endsWith('TABLE') && kind.endsWith('TABLE') && found.kind === kind)) {
    throw new SqlError(
      '002203',
      '42710',
      `SQL compilation error:\nObject '${fullName(name)}' already exists as ${found.kind}`,
    );
  }
  return false;
}

/** Puts an object in its place; what stood there goes. */
export function put(run: Run, object: CatalogObject, temporary: boolean): void {
  const name = fullName(object);
  const before = existing(run, object, temporary);
  if (before) bury(run, before);
  if (temporary) run.session.temporary.set(name, object as Table | View);
  else schemaOf(run, object).objects.set(object.name, object);
}

/** Takes an object away; false when there is none. */
export function remove(run: Run, name: ObjectName): CatalogObject | undefined {
  const found = findObject(run, name);
  if (!found) return undefined;
  if (!run.session.temporary.delete(fullName(name))) schemaOf(run, name).objects.delete(name.name);
  bury(run, found);
  return found;
}

export function bury(run: Run, object: CatalogObject): void {
  if (object.kind !== 'VIEW' && object.kind !== 'SEQUENCE') run.account.engine.bury(object.physical);
}

/** The schema of a name, which has to be there. */
export function schemaOf(run: Run, name: ObjectName) {
  const database = run.account.catalog.databases.get(name.database);
  const schema = database?.schemas.get(name.schema);
  if (schema) return schema;
  const [kind, missing] = database ? ['Schema', `${name.database}.${name.schema}`] : ['Database', name.database];
  throw new SqlError(
    '002003',
    '02000',
    `SQL compilation error:\n${kind} '${missing}' does not exist or not authorized.`,
  );
}

/** What every new object has. */
export const entry = (run: Run, name: ObjectName, comment = '') => ({
  ...name,
  comment,
  created: new Date(),
  altered: new Date(),
  owner: run.session.role,
});
