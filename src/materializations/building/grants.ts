import type { Grant, JsonObject, MaterializationContext, Relation } from '../../core/index.ts';

/**
 * Brings what others may do with a relation to what `grants:` says: what is missing is granted, what is not named there is
 * taken back. A relation that was just made has nothing to take back, unless grants are copied (`copy_grants`).
 */
export async function applyGrants(context: MaterializationContext, type: Relation['type']): Promise<void> {
  const wanted = wantedGrants(context);
  if (wanted.length === 0) return;
  const { grant, revoke } = context.adapter.statements;
  const { grantsOn } = context.session;
  if (!grant || !revoke || !grantsOn) {
    // Nobody should think that access was granted when it was not.
    context.warn(`Grants for relations are not supported by ${context.adapter.type}`);
    return;
  }
  const relation: Relation = { ...context.target, type };
  const present = keepsGrants(context, type) ? await grantsOn.call(context.session, relation) : [];
  const [known, asked] = [new Set(present.map(keyOf)), new Set(wanted.map(keyOf))];
  for (const one of present.filter((found) => !asked.has(keyOf(found)))) await context.execute(revoke(relation, one));
  for (const one of wanted.filter((found) => !known.has(keyOf(found)))) await context.execute(grant(relation, one));
}

/** `grants: {select: [reporter]}`, one by one. Where nothing is said, nothing is taken back either, as in dbt. */
function wantedGrants({ node }: MaterializationContext): readonly Grant[] {
  const { grants } = node.config;
  if (grants === null || typeof grants !== 'object' || Array.isArray(grants)) return [];
  return Object.entries(grants as JsonObject).flatMap(([privilege, grantees]) =>
    [grantees].flat().map((grantee) => ({ privilege, grantee: String(grantee) })),
  );
}

/** Whether grants from before may be there: the relation was only added to, or its successor got them. */
function keepsGrants({ existing, fullRefresh, node }: MaterializationContext, type: Relation['type']): boolean {
  if (existing === undefined) return false;
  const isAddedTo = ['incremental', 'snapshot', 'seed'].includes(node.config.materialized) && existing.type === type;
  return node.config.copy_grants === true || (isAddedTo && !fullRefresh);
}

/** Warehouses do not tell letter case in these names. */
const keyOf = ({ privilege, grantee }: Grant): string => `${privilege} ${grantee}`.toLowerCase();
