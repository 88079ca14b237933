import type {
  MaterializationContext,
  MaterializationResult,
  Relation,
  StagedData,
  StatementResult,
} from '../../core/index.ts';
import { publishing } from '../building/aside.ts';
import { sendAll } from '../building/transaction.ts';
import { rowStatements, type Staged } from './increment.ts';
import type { IncrementalSettings } from './settings.ts';

/**
 * Brings staged rows into the table, in one transaction with the note that they were published.
 *
 * @param write gives the statements that do it, for the table and what is staged.
 * @param check is told what they wrote, and throws where that must not be. Default: all may be.
 */
export async function publishStaged(
  context: MaterializationContext,
  settings: IncrementalSettings,
  { relation, preview }: StagedData,
  write: (target: Relation, staged: Staged) => readonly string[] | Promise<readonly string[]>,
  check?: (written: StatementResult) => Promise<void>,
): Promise<MaterializationResult> {
  const target: Relation = { ...context.target, type: 'table' };
  const { statements } = context.adapter;
  let rows: readonly string[] = [];
  const result = await publishing(context, {
    type: 'table',
    content: 'rows',
    async prepare() {
      // What was in quarantine has no preview.
      if (preview !== relation) await context.execute(statements.dropRelation(preview));
      rows = await rowStatements(context, settings, relation, (staged) => write(target, staged));
    },
    async publish() {
      const written = await sendAll(context, rows);
      await check?.(written);
      return written;
    },
    cleanUp: async () => void (await context.execute(statements.dropRelation(relation))),
  });
  return { relations: [target], rowsAffected: result.rowsAffected, message: result.message ?? 'OK' };
}
