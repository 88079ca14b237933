import { filterFlow, pourFilter, startFlow } from '../lineage/index.ts';
import { emptyFrame, foldName, type Relation, type Scope, startLevel } from '../names/index.ts';
import type { Query, Select, SelectItem, Star } from '../tree.ts';
import type { Context, FromScope, QueryScope } from './context.ts';
import { readWindow } from './expressions/windows.ts';
import { readFrom } from './from.ts';
import { readGroupBy } from './group-by.ts';
import { checkGrouping } from './grouping.ts';
import { aliasesOf, readItems } from './items.ts';
import { readOrderBy } from './order-by.ts';

/** What of a query stands behind its SELECT and is read in the SELECT's scope. */
export type Tail = Pick<Query, 'orderBy'>;

/** Looks through a SELECT: its tables, then what it puts out, then the clauses that choose and order rows. */
export function selectRelation(context: Context, select: Select, around: QueryScope, tail: Tail): Relation {
  const level = startLevel(select.windows, select.connectBy !== undefined, ({ name }) => foldName(name, context.rules));
  const later: FromScope['later'] = [];
  // Written out, as in other places that every SELECT or column passes: a spread with members behind it is many times as slow.
  const { outer, tables, reads } = around;
  const frame = readFrom(context, select.from, { outer, tables, reads, before: emptyFrame, level, later });
  const items = select.items.length > 0 ? select.items : [allColumns(select)];
  const aliases = aliasesOf(context, items, () => scope);
  const scope: Scope = { outer, tables, reads, frame, level, clause: 'select', aliases };
  const output = readItems(context, items, scope);
  for (const read of later) read(scope.aliases);
  const filters: readonly [Scope['clause'], Select['where']][] = [
    ['where', select.connectBy?.startWith],
    ['where', select.connectBy?.condition],
    ['where', select.where],
  ];
  for (const [clause, condition] of filters) {
    if (condition) context.value(condition, { ...scope, clause }, filterFlow(around.reads, 'filter'));
  }
  const grouping = readGroupBy(context, select.groupBy, { ...scope, clause: 'group by' }, output);
  for (const { window } of select.windows) readWindow(context, window, scope);
  if (select.having) context.value(select.having, { ...scope, clause: 'having' }, filterFlow(around.reads, 'filter'));
  if (select.qualify)
    context.value(select.qualify, { ...scope, clause: 'qualify' }, filterFlow(around.reads, 'filter'));
  if (typeof select.distinct === 'object') {
    for (const key of select.distinct.on)
      context.value(key, { ...scope, clause: 'order by' }, filterFlow(around.reads, 'group'));
  }
  if (select.top) context.value(select.top, { ...scope, clause: 'limit' }, startFlow());
  readOrderBy(context, tail.orderBy, { ...scope, clause: 'order by' }, output.relation);
  if (grouping) checkGrouping(context, select, tail.orderBy, scope, grouping, output);
  if (select.groupBy?.all) {
    for (const column of output.relation.columns) {
      if (!('aggregates' in column && column.aggregates)) pourFilter(column.lineage, around.reads, 'group');
    }
  }
  return output.relation;
}

/** What `FROM t` without SELECT puts out. */
function allColumns({ start, end }: Select): SelectItem {
  const star: Star = { kind: 'star', qualifier: [], exclude: [], replace: [], rename: [], start, end };
  return { kind: 'select-item', expression: star, start, end };
}
