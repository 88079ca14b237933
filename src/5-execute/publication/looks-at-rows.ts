import { isJudgedByAnyRow, type TestNode } from '../../core/index.ts';
import type { ExecuteContext } from '../context.ts';

/**
 * Whether a test of a node looks at each of its rows by itself, and at nothing else: then it need not see those that were
 * there before.
 *
 * @param isPartition whether it is the test of a partition, which leaves those of others to their own tests.
 */
export function looksAtRows(
  test: TestNode,
  nodeId: string,
  { graph, shelves, hasTested }: Pick<ExecuteContext, 'graph' | 'shelves' | 'hasTested'>,
  isPartition: boolean,
): boolean {
  const { test_metadata: called, depends_on: reads, config } = test;
  if (!called || test.attached_node !== nodeId) return false;
  // Of a snapshot, changes are staged, and not all of them are rows of the table.
  if (graph.nodes.get(nodeId)?.resource_type !== 'model') return false;
  // Rows that are there may be of a time when it was not asked; those of other partitions are left to their own tests.
  if (!isPartition && hasTested?.(test.unique_id, nodeId) !== true) return false;
  // Rows that were right may not be so any more where others have changed, or are too many together.
  if (!isPartition && (reads.nodes.length > 1 || !isJudgedByAnyRow(config))) return false;
  if (hasSubquery([called.kwargs, config.where])) return false;
  const isOwn = reads.macros.some((macro) => graph.project.macros.has(macro));
  return !isOwn && shelves.dataTests.get(called.name)?.rowByRow === true;
}

/** What is written in arguments may look at other rows. */
const hasSubquery = (texts: unknown): boolean => /\bselect\b/i.test(JSON.stringify(texts) ?? '');
