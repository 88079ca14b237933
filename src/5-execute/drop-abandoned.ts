import { type Relation, type Session, stagedBy } from '../core/index.ts';
import type { ExecuteContext } from './context.ts';

/** A run of which nothing is known here, as one from another machine, counts as gone after so many milliseconds. */
const longestRun = 24 * 3_600_000;

/** Drops what runs that died have staged in some schemas, whatever they built. What another run is at is that run's. */
export async function dropAbandoned(
  schemas: Iterable<Relation>,
  context: ExecuteContext,
  session: Session,
): Promise<void> {
  const { relations, shelves } = context;
  for (const { database, schema, quote } of schemas) {
    const standing = await relations.list(session, database, schema ?? '', quote);
    for (const relation of standing.filter((one) => isAbandoned(one, context))) {
      await session.execute(shelves.adapter.statements.dropRelation(relation));
      await relations.remove(relation);
    }
  }
}

function isAbandoned(relation: Relation, { leases, now }: ExecuteContext): boolean {
  const by = stagedBy(relation);
  if (!by) return false;
  const hasEnded = by.run === undefined ? undefined : leases?.hasEnded(by.run);
  return hasEnded ?? now() - by.since > longestRun;
}
