import { type Materialization, type MaterializationContext, Problem, type StatementResult } from '../core/index.ts';
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
  restOfPartitions,
  stagePartitions,
} from './incremental-model/partition-aside.ts';
import { runBatches } from './incremental-model/run-batches.ts';
import { type IncrementalSettings, readSettings } from './incremental-model/settings.ts';
import { strategyStatements } from './incremental-model/strategies.ts';

/** A table to which each run adds or in which it replaces rows; the first run and `--full-refresh` build it whole. */
const incremental: Materialization = {
  name: 'incremental',
  async materialize(context) {
    const settings = await settingsOf(context);
    if (settings?.strategy === 'microbatch') return runBatches(context, settings);
    const result = settings && !buildsWhole(context) ? await addRows(context, settings) : await buildWhole(context);
    return {
      relations: [{ ...context.target, type: 'table' }],
      rowsAffected: result.rowsAffected,
      message: result.message ?? 'OK',
    };
  },
  aside: {
    contents: ['table', 'rows'],
    can: ({ config }, { statements }) => {
      // What the clauses of a project make of the table cannot be shown before.
      if (config.merge_clauses && statements.mergeBranches && config.incremental_strategy === 'merge') return false;
      return config.incremental_strategy !== 'microbatch' || config.publish === 'after_tests';
    },
    prepareTarget: createEmptyTable,
    beginAnew: async (context, staged) => {
      if (context.partitions) await keepPartitions(context, context.partitions, staged);
    },
    stage: async (context) => {
      if (context.partitions) return stagePartitions(context, context.partitions);
      return buildsWhole(context) ? stageTable(context) : stageRows(context, await readSettings(context));
    },
    publish: async (context, staged) => {
      if (staged.content === 'table' && !context.partitions) return publishTable(context, staged);
      const settings = await readSettings(context);
      if (context.partitions) return publishPartitions(context, context.partitions, settings, staged);
      return publishRows(context, settings, staged);
    },
    preview: async (context, rows) =>
      context.partitions
        ? previewPartitions(context, context.partitions, rows)
        : previewOf(context, await readSettings(context), rows),
    rest: restOfPartitions,
  },
};

export default incremental;

const buildsWhole = (context: MaterializationContext): boolean =>
  context.fullRefresh || context.existing?.type !== 'table';

/** What is wrong with settings that only later runs need is told, and, as in dbt, does not hold back the first. */
async function settingsOf(context: MaterializationContext): Promise<IncrementalSettings | undefined> {
  try {
    return await readSettings(context);
  } catch (failure) {
    const isMicrobatch = context.node.config.incremental_strategy === 'microbatch';
    if (!(failure instanceof Problem) || isMicrobatch || !buildsWhole(context)) throw failure;
    for (const { message, hint } of failure.diagnostics) context.warn([message, hint].filter(Boolean).join('. '));
    return undefined;
  }
}

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
