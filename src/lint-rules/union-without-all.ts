import type { LintFinding, LintRule } from '../core/index.ts';
import { walk } from '../sql/index.ts';

/** UNION compares all rows to leave out those that are there twice; most who write it want them all. */
const unionWithoutAll: LintRule = {
  name: 'union-without-all',
  describe: 'UNION, which compares all rows, where UNION ALL may be meant',
  level: 'off',
  find({ statements }) {
    const found: LintFinding[] = [];
    for (const statement of statements) {
      walk(statement, (node) => {
        if (node.kind !== 'set-operation') return;
        for (const { operator, quantifier, start } of node.rest) {
          if (operator !== 'union' || quantifier) continue;
          const end = start + 'union'.length;
          found.push({
            start,
            end,
            message: 'UNION leaves out rows that are there twice',
            hint: 'UNION ALL keeps all',
          });
        }
      });
    }
    return found;
  },
};

export default unionWithoutAll;
