import type { LintFinding, LintRule } from '../core/index.ts';
import { type Call, walk } from '../sql/index.ts';

const ordered = new Set('row_number rank dense_rank ntile lag lead first_value last_value nth_value'.split(' '));

/** `row_number() over (partition by customer)` picks another row every time. */
const windowWithoutOrder: LintRule = {
  name: 'window-without-order',
  describe: 'A window function of the order of rows, in a window without ORDER BY',
  level: 'warning',
  find({ statements }) {
    const found: LintFinding[] = [];
    for (const statement of statements) {
      walk(statement, (node) => {
        if (node.kind !== 'call' || !isUnordered(node)) return;
        const { start, end, name } = node;
        const called = name.parts.at(-1)!.text.toUpperCase();
        const message = `${called} of rows in no order: which row comes first may change from run to run`;
        found.push({ start, end, message, hint: 'Add ORDER BY to the window' });
      });
    }
    return found;
  },
};

function isUnordered({ name, over, orderBy = [] }: Call): boolean {
  if (over?.kind !== 'window' || over.base || over.orderBy.length > 0 || orderBy.length > 0) return false;
  return name.parts.length === 1 && ordered.has(name.parts[0]!.text.toLowerCase());
}

export default windowWithoutOrder;
