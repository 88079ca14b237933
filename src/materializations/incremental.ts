import type { Materialization, MaterializationContext, StatementResult } from '../core/index.ts';
import { publishTable, stageTable } from './building/aside.ts';
import { build } from './building/build.ts';
import { createTable } from './building/create-table.ts';
import { replaceRelation, replacesInPlace } from './building/replace.ts';
import { previewOf, publishRows, stageRows } from './incremental-model/aside.ts';
import { increment } from './incremental-model/increment.ts';
import {
  createEmptyTable,
  keepPartitions,
  previewPartitions,
  publishPartitions,
  stagePartitions,
} from './incremental-model/partition-aside.ts';
import { runBatches } from './incremental-model/run-batches.ts';
import { type IncrementalSettings, readSettings } from './incremental-model/settings.ts';
import { strategyStatements } from './incremental-model/strategies.ts';

/** A table to which each run adds or in which it replaces rows; the first run and `--full-refresh` build it whole. */
const incremental: Materialization = {
  name: 'incremental',
  async materialize(context) {
    const settings = await readSettings(context);
    if (settings.strategy === 'microbatch') return runBatches(context, settings);
    const result = buildsWhole(context) ? await buildWhole(context) : await addRows(context, settings);
    return {
      relations: [{ ...context.target, type: 'table' }],
      rowsAffected: result.rowsAffected,
      message: result.message ?? 'OK',
    };
  },
  aside: {
    contents: ['table', 'rows'],
    can: ({ config }) => config.incremental_strategy !== 'microbatch' || config.publish === 'after_tests',
    prepareTarget: createEmptyTable,
    beginAnew: async (context, staged) => {
      if (context.partitions) await keepPartitions(context, context.partitions, staged);
    },
    stage: async (context) => {
      if (context.partitions) return stagePartitions(context, context.partitions);
      return buildsWhole(context) ? stageTable(context) : stageRows(context, await readSettings(context));
    },
    publish: async (context, staged) => {
      const settings = await readSettings(context);
      if (context.partitions) return publishPartitions(context, context.partitions, settings, staged);
      return staged.content === 'table' ? publishTable(context, staged) : publishRows(context, settings, staged);
    },
    preview: async (context, rows) =>
      context.partitions
        ? previewPartitions(context, context.partitions, rows)
        : previewOf(context, await readSettings(context), rows),
  },
};

export default incremental;

const buildsWhole = (context: MaterializationContext): boolean =>
  context.fullRefresh || context.existing?.type !== 'table';

function buildWhole(context: MaterializationContext): Promise<StatementResult> {
  const severalStatements = context.node.contract.enforced || !replacesInPlace(context, 'table');
  return build(context, { severalStatements, relationType: 'table', newTable: true }, () =>
    replaceRelation(context, 'table', (relation) => createTable(context, relation)),
  );
}

function addRows(context: MaterializationContext, settings: IncrementalSettings): Promise<StatementResult> {
  const { strategy, uniqueKey, onSchemaChange } = settings;
  if (strategy === 'microbatch') throw new Error('microbatch models are built batch by batch');
  const onlyInserts = strategy === 'append' || (strategy === 'delete+insert' && uniqueKey.length === 0);
  const mayWiden = context.adapter.capabilities.longestText !== undefined;
  if (onlyInserts && !mayWiden && onSchemaChange === 'ignore' && !context.node.contract.enforced) {
    return insertOnly(context);
  }
  const target = { ...context.target, type: 'table' as const };
  return build(context, { severalStatements: true, relationType: 'table' }, () =>
    increment(context, settings, context.sql, (staged) =>
      strategyStatements[strategy]({ context, settings, target, ...staged }),
    ),
  );
}

/** Nothing has to be compared or removed: the query can be inserted as it runs, in one statement. */
function insertOnly(context: MaterializationContext): Promise<StatementResult> {
  return build(context, { severalStatements: false, relationType: 'table' }, async () => {
    const columns = await context.session.columnsOf(context.target);
    const names = columns.map(({ name }) => name);
    return context.execute(context.adapter.statements.insertQuery(context.target, names, context.sql));
  });
}
