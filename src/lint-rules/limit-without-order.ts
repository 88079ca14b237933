import type { LintFinding, LintRule } from '../core/index.ts';
import { walk } from '../sql/index.ts';

/** Which rows are kept is up to the warehouse, and another time it may keep others. */
const limitWithoutOrder: LintRule = {
  name: 'limit-without-order',
  describe: 'LIMIT without ORDER BY, which keeps any rows',
  level: 'warning',
  find({ statements }) {
    const found: LintFinding[] = [];
    for (const statement of statements) {
      walk(statement, (node) => {
        if (node.kind !== 'query' || !node.limit || node.orderBy.length > 0 || node.orderByAll) return;
        // `limit 0` and `limit 1` are asked for their columns, or because one row is as good as another.
        if (node.limit.kind === 'number' && Number(node.limit.text) <= 1) return;
        const { start, end } = node.limit;
        found.push({ start, end, message: 'Without ORDER BY, any rows are kept', hint: 'Say which: ORDER BY …' });
      });
    }
    return found;
  },
};

export default limitWithoutOrder;
