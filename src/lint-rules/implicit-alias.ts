import type { LintFinding, LintRule } from '../core/index.ts';
import { type Identifier, walk } from '../sql/index.ts';

/** `select amount total`: a comma that was forgotten reads the same. */
const implicitAlias: LintRule = {
  name: 'implicit-alias',
  describe: 'An alias without AS, which a forgotten comma looks like',
  level: 'warning',
  find({ statements, text }) {
    const found: LintFinding[] = [];
    const look = (alias: Identifier | undefined, before: number): void => {
      if (!alias || alias.start < before || /\bas\b/i.test(text.slice(before, alias.start))) return;
      const { start, end } = alias;
      found.push({
        start,
        end,
        message: `AS is missing before '${alias.text}'`,
        fix: [{ start, end: start, text: 'as ' }],
      });
    };
    for (const statement of statements) {
      walk(statement, (node) => {
        if (node.kind === 'select-item') look(node.alias, node.expression.end);
      });
    }
    return found;
  },
};

export default implicitAlias;
