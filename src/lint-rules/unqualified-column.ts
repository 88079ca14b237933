import type { LintFinding, LintRule } from '../core/index.ts';
import { type Select, type TableExpression, walk } from '../sql/index.ts';

/** With several tables, nobody can tell where a column is from, and a new column elsewhere makes it ambiguous. */
const unqualifiedColumn: LintRule = {
  name: 'unqualified-column',
  describe: 'A column without its table, in a query of several tables',
  level: 'off',
  find({ statements }) {
    const found: LintFinding[] = [];
    for (const statement of statements) {
      walk(statement, (node) => {
        if (node.kind === 'select' && tablesIn(node) > 1) found.push(...look(node));
      });
    }
    return found;
  },
};

function tablesIn({ from }: Select): number {
  const count = (table: TableExpression): number =>
    table.kind === 'join' ? count(table.left) + count(table.right) : table.kind === 'table-function' ? 0 : 1;
  return from.reduce((sum, table) => sum + count(table), 0);
}

/** Columns of the select itself: inner queries have tables of their own, and aliases are columns without a table. */
function look(select: Select): LintFinding[] {
  const aliases = new Set(select.items.flatMap(({ alias }) => (alias ? [alias.text.toLowerCase()] : [])));
  const found: LintFinding[] = [];
  walk(select, (node) => {
    if (node.kind === 'query' || node.kind === 'lambda' || node.kind === 'table-function') return false;
    if (node.kind === 'column' && node.parts.length === 1 && !aliases.has(node.parts[0]!.text.toLowerCase())) {
      const { start, end, parts } = node;
      found.push({ start, end, message: `'${parts[0]!.text}' does not say of which table it is` });
    }
    return true;
  });
  return found;
}

export default unqualifiedColumn;
