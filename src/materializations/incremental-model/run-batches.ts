import {
  type BatchRequest,
  type BatchSize,
  type BatchSpan,
  batchId,
  batchLabel,
  batchSettings,
  batchSizes,
  didYouMeanHint,
  type JsonObject,
  type MaterializationContext,
  type MaterializationResult,
  microbatches,
  type PublishedBatch,
  StatementError,
  type StatementResult,
} from '../../core/index.ts';
import { createTable } from '../building/create-table.ts';
import { persistDocumentation, wantedDocumentation } from '../building/documentation.ts';
import { applyGrants } from '../building/grants.ts';
import { replaceRelation } from '../building/replace.ts';
import { asWhole, sendAll } from '../building/transaction.ts';
import { increment, type Staged } from './increment.ts';
import { type IncrementalSettings, settingProblem } from './settings.ts';
import { strategyStatements } from './strategies.ts';

/**
 * Builds a microbatch model, one batch after the other, each in a transaction of its own: a batch that fails leaves its
 * stretch of time as it was and does not stop the others. Only if the very first fails, the model has failed. Hooks run
 * before the first and after the last batch, as in dbt.
 */
export async function runBatches(
  context: MaterializationContext,
  settings: IncrementalSettings,
): Promise<MaterializationResult> {
  const { size, eventTime, batches } = readBatches(context, settings);
  const outcome: Outcome = { successful: [], failed: [], failures: [], rows: 0 };
  for (const leftover of context.leftovers ?? []) {
    await context.execute(context.adapter.statements.dropRelation(leftover));
  }
  for (const [index, batch] of batches.entries()) {
    const parts = { first: index === 0, last: index === batches.length - 1 };
    const incremental = !parts.first || isIncremental(context);
    const isFound = outcome.successful.length === 0;
    const table = !incremental ? 'made' : isFound ? 'found' : 'filled';
    try {
      const sql = await compile(context, batch, {
        id: batchId(batch, size),
        label: batchLabel(batch, size),
        incremental,
      });
      outcome.rows += await runBatch(context, settings, { batch, sql, eventTime, table, ...parts });
      outcome.successful.push(batch);
    } catch (failure) {
      const cancelled = failure instanceof StatementError && failure.cancelled;
      if (!cancelled) context.batches?.failed(batch, failure);
      // An earlier run has built the table and what else there is; one more failure changes nothing of it.
      const isAddedTo = context.previousBatches !== undefined || (context.batches?.only !== undefined && incremental);
      if ((parts.first && !isAddedTo) || cancelled) throw failure;
      outcome.failed.push(batch);
      outcome.failures.push(failure);
    }
  }
  return resultOf(context, outcome);
}

interface Outcome {
  readonly successful: BatchSpan[];
  readonly failed: BatchSpan[];
  readonly failures: unknown[];
  rows: number;
}

interface BatchRun {
  readonly batch: BatchSpan;
  readonly sql: string;
  readonly eventTime: string;
  readonly table: PublishedBatch['table'];
  readonly first: boolean;
  readonly last: boolean;
}

/** One batch, hooks included; gives the number of its rows. */
async function runBatch(
  context: MaterializationContext,
  settings: IncrementalSettings,
  run: BatchRun,
): Promise<number> {
  const { statements } = context.adapter;
  const [start, end] = run.batch;
  if (run.first) await context.runHooks('pre-hook', false);
  const rows = await asWhole(context, async () => {
    if (run.first) await context.runHooks('pre-hook', true);
    const inBatch = [
      `${run.eventTime} >= ${statements.instant(start)}`,
      `${run.eventTime} < ${statements.instant(end)}`,
    ];
    const target = { ...context.target, type: 'table' as const };
    const note = ({ rowsAffected }: StatementResult): readonly string[] =>
      context.batches?.note(run.batch, { rows: rowsAffected, table: run.table }) ?? [];
    const replaced = ({ source, columns }: Staged) => [
      statements.deleteWhere(target, [...inBatch, ...settings.predicates.map((predicate) => `(${predicate})`)]),
      statements.insertQuery(
        target,
        columns,
        `select *\nfrom ${statements.renderRelation(source)}\nwhere ${inBatch.join('\nand ')}`,
      ),
    ];
    const isMade = run.table === 'made';
    const result = isMade
      ? await replaceRelation(context, 'table', (relation) => createTable(context, relation, run.sql))
      : await increment(
          context,
          settings,
          run.sql,
          (staged) =>
            settings.custom ? strategyStatements.custom({ context, settings, target, ...staged }) : replaced(staged),
          { note: context.batches && note, keepsStaging: !run.last },
        );
    if (isMade) await sendAll(context, note(result));
    if (run.last) {
      await persistDocumentation(context, wantedDocumentation(context), 'table');
      await applyGrants(context, 'table');
      await context.runHooks('post-hook', true);
    }
    return result.rowsAffected ?? 0;
  });
  if (run.last) await context.runHooks('post-hook', false);
  return rows;
}

function compile(context: MaterializationContext, [start, end]: BatchSpan, batch: BatchRequest): Promise<string> {
  return context.compileBatch ? context.compileBatch(start, end, batch) : Promise.resolve(context.sql);
}

const isIncremental = (context: MaterializationContext): boolean =>
  (!context.fullRefresh || context.batches?.only !== undefined) && context.existing?.type === 'table';

function resultOf(
  context: MaterializationContext,
  { successful, failed, failures, rows }: Outcome,
): MaterializationResult {
  const all = successful.length + failed.length;
  return {
    relations: [{ ...context.target, type: 'table' }],
    rowsAffected: rows,
    message: failed.length === 0 ? 'SUCCESS' : `PARTIAL SUCCESS (${successful.length}/${all})`,
    nothingBuilt: successful.length === 0,
    batches: { successful: [...successful, ...(context.previousBatches?.successful ?? [])], failed },
    ...(failures.length > 0 ? { failures } : {}),
  };
}

function readBatches(
  context: MaterializationContext,
  settings: IncrementalSettings,
): { size: BatchSize; eventTime: string; batches: readonly BatchSpan[] } {
  const { node, environment } = context;
  const { event_time: eventTime, batch_size: sizeName } = node.config;
  const { size, begin, lookback } = batchSettings(node.config as JsonObject);
  if (typeof eventTime !== 'string' || eventTime === '') {
    throw settingProblem(context, `Microbatch model '${node.name}' requires an 'event_time' (string) config`);
  }
  if (size === undefined) {
    throw settingProblem(
      context,
      `Microbatch model '${node.name}' requires a 'batch_size' config, one of ${batchSizes.join(', ')}`,
      typeof sizeName === 'string' ? didYouMeanHint(sizeName, batchSizes) : undefined,
    );
  }
  if (settings.uniqueKey.length > 0) {
    throw settingProblem(
      context,
      "The microbatch strategy does not take a 'unique_key': a batch replaces its stretch of time",
      "Remove 'unique_key', or use incremental_strategy: merge.",
    );
  }
  const again = context.previousBatches?.failed ?? context.batches?.only;
  if (again) return { size, eventTime, batches: again };
  const batches = microbatches({
    size,
    incremental: isIncremental(context),
    begin,
    lookback,
    start: environment.flags.eventTimeStart,
    end: environment.flags.eventTimeEnd,
    now: context.batchesUntil ?? environment.startedAt,
  });
  if (batches === undefined) {
    throw settingProblem(context, `Microbatch model '${node.name}' requires a 'begin' configuration`);
  }
  return { size, eventTime, batches };
}
