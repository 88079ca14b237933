import type { MaterializationContext, Relation, StatementResult } from '../../core/index.ts';
import { dropRelation, hasOwnStatement, type MadeType, renameRelation } from './own-statements.ts';
import { hasForeignKeys, replacing } from './references.ts';

/**
 * Whether the new relation can take the old one's place in one statement: nothing is there, or the same kind of thing,
 * and the statement is ours.
 */
export function replacesInPlace(context: MaterializationContext, type: MadeType): boolean {
  const { existing } = context;
  return existing === undefined || (existing.type === type && !hasOwnStatement(context, type));
}

/**
 * Puts a new table or view under the target's name. A thing of another kind is in the way of `create or replace`; then
 * the new one is built beside it first, so that its query may still read the old, and takes its name afterwards.
 */
export async function replaceRelation(
  context: MaterializationContext,
  type: MadeType,
  create: (relation: Relation) => Promise<StatementResult>,
): Promise<StatementResult> {
  const target: Relation = { ...context.target, type };
  const { existing } = context;
  if (existing !== undefined && context.adapter.statements.replacesTables?.(context.node.config) === false) {
    await dropRelation(context, existing);
    return create(target);
  }
  const isInPlace = existing === undefined || replacesInPlace(context, type);
  if (isInPlace) return type === 'table' ? replacing(context, () => create(target)) : create(target);
  if (type === 'table' && hasForeignKeys(context)) {
    await dropRelation(context, existing);
    return create(target);
  }
  const beside: Relation = { ...target, identifier: `${target.identifier}__dbt_tmp` };
  const result = await create(beside);
  await dropRelation(context, existing);
  await renameRelation(context, beside, target);
  return result;
}
