import type { Session } from './adapter.ts';
import type { Relation } from './relation.ts';

/**
 * What exists in the schemas that a run writes to: read once, then kept true by those who create and drop. Names are
 * compared without regard to letter case, as all supported warehouses do for names that nobody quoted on purpose.
 */
export class RelationCache {
  readonly #schemas = new Map<string, Promise<Map<string, Relation>>>();

  /** Reads a schema's relations, unless that was done before. */
  load(
    session: Session,
    database: string | null,
    schema: string,
    quote?: Relation['quote'],
  ): Promise<Map<string, Relation>> {
    const key = schemaKey(database, schema);
    let relations = this.#schemas.get(key);
    if (!relations) {
      relations = session
        .listRelations(database, schema, quote)
        .then((list) => new Map(list.map((relation) => [identifierKey(relation), relation])));
      this.#schemas.set(key, relations);
    }
    return relations;
  }

  /** The relation as it exists in the warehouse, or undefined. */
  async get(session: Session, relation: Relation): Promise<Relation | undefined> {
    const relations = await this.load(session, relation.database, relation.schema ?? '', relation.quote);
    return relations.get(identifierKey(relation));
  }

  /** Relations of a schema, as far as known now. */
  async list(
    session: Session,
    database: string | null,
    schema: string,
    quote?: Relation['quote'],
  ): Promise<readonly Relation[]> {
    return [...(await this.load(session, database, schema, quote)).values()];
  }

  /** Notes that a relation was created or replaced. */
  async put(relation: Relation): Promise<void> {
    const relations = await this.#schemas.get(schemaKey(relation.database, relation.schema ?? ''));
    relations?.set(identifierKey(relation), relation);
  }

  /** Notes that a relation was dropped. */
  async remove(relation: Relation): Promise<void> {
    const relations = await this.#schemas.get(schemaKey(relation.database, relation.schema ?? ''));
    relations?.delete(identifierKey(relation));
  }

  /** Forgets a schema, because something was done to it that nobody can follow. */
  forget(database: string | null, schema: string): void {
    this.#schemas.delete(schemaKey(database, schema));
  }
}

const schemaKey = (database: string | null, schema: string): string =>
  `${(database ?? '').toLowerCase()}\0${schema.toLowerCase()}`;

const identifierKey = (relation: Relation): string => (relation.identifier ?? '').toLowerCase();
