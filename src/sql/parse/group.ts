import type { GroupBy, GroupItem } from '../tree.ts';
import type { Cursor } from './cursor.ts';

/** `GROUP BY …` */
export function parseGroupBy(cursor: Cursor): GroupBy {
  const { start } = cursor;
  cursor.advance();
  if (!cursor.accept('by')) cursor.fail('BY', 'by');
  if (isAll(cursor)) {
    cursor.advance();
    return { all: true, items: [], start, end: cursor.previousEnd };
  }
  const items: GroupItem[] = [];
  do items.push(parseGroupItem(cursor));
  while (cursor.accept(',') && !cursor.endsBehindComma());
  return { all: false, items, start, end: cursor.previousEnd };
}

const isAll = (cursor: Cursor): boolean =>
  (cursor.is('all') && !cursor.isAhead(1, '(')) || (cursor.is('*') && cursor.syntax.groupByStar);

function parseGroupItem(cursor: Cursor): GroupItem {
  const { start } = cursor;
  const type = groupingAt(cursor);
  if (type === undefined) return cursor.grammar.expression(cursor);
  cursor.advance();
  if (type === 'grouping sets') cursor.advance();
  const open = cursor.index;
  const sets: GroupItem[] = [];
  cursor.advance();
  if (cursor.is(')')) cursor.fail('an expression');
  else {
    do sets.push(parseGroupItem(cursor));
    while (cursor.more(open, ')'));
  }
  cursor.close(open, ')');
  return { kind: 'grouping', type, sets, start, end: cursor.previousEnd };
}

function groupingAt(cursor: Cursor): 'rollup' | 'cube' | 'grouping sets' | undefined {
  const { word } = cursor;
  if ((word === 'rollup' || word === 'cube') && cursor.isAhead(1, '(')) return word;
  if (word === 'grouping' && cursor.isAhead(1, 'sets') && cursor.isAhead(2, '(')) return 'grouping sets';
  return undefined;
}
