import {
  type Grant,
  grantChanges,
  grantsOf,
  type Json,
  jsonToValue,
  type MaterializationContext,
  type Relation,
} from '../../core/index.ts';
import { str } from '../../jinja/index.ts';
import { relationValue } from './relation-value.ts';

/**
 * Brings what others may do with a relation to what `grants:` says: what is missing is granted, what is not named there is
 * taken back. A relation that was just made has nothing to take back, unless grants are copied (`copy_grants`). A project's
 * `apply_grants` does all of it, and is called without `grants:`, too, as in dbt; its `get_grant_sql` and `get_revoke_sql`
 * write statements.
 */
export async function applyGrants(context: MaterializationContext, type: Relation['type']): Promise<void> {
  const relation: Relation = { ...context.target, type };
  const grants = context.node.config.grants as Json | undefined;
  const own = context.ownMacro?.('apply_grants');
  if (own) {
    await own(relationValue(relation, context), jsonToValue(grants ?? null), keepsGrants(context));
    return;
  }
  const wanted = grantsOf(grants);
  if (wanted.length === 0) return;
  const { grant, revoke } = context.adapter.statements;
  const { grantsOn } = context.session;
  if (!grant || !revoke || !grantsOn) {
    // Nobody should think that access was granted when it was not.
    context.warn(`Grants for relations are not supported by ${context.adapter.type}`);
    return;
  }
  const present = keepsGrants(context) ? await grantsOn.call(context.session, relation) : [];
  const { revoked, granted } = grantChanges(wanted, present);
  for (const one of revoked) {
    await context.execute((await written(context, 'get_revoke_sql', relation, one)) ?? revoke(relation, one));
  }
  for (const one of granted) {
    await context.execute((await written(context, 'get_grant_sql', relation, one)) ?? grant(relation, one));
  }
}

/** What a macro of the project writes for one grant. */
async function written(
  context: MaterializationContext,
  name: string,
  relation: Relation,
  { privilege, grantee }: Grant,
): Promise<string | undefined> {
  const own = context.ownMacro?.(name);
  return own && str(await own(relationValue(relation, context), privilege, [grantee]));
}

/** What a run adds to or leaves as it is. */
const lasting: ReadonlySet<string> = new Set(['incremental', 'snapshot', 'seed', 'dynamic_table', 'materialized_view']);

/** Whether grants from before may be there: the relation was not made anew, or its successor got them. */
function keepsGrants({ existing, fullRefresh, node }: MaterializationContext): boolean {
  if (existing === undefined) return false;
  return node.config.copy_grants === true || (lasting.has(node.config.materialized) && !fullRefresh);
}
