import type { Relation, Rendering } from '../../core/index.ts';
import { sessionOf } from './session.ts';

/** The relation as it stands in the warehouse, or undefined where there is none. */
export async function existingRelation(
  rendering: Rendering,
  relation: Relation,
  what: string,
): Promise<Relation | undefined> {
  const relations = await relationsOf(rendering, relation.database, relation.schema ?? '', what, relation.quote);
  const wanted = relation.identifier?.toLowerCase();
  return relations.find((candidate) => candidate.identifier?.toLowerCase() === wanted);
}

/** The relations of a schema: from what is known, else asked. */
export function relationsOf(
  rendering: Rendering,
  database: string | null,
  schema: string,
  what: string,
  quote: Relation['quote'] = rendering.quoting,
): Promise<readonly Relation[]> {
  const session = sessionOf(rendering, what);
  return rendering.relations
    ? rendering.relations.list(session, database, schema, quote)
    : session.listRelations(database, schema, quote);
}
