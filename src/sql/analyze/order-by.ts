import { filterFlow, pourFilter } from '../lineage/index.ts';
import { columnsNamed, foldName, type Relation, type Scope } from '../names/index.ts';
import type { SortItem } from '../tree.ts';
import { type Context, outputs, report } from './context.ts';

/** Looks through ORDER BY: positions, names of output columns, and expressions over what the scope has. */
export function readOrderBy(context: Context, items: readonly SortItem[], scope: Scope, output: Relation): void {
  for (const { expression } of items) {
    if (expression.kind === 'number' && /^\d+$/.test(expression.text)) {
      const position = Number(expression.text);
      const column = output.columns[position - 1];
      if (column && !output.open) pourFilter(column.lineage, scope.reads, 'order');
      else if (!output.open && position !== 0) {
        const message = `ORDER BY ${position}: there ${outputs(output.columns.length)}.`;
        report(context, 'sql/order-by-position', expression, message);
      }
      continue;
    }
    const [name] = expression.kind === 'column' && expression.parts.length === 1 ? expression.parts : [];
    const key = name && foldName(name, context.rules);
    const [column] = key !== undefined && !scope.aliases?.has(key) ? columnsNamed(output, key) : [];
    if (column) pourFilter(column.lineage, scope.reads, 'order');
    else context.value(expression, scope, filterFlow(scope.reads, 'order'));
  }
}
