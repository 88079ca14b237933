import {
  type BatchRequest,
  type BatchSpan,
  batchId,
  batchLabel,
  type MaterializationContext,
  type MaterializationResult,
  type PublishedBatch,
  type SharedBatch,
  StatementError,
  type StatementResult,
} from '../../core/index.ts';
import { createTable } from '../building/create-table.ts';
import { persistDocumentation, wantedDocumentation } from '../building/documentation.ts';
import { applyGrants } from '../building/grants.ts';
import { amongReferences } from '../building/references.ts';
import { replaceRelation } from '../building/replace.ts';
import { asWhole, sendAll } from '../building/transaction.ts';
import { increment, type Staged } from './increment.ts';
import { isIncremental, readBatches } from './read-batches.ts';
import type { IncrementalSettings } from './settings.ts';
import { strategyStatements } from './strategies.ts';

/**
 * Builds a microbatch model, one batch after the other, each in a transaction of its own: a batch that fails leaves its
 * stretch of time as it was and does not stop the others. Only if the very first fails, the model has failed, and all its
 * batches with it. Hooks run before the first and after the last batch, as in dbt.
 */
export async function runBatches(
  context: MaterializationContext,
  settings: IncrementalSettings,
): Promise<MaterializationResult> {
  const { size, eventTime, batches } = readBatches(context, settings);
  const outcome: Outcome = { successful: [], failed: [], failures: [], rows: 0, built: 0 };
  for (const leftover of context.leftovers ?? []) {
    await context.execute(context.adapter.statements.dropRelation(leftover));
  }
  const making = !isIncremental(context);
  let [begun, ended, isThere] = [false, false, !making];
  for await (const { batch, last, isMadeElsewhere, builtBy } of shared(context, batches, making)) {
    if (builtBy !== undefined) {
      outcome.successful.push(batch);
      isThere = true;
      continue;
    }
    const parts = { first: !begun, last };
    const incremental = begun || isThere || isMadeElsewhere === true;
    const table = !incremental ? 'made' : outcome.built === 0 ? 'found' : 'filled';
    [begun, ended] = [true, last];
    try {
      const sql = await compile(context, batch, {
        id: batchId(batch, size),
        label: batchLabel(batch, size),
        incremental,
      });
      outcome.rows += await runBatch(context, settings, { batch, sql, eventTime, table, ...parts });
      outcome.successful.push(batch);
      outcome.built += 1;
    } catch (failure) {
      const cancelled = failure instanceof StatementError && failure.cancelled;
      if (!cancelled) context.batches?.failed(batch, failure);
      // An earlier run has built the table and what else there is; one more failure changes nothing of it.
      const isAddedTo = context.previousBatches !== undefined || (context.batches?.only !== undefined && incremental);
      if (cancelled) throw failure;
      outcome.failures.push(failure);
      if (parts.first && !isAddedTo) return nothingOf(context, batches, outcome);
      outcome.failed.push(batch);
    }
  }
  // Other runs have built what was thought to come last.
  if (begun && !ended) {
    await asWhole(context, () => endWithin(context));
    await context.runHooks('post-hook', false);
  }
  return resultOf(context, outcome);
}

interface Outcome {
  readonly successful: BatchSpan[];
  readonly failed: BatchSpan[];
  readonly failures: unknown[];
  rows: number;
  /** How many of the batches this run has built itself. */
  built: number;
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
  const transaction = async (): Promise<number> => {
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
    if (run.last) await endWithin(context);
    return result.rowsAffected ?? 0;
  };
  const whole = (): Promise<number> => asWhole(context, transaction);
  const rows = await (run.table === 'made' ? amongReferences(context, whole) : whole());
  if (run.last) await context.runHooks('post-hook', false);
  return rows;
}

/** What comes after the last batch, in its transaction. */
async function endWithin(context: MaterializationContext): Promise<void> {
  await persistDocumentation(context, wantedDocumentation(context), 'table');
  await applyGrants(context, 'table');
  await context.runHooks('post-hook', true);
}

/** The batches in the order in which they are built, with what other runs have done of them. */
function shared(
  { batches: keeping }: MaterializationContext,
  batches: readonly BatchSpan[],
  making: boolean,
): AsyncIterable<SharedBatch> | Iterable<SharedBatch> {
  return (
    keeping?.share(batches, making) ?? batches.map((batch, index) => ({ batch, last: index === batches.length - 1 }))
  );
}

function compile(context: MaterializationContext, [start, end]: BatchSpan, batch: BatchRequest): Promise<string> {
  return context.compileBatch ? context.compileBatch(start, end, batch) : Promise.resolve(context.sql);
}

/** The first batch has failed, and none is tried after it. Other runs may have built some of them before. */
function nothingOf(
  context: MaterializationContext,
  batches: readonly BatchSpan[],
  outcome: Outcome,
): MaterializationResult {
  const built = new Set(outcome.successful.map(startOf));
  const failed = batches.filter((batch) => !built.has(startOf(batch)));
  return { ...resultOf(context, { ...outcome, failed }), relations: [], message: 'ERROR', nothingBuilt: true };
}

const startOf = ([start]: BatchSpan): number => start.getTime();

function resultOf(
  context: MaterializationContext,
  { successful, failed, failures, rows }: Outcome,
): MaterializationResult {
  const all = successful.length + failed.length;
  return {
    relations: [{ ...context.target, type: 'table' }],
    rowsAffected: rows,
    message:
      failed.length === 0
        ? 'SUCCESS'
        : successful.length === 0
          ? 'ERROR'
          : `PARTIAL SUCCESS (${successful.length}/${all})`,
    nothingBuilt: successful.length === 0,
    batches: {
      successful: [...successful.toSorted(byStart), ...(context.previousBatches?.successful ?? [])],
      failed: failed.toSorted(byStart),
    },
    ...(failures.length > 0 ? { failures } : {}),
  };
}

const byStart = (one: BatchSpan, other: BatchSpan): number => startOf(one) - startOf(other);
