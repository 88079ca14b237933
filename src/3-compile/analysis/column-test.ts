import type { Node } from '../../core/index.ts';
import { type Dialect, foldName } from '../../sql/index.ts';
import type { Parents } from './parents.ts';

const testsOfOneColumn = new Set(['macro.dbt.test_not_null', 'macro.dbt.test_unique']);

/**
 * Whether a node is one of the built-in tests with whose SQL nothing can be wrong so long as its column is there, and it
 * is. Most tests of a project are, so that their SQL is better not read.
 */
export function isPlainlyRight(node: Node, { tables }: Parents, { names }: Dialect): boolean {
  const tested = columnOfTest(node);
  const [table] = tables.values();
  if (!tested || tables.size !== 1 || !table || table.columns === 'unknown') return false;
  const key = foldName({ text: tested, quoted: !/^\w+$/.test(tested) }, names);
  return table.columns.some(({ name }) => foldName({ text: name, quoted: true }, names) === key);
}

function columnOfTest(node: Node): string | undefined {
  if (node.resource_type !== 'test' || !node.column_name || node.config.where) return undefined;
  return node.depends_on.macros.every((macro) => testsOfOneColumn.has(macro)) ? node.column_name : undefined;
}
