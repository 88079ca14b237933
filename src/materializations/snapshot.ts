import type { Materialization, StatementResult } from '../core/index.ts';
import { build } from './building/build.ts';
import { addVersions } from './snapshot-table/add-versions.ts';
import { previewVersions, publishVersions, stageVersions } from './snapshot-table/aside.ts';
import { firstVersions } from './snapshot-table/first-versions.ts';
import { requireHardDeletes, requireTable } from './snapshot-table/requirements.ts';

/**
 * A table that keeps every version of the rows of a query. It is made once, and from then on only added to: nothing,
 * `--full-refresh` included, makes it anew, since what it holds is nowhere else.
 */
const snapshot: Materialization = {
  name: 'snapshot',
  async materialize(context) {
    const { existing } = context;
    requireTable(context);
    requireHardDeletes(context);
    const options = { severalStatements: true, relationType: 'table', newTable: existing === undefined } as const;
    const main = (): Promise<StatementResult> => (existing ? addVersions(context) : firstVersions(context));
    const result = await build(context, options, main);
    return {
      relations: [{ ...context.target, type: 'table' }],
      rowsAffected: result.rowsAffected,
      message: result.message ?? 'OK',
    };
  },
  aside: {
    contents: ['table', 'rows'],
    stage: stageVersions,
    publish: publishVersions,
    preview: async (context, changes) => ({ query: await previewVersions(context, changes), changesRows: true }),
  },
};

export default snapshot;
