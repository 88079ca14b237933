import { steppedPartitionsOf } from '../1-parse/index.ts';
import { isAnyStagedPart, isStagedPart, type Relation, type Session, stagingNames } from '../core/index.ts';
import type { ExecuteContext } from './context.ts';
import { targetRelation } from './target-relation.ts';

/**
 * Drops what runs that died have left of partitions in some schemas, whichever models they built. What others are at is
 * theirs: where nobody knows who that is, nothing is dropped but what the run builds itself.
 *
 * @param built models with partitions that the run builds.
 */
export async function dropStagedParts(
  schemas: Iterable<Relation>,
  built: ReadonlySet<string>,
  context: ExecuteContext,
  session: Session,
): Promise<void> {
  const { graph, relations, leases } = context;
  const staged: Relation[] = [];
  for (const { database, schema, quote } of schemas) {
    staged.push(...(await relations.list(session, database, schema ?? '', quote)).filter(isAnyStagedPart));
  }
  if (staged.length === 0) return;
  for (const node of graph.nodes.values()) {
    if (node.resource_type !== 'model' || !steppedPartitionsOf(node, graph.project.settings)) continue;
    if (!leases && !built.has(node.unique_id)) continue;
    const target = targetRelation(node, graph);
    const parts = staged.filter((relation) => isBeside(target, relation) && isStagedPart(target, relation));
    if (parts.length > 0) await dropAbandoned(node.unique_id, target, parts, context, session);
  }
}

async function dropAbandoned(
  id: string,
  target: Relation,
  parts: readonly Relation[],
  { relations, shelves, leases }: ExecuteContext,
  session: Session,
): Promise<void> {
  const others = [...(leases?.batchesOfOthers(id) ?? [])];
  const names = others.flatMap((batch) => stagingNames(target, batch).map(nameOf));
  const taken = new Set(names);
  for (const relation of parts) {
    if (taken.has(nameOf(relation))) continue;
    await session.execute(shelves.adapter.statements.dropRelation(relation));
    await relations.remove(relation);
  }
}

const nameOf = ({ identifier }: Relation): string => (identifier ?? '').toLowerCase();

function isBeside(target: Relation, { database, schema }: Relation): boolean {
  const isSame = (one: string | null, other: string | null): boolean =>
    one === null || other === null || one.toLowerCase() === other.toLowerCase();
  return isSame(target.schema, schema) && isSame(target.database, database);
}
