import { filterFlow } from '../../lineage/index.ts';
import { foldName, type Scope } from '../../names/index.ts';
import type { Identifier, SortItem, WindowSpecification } from '../../tree.ts';
import { type Context, report } from '../context.ts';

/** Looks through what OVER says. Its columns choose and order rows, and give no value. */
export function readWindow(context: Context, over: WindowSpecification | Identifier, scope: Scope): void {
  const name = over.kind === 'identifier' ? over : over.base;
  if (name) checkWindowName(context, name, scope);
  if (over.kind === 'identifier') return;
  const within: Scope = { ...scope, inside: 'window' };
  for (const key of over.partitionBy) context.value(key, within, filterFlow(scope.reads, 'group'));
  readSort(context, over.orderBy, within);
  for (const bound of [over.frame?.from, over.frame?.to]) {
    if (bound?.distance) context.value(bound.distance, within, filterFlow(scope.reads, 'order'));
  }
}

/** Looks through the sort keys inside a call or a window. */
export function readSort(context: Context, items: readonly SortItem[], scope: Scope): void {
  for (const { expression } of items) context.value(expression, scope, filterFlow(scope.reads, 'order'));
}

/** The windows of the WINDOW clause are looked through where they are defined. */
function checkWindowName(context: Context, name: Identifier, scope: Scope): void {
  if (scope.level.namedWindows.has(foldName(name, context.rules))) return;
  report(context, 'sql/unknown-window', name, `There is no window "${name.text}" in this query's WINDOW.`);
}
