import { foldName, type Scope, visibleNamed } from '../names/index.ts';
import type { Call, Column, Expression, Select, SortItem } from '../tree.ts';
import { type Context, report } from './context.ts';
import type { Grouping } from './group-by.ts';
import type { Items } from './items.ts';
import { walk } from './walk.ts';

/**
 * Columns that stand outside aggregates in a query that groups, and by which it does not group. A column that occurs
 * anywhere in GROUP BY is let through: whether `a + 1` can be had from `a + 2` is for the warehouse to say.
 */
export function checkGrouping(
  context: Context,
  select: Select,
  orderBy: readonly SortItem[],
  scope: Scope,
  grouping: Grouping,
  output: Items,
): void {
  const having = context.rules.havingGroups ? select.having : undefined;
  if (!select.groupBy && !having && scope.level.aggregates === 0) return;
  const grouped = new Set<string>();
  const seen = new Set<object>();
  for (const item of grouping) gatherColumns(context, item, scope, grouped, seen);
  const places: Expression[] = select.items.map(({ expression }) => expression);
  for (const { expression } of orderBy) if (!isOutput(context, expression, output)) places.push(expression);
  for (const place of [select.having, select.qualify]) if (place) places.push(place);
  for (const place of places) checkPlace(context, place, scope, grouped);
}

/** ORDER BY an output column, which has been checked where it is put out. */
function isOutput(context: Context, expression: Expression, { relation }: Items): boolean {
  if (expression.kind !== 'column' || expression.parts.length > 1) return false;
  const key = foldName(expression.parts[0]!, context.rules);
  return relation.columns.some((column) => column.key === key);
}

function checkPlace(context: Context, place: Expression, scope: Scope, grouped: ReadonlySet<string>): void {
  walk(place, (node) => {
    if (node.kind === 'query' || node.kind === 'star' || node.kind === 'lambda') return false;
    if (node.kind === 'call' && context.aggregates.has(node as Call)) return false;
    if (node.kind !== 'column') return true;
    const column = node as Column;
    const identity = identityOf(context, column, scope);
    if (identity === undefined || grouped.has(identity)) return false;
    const name = column.parts.map(({ text }) => text).join('.');
    const hint = 'Group by it, or put it into an aggregate, such as ANY_VALUE.';
    report(context, 'sql/ungrouped-column', column, `"${name}" is neither grouped by nor inside an aggregate.`, hint);
    return false;
  });
}

function gatherColumns(context: Context, root: Expression, scope: Scope, into: Set<string>, seen: Set<object>): void {
  walk(root, (node) => {
    if (seen.has(node)) return false;
    seen.add(node);
    if (node.kind !== 'column') return true;
    const meaning = context.meanings.get(node as Column);
    if (meaning?.found.kind === 'alias') gatherColumns(context, meaning.found.alias.expression, scope, into, seen);
    const identity = identityOf(context, node as Column, scope);
    if (identity !== undefined) into.add(identity);
    return false;
  });
}

/** Tells the columns of a SELECT's own tables apart; undefined for what is none of these, or not certain. */
function identityOf(context: Context, column: Column, scope: Scope): string | undefined {
  const meaning = context.meanings.get(column);
  if (meaning?.depth !== 0 || meaning.scope.frame !== scope.frame) return undefined;
  const { found } = meaning;
  if (found.kind === 'merged') return `merged ${found.merged.key}`;
  if (found.kind !== 'column') return undefined;
  const { key } = found.column;
  const merged = visibleNamed(scope.frame, key).find((one) => one.kind === 'merged');
  const isMember = merged?.kind === 'merged' && merged.merged.members.some(({ source }) => source === found.source);
  return isMember ? `merged ${key}` : `${scope.frame.sources.indexOf(found.source)} ${key}`;
}
