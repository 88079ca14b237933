import type { Materialization } from '../core/index.ts';
import { build } from './building/build.ts';
import { assertContract } from './building/contract.ts';
import { replaceRelation, replacesInPlace } from './building/replace.ts';

/** A view: the query is kept, not its rows. */
const view: Materialization = {
  name: 'view',
  async materialize(context) {
    const { statements } = context.adapter;
    const options = { severalStatements: !replacesInPlace(context, 'view'), relationType: 'view' } as const;
    const result = await build(context, options, async () => {
      if (context.node.contract.enforced) await assertContract(context, context.sql);
      return replaceRelation(context, 'view', (relation) =>
        context.execute(statements.createViewAs(relation, context.sql, { replace: true, config: context.node.config })),
      );
    });
    return {
      relations: [{ ...context.target, type: 'view' }],
      rowsAffected: null,
      message: result.message ?? 'OK',
    };
  },
};

export default view;
