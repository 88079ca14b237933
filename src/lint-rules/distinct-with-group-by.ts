import type { LintFinding, LintRule } from '../core/index.ts';
import { type Expression, holds, type Select, type SelectItem, walk } from '../sql/index.ts';

/** Groups are distinct already where all that they are grouped by is selected. */
const distinctWithGroupBy: LintRule = {
  name: 'distinct-with-group-by',
  describe: 'DISTINCT over groups that are distinct already',
  level: 'warning',
  find({ statements, text }) {
    const found: LintFinding[] = [];
    for (const statement of statements) {
      walk(statement, (node) => {
        if (node.kind !== 'select' || node.distinct !== 'distinct' || !isGrouped(node, text)) return;
        const word = /\bdistinct\s+/i.exec(text.slice(node.start, node.items[0]?.start));
        if (!word) return;
        const start = node.start + word.index;
        const fix = [{ start, end: start + word[0].length, text: '' }];
        found.push({
          start,
          end: start + 'distinct'.length,
          message: 'DISTINCT does nothing beside this GROUP BY',
          fix,
        });
      });
    }
    return found;
  },
};

function isGrouped({ groupBy, items }: Select, text: string): boolean {
  if (!groupBy || items.some(givesRows)) return false;
  if (groupBy.all) return true;
  const written = ({ start, end }: Expression): string => text.slice(start, end).toLowerCase();
  const selected = new Set(items.flatMap((item) => [written(item.expression), ...aliasOf(item)]));
  return groupBy.items.every(
    (item) => item.kind !== 'grouping' && (item.kind === 'number' || selected.has(written(item))),
  );
}

/** An alias that could be the name of a column that its expression reads means the column: `upper(name) as name … group by name`. */
function aliasOf({ expression, alias }: SelectItem): readonly string[] {
  if (!alias) return [];
  const name = alias.text.toLowerCase();
  const isRead = holds(expression, (node) => node.kind === 'column' && node.parts.at(-1)?.text.toLowerCase() === name);
  return isRead ? [] : [name];
}

/** UNNEST makes several rows of a group. */
const givesRows = ({ expression }: SelectItem): boolean =>
  holds(
    expression,
    (node) => node.kind === 'call' && /^(unnest|generate_subscripts)$/i.test(node.name.parts.at(-1)?.text ?? ''),
  );

export default distinctWithGroupBy;
