import { QUOTED, WORD } from '../lexer/tokens.ts';
import type { Expression, FrameBound, Identifier, SortItem, WindowFrame, WindowSpecification } from '../tree.ts';
import type { Cursor } from './cursor.ts';
import { takeIdentifier } from './names.ts';
import { parseSortItems } from './sort.ts';

/** `(PARTITION BY … ORDER BY … ROWS …)` */
export function parseWindow(cursor: Cursor): WindowSpecification {
  const { start, index: open } = cursor;
  cursor.expect('(');
  const base = parseBase(cursor);
  const partitionBy: Expression[] = [];
  if (cursor.is('partition')) {
    cursor.advance();
    cursor.expect('by');
    do partitionBy.push(cursor.grammar.expression(cursor));
    while (cursor.accept(','));
  }
  let orderBy: readonly SortItem[] = [];
  if (cursor.is('order')) {
    cursor.advance();
    cursor.expect('by');
    orderBy = parseSortItems(cursor);
  }
  const frame = parseFrame(cursor);
  cursor.close(open, ')');
  const end = cursor.previousEnd;
  if (base === undefined && frame === undefined) return { kind: 'window', partitionBy, orderBy, start, end };
  return { kind: 'window', ...(base && { base }), partitionBy, orderBy, ...(frame && { frame }), start, end };
}

function parseBase(cursor: Cursor): Identifier | undefined {
  if (cursor.kind !== WORD && cursor.kind !== QUOTED) return undefined;
  if (!cursor.syntax.namedWindows) return undefined;
  switch (cursor.word) {
    case 'partition':
    case 'order':
    case 'rows':
    case 'range':
    case 'groups':
      return undefined;
    default:
      return takeIdentifier(cursor);
  }
}

function parseFrame(cursor: Cursor): WindowFrame | undefined {
  const { word: unit, start } = cursor;
  if (unit !== 'rows' && unit !== 'range' && unit !== 'groups') return undefined;
  cursor.advance();
  const between = cursor.accept('between');
  const from = parseBound(cursor);
  if (between) cursor.expect('and');
  const to = between ? parseBound(cursor) : undefined;
  const exclude = cursor.syntax.frameExclusion && cursor.accept('exclude') ? parseExclusion(cursor) : undefined;
  return { unit, from, ...(to && { to }), ...(exclude && { exclude }), start, end: cursor.previousEnd };
}

function parseBound(cursor: Cursor): FrameBound {
  const { start } = cursor;
  if (cursor.is('current') && cursor.isAhead(1, 'row')) {
    cursor.advance();
    cursor.advance();
    return { direction: 'current row', start, end: cursor.previousEnd };
  }
  const distance = cursor.accept('unbounded') ? undefined : cursor.grammar.expression(cursor);
  const { word } = cursor;
  const direction = word === 'following' ? word : 'preceding';
  if (word === 'preceding' || word === 'following') cursor.advance();
  else cursor.fail('PRECEDING or FOLLOWING', 'preceding', 'following');
  return { direction, ...(distance && { distance }), start, end: cursor.previousEnd };
}

function parseExclusion(cursor: Cursor): WindowFrame['exclude'] {
  if (cursor.acceptAll('current', 'row')) return 'current row';
  if (cursor.acceptAll('no', 'others')) return 'no others';
  if (cursor.accept('group')) return 'group';
  if (!cursor.accept('ties')) cursor.fail('CURRENT ROW, GROUP, TIES or NO OTHERS');
  return 'ties';
}
