import {
  type BatchSize,
  type BatchSpan,
  batchSettings,
  batchSizes,
  didYouMeanHint,
  type JsonObject,
  type MaterializationContext,
  microbatches,
} from '../../core/index.ts';
import { type IncrementalSettings, settingProblem } from './settings.ts';

export interface Batches {
  readonly size: BatchSize;
  readonly eventTime: string;
  readonly batches: readonly BatchSpan[];
}

/** The batches that a microbatch model is to have built, as its settings and the call say. Throws `Problem`. */
export function readBatches(context: MaterializationContext, settings: IncrementalSettings): Batches {
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
  if (settings.uniqueKey.length > 0 && !context.adapter.capabilities.keyedBatches) {
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

/** Whether batches are put into a table that is there. */
export const isIncremental = (context: MaterializationContext): boolean =>
  (!context.fullRefresh || context.batches?.only !== undefined) && context.existing?.type === 'table';
