import type { Materialization } from '../core/index.ts';
import { publishTable, stageTable } from './building/aside.ts';
import { build } from './building/build.ts';
import { createTable } from './building/create-table.ts';
import { replaceRelation, replacesInPlace } from './building/replace.ts';

/** A table, built anew every time. */
const table: Materialization = {
  name: 'table',
  async materialize(context) {
    const contract = context.node.contract.enforced;
    const options = {
      severalStatements: contract || !replacesInPlace(context, 'table'),
      relationType: 'table',
      newTable: true,
    } as const;
    const result = await build(context, options, () =>
      replaceRelation(context, 'table', (relation) => createTable(context, relation)),
    );
    return {
      relations: [{ ...context.target, type: 'table' }],
      rowsAffected: result.rowsAffected,
      message: result.message ?? 'OK',
    };
  },
  aside: { contents: ['table'], stage: stageTable, publish: publishTable },
};

export default table;
