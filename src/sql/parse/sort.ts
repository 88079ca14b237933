import type { SortItem } from '../tree.ts';
import type { Cursor } from './cursor.ts';

/** `a DESC NULLS LAST, b`, behind ORDER BY. */
export function parseSortItems(cursor: Cursor): SortItem[] {
  const items: SortItem[] = [];
  do items.push(parseSortItem(cursor));
  while (cursor.accept(','));
  return items;
}

function parseSortItem(cursor: Cursor): SortItem {
  const { start } = cursor;
  const expression = cursor.grammar.expression(cursor);
  const { word } = cursor;
  if (word !== 'asc' && word !== 'desc' && word !== 'nulls') {
    return { kind: 'sort-item', expression, start, end: expression.end };
  }
  const order = parseOrder(cursor);
  return { kind: 'sort-item', expression, ...order, start, end: cursor.previousEnd };
}

/** `[ASC | DESC] [NULLS FIRST | LAST]`, with only what is there. */
export function parseOrder(cursor: Cursor): Pick<SortItem, 'direction' | 'nulls'> {
  const { word } = cursor;
  const direction = word === 'asc' || word === 'desc' ? word : undefined;
  if (direction !== undefined) cursor.advance();
  const nulls = parseNulls(cursor);
  return { ...(direction && { direction }), ...(nulls && { nulls }) };
}

function parseNulls(cursor: Cursor): 'first' | 'last' | undefined {
  if (!cursor.is('nulls')) return undefined;
  cursor.advance();
  if (cursor.accept('first')) return 'first';
  if (!cursor.accept('last')) cursor.fail('FIRST or LAST', 'first', 'last');
  return 'last';
}
