import {
  type BatchSpan,
  formatKeySet,
  type KeySet,
  type ModelNode,
  type PartitionDefinition,
  type SharedBatch,
  StatementError,
} from '../../core/index.ts';
import type { StepContext } from '../context.ts';
import { publishedByOthers, runThatBuilt } from './claims.ts';

export interface Sharing {
  readonly node: ModelNode;
  readonly definition: PartitionDefinition;
  readonly keyOf: (batch: BatchSpan) => KeySet;
}

/**
 * Takes a lease on each batch before it is built, and gives it back when the next one is asked for: of runs that build a
 * model at the same time, each builds what the others have not. Making the table is a lease of its own, for which the
 * others wait.
 */
export async function* shareBatches(
  batches: readonly BatchSpan[],
  making: boolean,
  { node, definition, keyOf }: Sharing,
  context: StepContext,
): AsyncGenerator<SharedBatch> {
  const { leases } = context;
  const waiting = [...batches];
  let isMade = !making;
  let isMadeElsewhere = false;
  let taken = 0;
  for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
    const last = waiting.length === 0;
    const key = formatKeySet(definition, keyOf(batch));
    const lease = leases?.take(node.unique_id, isMade ? [key] : [theTable, key]);
    const isAlone = !leases || (lease && !lease.contested);
    const published = isAlone ? [] : await publishedByOthers(node, definition, context);
    isMadeElsewhere ||= !isMade && published.length > 0;
    isMade ||= isMadeElsewhere;
    const builtBy = lease && runThatBuilt(keyOf(batch), published);
    if (leases && (!lease || builtBy !== undefined)) {
      lease?.release();
      if (builtBy !== undefined) yield { batch, last, builtBy };
      else {
        // Another one may be free; where all are taken, some time has to pass.
        waiting.push(batch);
        taken += 1;
        if (!isMade || taken > waiting.length) await leases.pause();
        if (context.signal.aborted) throw new StatementError('The run was interrupted', { sql: '', cancelled: true });
      }
      continue;
    }
    taken = 0;
    try {
      yield { batch, last, isMadeElsewhere };
    } finally {
      lease?.release();
    }
    isMade = true;
  }
}

/** No partition has this key. */
const theTable = '';
