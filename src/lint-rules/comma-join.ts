import type { LintFinding, LintRule } from '../core/index.ts';
import { type TableExpression, walk } from '../sql/index.ts';

/** `from orders, customers`: all pairs of rows, unless a condition far below says otherwise. */
const commaJoin: LintRule = {
  name: 'comma-join',
  describe: 'Tables joined by a comma, whose condition stands elsewhere or nowhere',
  level: 'warning',
  find({ statements }) {
    const found: LintFinding[] = [];
    for (const statement of statements) {
      walk(statement, (node) => {
        if (node.kind !== 'select') return;
        for (const { start, end } of node.from.slice(1).filter(isOfItsOwn)) {
          found.push({ start, end, message: 'A table joined by a comma', hint: 'Write JOIN … ON, or CROSS JOIN' });
        }
      });
    }
    return found;
  },
};

/** `, lateral flatten(…)` and `, unnest(…)` read what stands before them: that is how they are written. */
const isOfItsOwn = (table: TableExpression): boolean => table.kind === 'table' || table.kind === 'nested-table';

export default commaJoin;
