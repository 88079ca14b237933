import { formerlyKept, ledgerOf, type Node, writeLedger } from '../../core/index.ts';
import type { StepContext } from '../context.ts';
import { targetRelation } from '../target-relation.ts';
import { ledgerEntry } from './ledger-entry.ts';
import { sendTogether } from './publication.ts';

/** Notes of tables that were kept by partitions, and are built as a whole now, that none of these is there any more. */
export class FormerPartitions {
  /** The nodes that have partitions in a ledger, by the ledger's name. */
  readonly #known = new Map<string, Promise<ReadonlySet<unknown>>>();

  /** To be called before the node is built: should it die then, its partitions are built again, once it has some. */
  async note(node: Node, context: StepContext): Promise<void> {
    const { graph, relations, session, shelves } = context;
    const { statements } = shelves.adapter;
    const ledger = ledgerOf(targetRelation(node, graph));
    if (!(await relations.get(session, ledger))) return;
    const name = statements.renderRelation(ledger);
    const ask = async (): Promise<ReadonlySet<unknown>> =>
      new Set((await session.query(formerlyKept(ledger, statements))).rows.map(([asset]) => asset));
    const known = this.#known.get(name) ?? ask();
    this.#known.set(name, known);
    if (!(await known).has(node.unique_id)) return;
    const entry = ledgerEntry('kept', node, context, { content: 'table' });
    await sendTogether([writeLedger(ledger, entry, statements)], node.unique_id, context);
  }
}
