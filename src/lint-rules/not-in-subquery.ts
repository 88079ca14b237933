import type { LintFinding, LintRule } from '../core/index.ts';
import { holds, type QueryBody, walk } from '../sql/index.ts';

/** One NULL among the values, and NOT IN is true of nothing. */
const notInSubquery: LintRule = {
  name: 'not-in-subquery',
  describe: 'NOT IN a query, which is true of no row as soon as the query gives a NULL',
  level: 'warning',
  find({ statements }) {
    const found: LintFinding[] = [];
    for (const statement of statements) {
      walk(statement, (node) => {
        if (node.kind !== 'in' || !node.negated || !('kind' in node.choices) || node.choices.kind !== 'query') return;
        if (leavesOutNull(node.choices.body)) return;
        const { start, end } = node.choices;
        const message = 'NOT IN is true of no row if the query gives a NULL';
        found.push({ start, end, message, hint: 'Write NOT EXISTS, or leave NULL out of the query' });
      });
    }
    return found;
  },
};

/** Whether the query says `where x is not null`. */
const leavesOutNull = (body: QueryBody): boolean =>
  holds(body, (node) => node.kind === 'is' && node.test === 'null' && node.negated);

export default notInSubquery;
