import {
  type Grant,
  grantChanges,
  grantsOf,
  type Json,
  RelationValue,
  type Rendering,
  type TemplateFunction,
  valueToJson,
} from '../core/index.ts';
import { type Bound, type CallSite, listOf, str, truthy } from '../jinja/index.ts';
import { callOwn } from './warehouse/dispatch.ts';
import { dispatched } from './warehouse/dispatched.ts';
import { relationOf } from './warehouse/relation-argument.ts';
import { runAll, sessionOf } from './warehouse/session.ts';

/**
 * dbt's macros about who may do what with a relation, for materializations that are macros. `apply_grants` brings it to
 * what `grants:` says; it warns where the warehouse has no grants.
 */
const functions: readonly TemplateFunction[] = [
  ...dispatched('apply_grants', ['relation', 'grant_config', 'should_revoke='], (rendering, bound, site) =>
    rendering.execute ? applyGrants(rendering, bound, site) : '',
  ),
  ...dispatched('should_revoke', ['existing_relation', 'full_refresh_mode='], (_, [existing, fullRefresh]) =>
    existing instanceof RelationValue ? !truthy(fullRefresh ?? true) : false,
  ),
  ...dispatched('copy_grants', [], () => false),
  ...(['grant', 'revoke'] as const).flatMap((what) =>
    dispatched(`get_${what}_sql`, ['relation', 'privilege', 'grantees'], (rendering, [relation, privilege, grantees]) =>
      listOf(grantees ?? [])
        .map((grantee) => ({ privilege: str(privilege ?? null), grantee: str(grantee) }))
        .map((one) => rendering.adapter.statements[what]?.(relationOf(relation), one) ?? '')
        .join(';\n'),
    ),
  ),
];
export default functions;

async function applyGrants(
  rendering: Rendering,
  [given, grants, shouldRevoke]: readonly Bound[],
  site: CallSite,
): Promise<string> {
  const wanted = grants == null ? [] : grantsOf(valueToJson(grants) as Json);
  if (wanted.length === 0) return '';
  const { grant, revoke } = rendering.adapter.statements;
  const session = sessionOf(rendering, 'apply_grants()');
  if (!grant || !revoke || !session.grantsOn) {
    rendering.warn(`Grants for relations are not supported by ${rendering.adapter.type}`, site);
    return '';
  }
  const present = truthy(shouldRevoke ?? true) ? await session.grantsOn(relationOf(given)) : [];
  const { revoked, granted } = grantChanges(wanted, present);
  const written = async (name: string, { privilege, grantee }: Grant): Promise<string> =>
    str(await callOwn(rendering, name, [given, privilege, [grantee]], site));
  const statements = [
    ...(await Promise.all(revoked.map((one) => written('get_revoke_sql', one)))),
    ...(await Promise.all(granted.map((one) => written('get_grant_sql', one)))),
  ];
  return runAll(rendering, statements, 'A materialization');
}
