import type { LintFinding, LintRule } from '../core/index.ts';
import { type Query, type SyntaxNode, walk } from '../sql/index.ts';

/** The order of the rows inside of a query is lost outside, so that sorting them costs and does nothing. */
const orderWithoutLimit: LintRule = {
  name: 'order-without-limit',
  describe: 'ORDER BY in a common table or subquery, whose order nobody keeps',
  level: 'warning',
  find({ statements }) {
    const found: LintFinding[] = [];
    for (const statement of statements) {
      const outer = new Set<SyntaxNode>(statement.kind === 'query-statement' ? [statement.query] : []);
      walk(statement, (node) => {
        if (node.kind !== 'query' || outer.has(node) || !isOrdered(node)) return;
        const [first] = node.orderBy;
        const { start, end } = first ?? node;
        const hint = 'Leave it out, or sort the whole result';
        found.push({ start, end, message: 'The order of these rows is lost outside of their query', hint });
      });
    }
    return found;
  },
};

const isOrdered = ({ orderBy, orderByAll, limit, offset, body }: Query): boolean =>
  (orderBy.length > 0 || orderByAll !== undefined) &&
  !limit &&
  !offset &&
  !(body.kind === 'select' && (body.top || typeof body.distinct === 'object'));

export default orderWithoutLimit;
