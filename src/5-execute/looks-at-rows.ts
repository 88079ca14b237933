import type { TestNode } from '../core/index.ts';
import type { ExecuteContext } from './context.ts';

/** Whether a test of a node looks at each of its rows by itself: then it need not see those that were there before. */
export function looksAtRows(
  test: TestNode,
  nodeId: string,
  { graph, shelves }: Pick<ExecuteContext, 'graph' | 'shelves'>,
): boolean {
  if (!test.test_metadata || test.attached_node !== nodeId) return false;
  // Of a snapshot, changes are staged, and not all of them are rows of the table.
  if (graph.nodes.get(nodeId)?.resource_type !== 'model') return false;
  const isOwn = test.depends_on.macros.some((macro) => graph.project.macros.has(macro));
  return !isOwn && shelves.dataTests.get(test.test_metadata.name)?.rowByRow === true;
}
