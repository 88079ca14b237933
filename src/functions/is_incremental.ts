import type { Relation, Rendering, TemplateFunction } from '../core/index.ts';
import { type CallSite, hostFunction, truthy, type Value } from '../jinja/index.ts';
import { callOwn } from './warehouse/dispatch.ts';
import { existingRelation } from './warehouse/existing-relation.ts';

/**
 * `is_incremental()`: true where an incremental model only adds to a table that is there: not while parsing, not with
 * `--full-refresh`, not on the first run.
 */
const isIncremental: TemplateFunction = {
  name: 'is_incremental',
  isMacro: true,
  create: (rendering) =>
    hostFunction('is_incremental', (_args, _kwargs, site): Value | Promise<Value> => {
      const { node, thisRelation } = rendering;
      if (!rendering.execute || node?.config.materialized !== 'incremental' || !thisRelation) return false;
      return isAddedTo(thisRelation, rendering, site);
    }),
};
export default isIncremental;

async function isAddedTo(relation: Relation, rendering: Rendering, site: CallSite): Promise<boolean> {
  if (truthy(await callOwn(rendering, 'should_full_refresh', [], site))) return false;
  const found = await (rendering.existingRelation
    ? rendering.existingRelation()
    : existingRelation(rendering, relation, 'is_incremental()'));
  return found?.type === 'table';
}
