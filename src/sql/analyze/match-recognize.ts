import { filterFlow, startFlow } from '../lineage/index.ts';
import { foldName, type Relation, type RelationColumn, type Scope, type Source, storedName } from '../names/index.ts';
import type { MatchRecognize, RowPattern, Star } from '../tree.ts';
import type { Context } from './context.ts';
import { readSort } from './expressions/windows.ts';
import { expandStar } from './star.ts';

/** What MATCH_RECOGNIZE gives: the partition's columns or all of them, and the measures. */
export function matchedFrame(context: Context, table: MatchRecognize, scope: Scope): Relation {
  const star: Star = { kind: 'star', qualifier: [], exclude: [], replace: [], rename: [], start: -1, end: -1 };
  const whole = expandStar(context, star, scope);
  const partition = table.partitionBy.map((expression) => {
    context.value(expression, scope, filterFlow(scope.reads, 'group'));
    return expression.kind === 'column' ? foldName(expression.parts.at(-1)!, context.rules) : undefined;
  });
  readSort(context, table.orderBy, scope);
  const within = withSymbols(context, table, scope, whole);
  for (const { condition } of table.define) context.value(condition, within, filterFlow(scope.reads, 'filter'));
  const measures = table.measures.map(({ expression, alias }): RelationColumn => {
    const flow = startFlow();
    const { type } = context.value(expression, within, flow);
    const name = storedName(alias, context.rules);
    const key = foldName(alias, context.rules);
    return { name, key, named: true, type, nullable: true, lineage: flow.into, place: expression };
  });
  const all = table.rowsPerMatch?.rows === 'all';
  const kept = all ? whole.columns : whole.columns.filter(({ key }) => partition.includes(key));
  return { columns: [...kept, ...measures], open: whole.open };
}

/** Symbols of the pattern can stand before a column as a table's name can. */
function withSymbols(context: Context, table: MatchRecognize, scope: Scope, relation: Relation): Scope {
  const names = new Set(table.subsets.map(({ name }) => foldName(name, context.rules)));
  const waiting: RowPattern[] = [table.pattern];
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    if (part.kind === 'symbol') names.add(foldName(part.name, context.rules));
    else if ('items' in part) waiting.push(...part.items);
    else if ('item' in part) waiting.push(part.item);
  }
  for (const { symbol } of table.define) names.add(foldName(symbol, context.rules));
  const symbols = [...names].map(
    (name): Source => ({
      path: [name],
      qualifiable: false,
      title: name,
      relation,
      hidden: true,
      nullable: true,
    }),
  );
  return { ...scope, clause: 'match', frame: { ...scope.frame, sources: [...scope.frame.sources, ...symbols] } };
}
