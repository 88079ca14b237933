import type { TemplateFunction } from '../core/index.ts';
import { hostFunction, type Value } from '../jinja/index.ts';
import { isFullRefresh } from './should_full_refresh.ts';
import { existingRelation } from './warehouse/existing-relation.ts';

/**
 * `is_incremental()`: true where an incremental model only adds to a table that is there: not while parsing, not with
 * `--full-refresh`, not on the first run.
 */
const isIncremental: TemplateFunction = {
  name: 'is_incremental',
  isMacro: true,
  create: (rendering) =>
    hostFunction('is_incremental', (): Value | Promise<Value> => {
      const { node, thisRelation } = rendering;
      if (!rendering.execute || node?.config.materialized !== 'incremental' || !thisRelation) return false;
      if (isFullRefresh(rendering)) return false;
      const found = rendering.existingRelation
        ? rendering.existingRelation()
        : existingRelation(rendering, thisRelation, 'is_incremental()');
      return found.then((relation) => relation?.type === 'table');
    }),
};
export default isIncremental;
