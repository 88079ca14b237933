import type { LintFinding, LintRule } from '../core/index.ts';
import { walk } from '../sql/index.ts';

const comparisons = new Set(['=', '<>', '!=', '<', '<=', '>', '>=']);

/** `deleted_at = null` is never true, whatever the column holds. */
const comparisonWithNull: LintRule = {
  name: 'comparison-with-null',
  describe: 'A comparison with NULL, which is never true',
  level: 'error',
  find({ statements }) {
    const found: LintFinding[] = [];
    for (const statement of statements) {
      walk(statement, (node) => {
        if (node.kind !== 'binary' || !comparisons.has(node.operator)) return;
        if (node.left.kind !== 'null' && node.right.kind !== 'null') return;
        const { start, end, operator } = node;
        const meant = operator === '=' ? 'IS NULL' : 'IS NOT NULL';
        found.push({ start, end, message: `${operator} NULL is never true`, hint: `Write ${meant}` });
      });
    }
    return found;
  },
};

export default comparisonWithNull;
