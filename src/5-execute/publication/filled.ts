import { foldLedger } from '../../4-plan/index.ts';
import {
  formatKey,
  intersectKeys,
  type KeySet,
  ledgerOf,
  ledgerStretches,
  type Node,
  type PartitionSlice,
  pointsOf,
  readStretches,
} from '../../core/index.ts';
import type { StepContext } from '../context.ts';
import { targetRelation } from '../target-relation.ts';

/** The partitions, of some, that readers see something of: what the ledger says. */
export async function filledOf(
  node: Node,
  { definition, keys }: PartitionSlice,
  { graph, session, shelves }: StepContext,
): Promise<KeySet> {
  const request = {
    owners: [node],
    keys: Array.from(pointsOf(keys), (point) => formatKey(definition, point)),
  };
  const ledger = ledgerOf(targetRelation(node, graph));
  const table = await session.query(readStretches([ledger], request, shelves.adapter.statements));
  return intersectKeys(foldLedger(ledgerStretches(table).stretches, definition).filled, keys);
}
