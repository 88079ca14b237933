import { partitionsOf } from '../../1-parse/index.ts';
import { foldLedger } from '../../4-plan/index.ts';
import {
  askStretches,
  countInLedger,
  findInLedger,
  formatKeySet,
  type KeySet,
  type LedgerOwner,
  ledgerOf,
  type Node,
  noKeys,
  type PartitionDefinition,
  type Relation,
  StatementError,
  unionKeys,
  writeLedger,
} from '../../core/index.ts';
import type { StepContext } from '../context.ts';
import { standLedger } from '../prepare-schemas.ts';
import { targetRelation } from '../target-relation.ts';
import { ledgerEntry } from './ledger-entry.ts';
import { sendTogether } from './publication.ts';

/**
 * The part of a clone that is about the ledger: whatever dies, and whoever else writes, it never says of a partition that
 * it is there when it is not.
 */
export interface CloneLedger {
  /** To be called before the table is cloned: what was published into one that stood there is gone with it. */
  begin(): Promise<void>;
  /** To be called after that: what the other table had is there now. */
  end(): Promise<void>;
}

/** Undefined where there is nothing to note: the node has no partitions. */
export function cloneLedger(node: Node, origin: Relation, context: StepContext): CloneLedger | undefined {
  const definition = partitionsOf(node, context.graph.project.settings);
  if (!definition) return undefined;
  const { session, shelves, now, emit } = context;
  const { statements } = shelves.adapter;
  const ledger = ledgerOf(targetRelation(node, context.graph));
  const owner: LedgerOwner = { unique_id: node.unique_id, alias: origin.identifier ?? '' };
  let before: OriginLedger | undefined;
  return {
    async begin() {
      if (await hasEntries(ledger, node, context)) {
        await sendTogether(
          [writeLedger(ledger, ledgerEntry('kept', node, context), statements)],
          node.unique_id,
          context,
        );
      }
      before = await readOrigin(origin, owner, definition, context);
    },
    async end() {
      if (!before || before.published.size === 0) return;
      // Rows are only ever added: where there are as many as before, the clone has what they say.
      const count = await countEntries(origin, owner, context);
      if (count !== before.count) {
        const text = `${node.unique_id} was written to while it was cloned: its partitions count as missing`;
        emit({ kind: 'message', at: now(), level: 'info', text, nodeId: node.unique_id });
        return;
      }
      await standLedger(ledger, context, session);
      // How many rows a partition has, the other run knows only of all that it built together.
      const published = [...before.published].map(([codeVersion, keys]) => {
        const partitionKey = formatKeySet(definition, keys);
        // What was there before goes first.
        return ledgerEntry('published', node, context, { partitionKey, codeVersion, at: now() + 1 });
      });
      // Others may have published into the table that was there until now.
      const entries = [ledgerEntry('kept', node, context), ...published];
      await sendTogether(
        entries.map((one) => writeLedger(ledger, one, statements)),
        node.unique_id,
        context,
      );
    },
  };
}

interface OriginLedger {
  readonly count: number;
  /** What is there, by the version of the code that made it. */
  readonly published: ReadonlyMap<string, KeySet>;
}

/** Undefined where nothing is noted of the other table, or it is not for this user to read. */
async function readOrigin(
  origin: Relation,
  owner: LedgerOwner,
  definition: PartitionDefinition,
  context: StepContext,
): Promise<OriginLedger | undefined> {
  const { session, relations, shelves } = context;
  const ledger = ledgerOf(origin);
  if (!(await relations.get(session, ledger))) return undefined;
  try {
    const count = await countEntries(origin, owner, context);
    const stretches = await askStretches([ledger], { owners: [owner] }, session, shelves.adapter.statements);
    const published = new Map<string, KeySet>();
    for (const { codeVersion, keys } of foldLedger(stretches, definition).publications) {
      published.set(codeVersion, unionKeys(published.get(codeVersion) ?? noKeys, keys));
    }
    return { count, published };
  } catch (failure) {
    if (failure instanceof StatementError && !failure.cancelled) return undefined;
    throw failure;
  }
}

async function countEntries(origin: Relation, owner: LedgerOwner, { session, shelves }: StepContext): Promise<number> {
  const { rows } = await session.query(countInLedger(ledgerOf(origin), owner, shelves.adapter.statements));
  return Number(rows[0]?.[0]);
}

async function hasEntries(
  ledger: Relation,
  node: Node,
  { session, relations, shelves }: StepContext,
): Promise<boolean> {
  if (!(await relations.get(session, ledger))) return false;
  const { rows } = await session.query(findInLedger(ledger, node, shelves.adapter.statements));
  return rows.length > 0;
}
