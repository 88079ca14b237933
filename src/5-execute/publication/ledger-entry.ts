import type { LedgerEntry, LedgerEvent, Node } from '../../core/index.ts';
import type { ExecuteContext } from '../context.ts';

/** What this run notes of a node in the ledger. Default: of none of its partitions, and of its own table. */
export function ledgerEntry(
  event: LedgerEvent,
  node: Node,
  { environment, now }: Pick<ExecuteContext, 'environment' | 'now'>,
  about: Partial<LedgerEntry> = {},
): LedgerEntry {
  return {
    event,
    asset: node.unique_id,
    partitionKey: '',
    runId: environment.invocationId,
    codeVersion: '',
    rows: null,
    content: 'rows',
    relation: node.alias,
    at: now(),
    ...about,
  };
}

/** How it is noted that partitions became visible: what has not all rows is built again. */
export function publishedPartition({ environment: { flags } }: Pick<ExecuteContext, 'environment'>): LedgerEvent {
  return flags.empty || flags.sample ? 'narrowed' : 'published';
}
