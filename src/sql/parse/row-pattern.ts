import { NUMBER, QUOTED, WORD } from '../lexer/tokens.ts';
import type { RowPattern } from '../tree.ts';
import type { Cursor } from './cursor.ts';
import { takeIdentifier } from './names.ts';

/** What stands in `PATTERN (…)`: a regular expression of rows. */
export function parseRowPattern(cursor: Cursor): RowPattern {
  const { start } = cursor;
  if (!cursor.enter()) return { kind: 'sequence', items: [], start, end: start };
  const items = [parseSequence(cursor)];
  while (isMark(cursor, '|')) {
    cursor.advance();
    items.push(parseSequence(cursor));
  }
  cursor.leave();
  return items.length === 1 ? items[0]! : { kind: 'alternation', items, start, end: cursor.previousEnd };
}

/** Marks of patterns need not be operators of the dialect; the lexer gives those it does not know as they are. */
function isMark(cursor: Cursor, mark: string): boolean {
  return cursor.text[cursor.start] === mark && cursor.end === cursor.start + 1;
}

function parseSequence(cursor: Cursor): RowPattern {
  const { start } = cursor;
  const items: RowPattern[] = [];
  for (let item = parseItem(cursor); item !== undefined; item = parseItem(cursor)) items.push(item);
  if (items.length === 0) cursor.fail('a symbol of the pattern');
  return items.length === 1 ? items[0]! : { kind: 'sequence', items, start, end: cursor.previousEnd };
}

function parseItem(cursor: Cursor): RowPattern | undefined {
  const { start } = cursor;
  const item = parseAtom(cursor);
  const quantifier = item === undefined ? '' : parseQuantifier(cursor);
  if (item === undefined || quantifier === '') return item;
  return { kind: 'quantified', item, quantifier, start, end: cursor.previousEnd };
}

function parseAtom(cursor: Cursor): RowPattern | undefined {
  const { start, index: open } = cursor;
  if (isMark(cursor, '^') || isMark(cursor, '$')) {
    const anchor = cursor.text[start] as '^' | '$';
    cursor.advance();
    return { kind: 'anchor', anchor, start, end: cursor.previousEnd };
  }
  if (cursor.is('permute') && cursor.isAhead(1, '(')) return parsePermutation(cursor);
  if (cursor.is('(')) {
    cursor.advance();
    const item = parseRowPattern(cursor);
    cursor.close(open, ')');
    return { kind: 'group', item, start, end: cursor.previousEnd };
  }
  if (cursor.is('{') && cursor.isAhead(1, '-')) {
    cursor.advance();
    cursor.advance();
    const item = parseRowPattern(cursor);
    cursor.expect('-');
    cursor.close(open, '}');
    return { kind: 'exclusion', item, start, end: cursor.previousEnd };
  }
  if (cursor.kind !== WORD && cursor.kind !== QUOTED) return undefined;
  const name = takeIdentifier(cursor);
  return { kind: 'symbol', name, start, end: name.end };
}

function parsePermutation(cursor: Cursor): RowPattern {
  const { start } = cursor;
  cursor.advance();
  const open = cursor.index;
  const items: RowPattern[] = [];
  cursor.advance();
  do items.push(parseRowPattern(cursor));
  while (cursor.more(open, ')'));
  cursor.close(open, ')');
  return { kind: 'permute', items, start, end: cursor.previousEnd };
}

/** `*`, `+`, `?`, `{2,5}`, each also with a `?` behind it. */
function parseQuantifier(cursor: Cursor): string {
  const { start } = cursor;
  if (cursor.is('*') || cursor.is('+') || cursor.is('?')) cursor.advance();
  else if (cursor.is('{') && (cursor.kindAhead(1) === NUMBER || cursor.isAhead(1, ','))) skipBraces(cursor);
  else return '';
  cursor.accept('?');
  return cursor.text.slice(start, cursor.previousEnd).replace(/\s+/g, '');
}

function skipBraces(cursor: Cursor): void {
  const open = cursor.index;
  cursor.advance();
  if (cursor.kind === NUMBER) cursor.advance();
  if (cursor.accept(',') && cursor.kind === NUMBER) cursor.advance();
  cursor.close(open, '}');
}
