import { filterFlow, pourFilter } from '../lineage/index.ts';
import { foldName, type Scope } from '../names/index.ts';
import type { Expression, GroupBy, GroupItem } from '../tree.ts';
import { type Context, outputs, report } from './context.ts';
import type { Items } from './items.ts';

/** The expressions that a query groups by: positions and aliases replaced by what they stand for. */
export type Grouping = readonly Expression[];

/**
 * Looks through GROUP BY.
 *
 * @returns undefined if it cannot be said by what is grouped: ALL, or the position of a star's column
 */
export function readGroupBy(
  context: Context,
  groupBy: GroupBy | undefined,
  scope: Scope,
  output: Items,
): Grouping | undefined {
  if (!groupBy) return [];
  const grouping: Expression[] = [];
  let certain = !groupBy.all;
  for (const item of flatten(groupBy.items)) {
    const position = item.kind === 'number' && /^\d+$/.test(item.text) ? Number(item.text) : undefined;
    if (position === undefined) {
      context.value(item, scope, filterFlow(scope.reads, 'group'));
      grouping.push(item);
      continue;
    }
    const expression = groupedOutput(context, item, position, scope, output);
    if (expression) grouping.push(expression);
    else certain = false;
  }
  scope.level.grouped = new Set(
    grouping.flatMap((item) => (item.kind === 'column' ? [foldName(item.parts.at(-1)!, context.rules)] : [])),
  );
  return certain ? grouping : undefined;
}

function groupedOutput(
  context: Context,
  item: Expression,
  position: number,
  scope: Scope,
  { relation, items }: Items,
): Expression | undefined {
  const column = relation.columns[position - 1];
  if (column && !relation.open) {
    pourFilter(column.lineage, scope.reads, 'group');
    return items[position - 1]?.expression;
  }
  if (!column && !relation.open) {
    const message = `GROUP BY ${position}: there ${outputs(relation.columns.length)}.`;
    report(context, 'sql/order-by-position', item, message);
  }
  return undefined;
}

/** All expressions of all grouping sets. */
function flatten(items: readonly GroupItem[]): Expression[] {
  return items.flatMap((item) => {
    if (item.kind === 'grouping') return flatten(item.sets);
    if (item.kind === 'tuple' && !item.keyword) return flatten(item.items);
    return [item];
  });
}
