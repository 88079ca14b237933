import { partitionsOf } from '../../1-parse/index.ts';
import type { Step } from '../../4-plan/index.ts';
import {
  type BatchKeeping,
  type BatchSpan,
  boxOf,
  findInLedger,
  formatKeySet,
  isNone,
  type KeySet,
  keySetOf,
  type LedgerEntry,
  ledgerOf,
  type ModelNode,
  ordinalRange,
  type PartitionDefinition,
  partitionAt,
  pointsOf,
  type Relation,
  readInstant,
  readKeySet,
  subtractKeys,
  type TimeDimension,
  windowOf,
  writeLedger,
} from '../../core/index.ts';
import type { StepContext } from '../context.ts';
import { describeFailure } from '../failure.ts';
import { targetRelation } from '../target-relation.ts';
import { ledgerEntry, publishedPartition } from './ledger-entry.ts';
import { shareBatches } from './shared-batches.ts';

/**
 * Notes the batches of a microbatch model that one step builds: what is published in the ledger, in the transaction
 * that publishes it, what fails in the history. Shares them with other runs that build them at the same time.
 */
export async function keepBatches(
  node: ModelNode,
  step: Step,
  { codeVersion, newestFirst }: { readonly codeVersion: string; readonly newestFirst: boolean },
  context: StepContext,
): Promise<BatchKeeping | undefined> {
  const definition = partitionsOf(node, context.graph.project.settings);
  const [dimension] = definition?.dimensions ?? [];
  if (!definition || dimension?.kind !== 'time') return undefined;
  const { session, shelves, now, emit } = context;
  const { statements } = shelves.adapter;
  const target = targetRelation(node, context.graph);
  const ledger = ledgerOf(target);
  const planned = readKeySet(definition, step.partitions ?? '').set;
  const isKnown = (await session.query(findInLedger(ledger, node, statements))).rows.length > 0;
  const before = isKnown ? undefined : await standingBefore({ definition, dimension, planned }, target, context);
  const write = (event: LedgerEntry['event'], keys: KeySet | undefined, rows: number | null): string => {
    const partitionKey = keys ? formatKeySet(definition, keys) : '';
    const entry = ledgerEntry(event, node, context, { partitionKey, codeVersion, rows });
    return writeLedger(ledger, entry, statements);
  };
  const keyOf = ([start]: BatchSpan): KeySet => keySetOf([[partitionAt(dimension, start.getTime())]]);
  let startedAt = now();
  return {
    only: step.batches === 'asked' ? spansOf(planned, dimension) : undefined,
    share: (batches, making) =>
      shareBatches(newestFirst ? batches.toReversed() : batches, making, { node, definition, keyOf }, context),
    note(batch, { rows, table }) {
      startedAt = now();
      const published = write(publishedPartition(context), keyOf(batch), rows);
      if (table === 'made') return isKnown ? [write('kept', undefined, null), published] : [published];
      return table === 'found' && before ? [write('published', before, null), published] : [published];
    },
    failed(batch, failure) {
      const partition = formatKeySet(definition, keyOf(batch));
      const message = describeFailure(failure, node, undefined).map((one) => one.message);
      const at = now();
      emit({ kind: 'batch-failed', at, nodeId: node.unique_id, partition, startedAt, message: message.join('\n') });
      startedAt = at;
    },
  };
}

interface Batches {
  readonly definition: PartitionDefinition;
  readonly dimension: TimeDimension;
  readonly planned: KeySet;
}

/**
 * What a table holds that was there before anything was noted of it, as dbt may have left it: all from its first row to
 * its last counts as filled, but what is built now.
 */
async function standingBefore(
  { dimension, planned }: Batches,
  target: Relation,
  { relations, session, shelves }: StepContext,
): Promise<KeySet | undefined> {
  const existing = await relations.get(session, target);
  if (existing?.type !== 'table' || dimension.column === undefined) return undefined;
  const name = shelves.adapter.statements.renderRelation(target);
  const column = dimension.column;
  const { rows } = await session.query(`select min(${column}), max(${column})\nfrom ${name}`);
  const [first, last] = (rows[0] ?? []).map((cell) => readInstant(String(cell).replace(/([+-]\d\d)$/, '$1:00')));
  if (!first || !last) return undefined;
  const [from, to] = [first, last].map((at) => partitionAt(dimension, at.getTime())) as [number, number];
  const keys = subtractKeys(boxOf([ordinalRange(from, to + 1)]), planned);
  return isNone(keys) ? undefined : keys;
}

function spansOf(keys: KeySet, dimension: TimeDimension): readonly BatchSpan[] {
  return Array.from(pointsOf(keys), ([ordinal]): BatchSpan => {
    const { start, end } = windowOf(dimension, Number(ordinal));
    return [new Date(start), new Date(end)];
  });
}
