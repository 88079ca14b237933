import type { Run } from '../engine/account.ts';
import { type CatalogObject, fullName, type Schema } from '../engine/catalog.ts';
import type { Cell } from '../engine/cells.ts';
import { missingForCommand } from '../errors.ts';

/** Where SHOW looks; without a name it looks everywhere. */
export interface Place {
  readonly database: string | undefined;
  readonly schema: string | undefined;
  readonly table: readonly string[] | undefined;
}

export interface Row {
  readonly name: string;
  readonly cells: readonly Cell[];
}

/** What a kind of things is shown as. */
export interface Lister {
  readonly columns: readonly string[];
  readonly rows: (run: Run, place: Place) => Row[];
}

export const words = (text: string): string[] => text.split(' ');
export const seconds = (date: Date): string => (date.getTime() / 1000).toFixed(3);
export const flag = (value: boolean): string => (value ? 'Y' : 'N');
export const byName = (one: { name: string }, other: { name: string }): number =>
  one.name < other.name ? -1 : one.name > other.name ? 1 : 0;

export function schemasAt(run: Run, place: Place): Schema[] {
  const { catalog } = run.account;
  if (place.database === undefined)
    return [...catalog.databases.values()].flatMap((database) => [...database.schemas.values()]);
  const database = catalog.databases.get(place.database);
  if (!database) throw missingForCommand();
  return place.schema === undefined ? [...database.schemas.values()] : [catalog.schema(place.database, place.schema)];
}

/** Objects of the schemas, with the session's temporary ones over them. */
export function objectsAt(run: Run, place: Place): CatalogObject[] {
  const schemas = schemasAt(run, place);
  const here = [...run.session.temporary.values()].filter((object) =>
    schemas.some((schema) => schema.name === object.schema && schema.database === object.database),
  );
  const hidden = new Set(here.map(fullName));
  const others = schemas
    .flatMap((schema) => [...schema.objects.values()])
    .filter((object) => !hidden.has(fullName(object)));
  return [...others, ...here].sort(byName);
}
