import type { Materialization } from '../core/index.ts';
import { publishing, stageQuery } from './building/aside.ts';
import { build } from './building/build.ts';
import { assertContract } from './building/contract.ts';
import { createViewAs, dropRelation } from './building/own-statements.ts';
import { replaceRelation, replacesInPlace } from './building/replace.ts';

/** A view: the query is kept, not its rows. */
const view: Materialization = {
  name: 'view',
  async materialize(context) {
    const options = { severalStatements: !replacesInPlace(context, 'view'), relationType: 'view' } as const;
    const result = await build(context, options, async () => {
      if (context.node.contract.enforced) await assertContract(context, context.sql);
      return replaceRelation(context, 'view', (relation) => createViewAs(context, relation, context.sql));
    });
    return {
      relations: [{ ...context.target, type: 'view' }],
      rowsAffected: null,
      message: result.message ?? 'OK',
    };
  },
  aside: {
    contents: ['query'],
    stage: stageQuery,
    async publish(context, { relation }) {
      const result = await publishing(context, {
        type: 'view',
        content: 'definition',
        publish: () => replaceRelation(context, 'view', (target) => createViewAs(context, target, context.sql)),
        cleanUp: async () => void (await dropRelation(context, relation)),
      });
      return {
        relations: [{ ...context.target, type: 'view' }],
        rowsAffected: null,
        message: result.message ?? 'OK',
      };
    },
  },
};

export default view;
