import type { Node } from '../../core/index.ts';

const testsOfOneColumn = new Set(['macro.dbt.test_not_null', 'macro.dbt.test_unique']);

/**
 * The column that a test asks for, if it is one of the built-in tests with whose SQL nothing can be wrong so long as its
 * column is there. Most tests of a project are, so that their SQL is better not read. Undefined for all others.
 */
export function columnOfTest(node: Node): string | undefined {
  if (node.resource_type !== 'test' || !node.column_name || node.config.where) return undefined;
  return node.depends_on.macros.some((macro) => testsOfOneColumn.has(macro)) ? node.column_name : undefined;
}
