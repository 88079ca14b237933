import { precedence } from '../dialect.ts';
import { END, NUMBER } from '../lexer/tokens.ts';
import type { Expression, Query, SortItem } from '../tree.ts';
import { type Cursor, clauseWords } from './cursor.ts';
import { parseOrder, parseSortItems } from './sort.ts';

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** ORDER BY, LIMIT, OFFSET, FETCH, FOR UPDATE; and the end of the query. */
export function parseTail(cursor: Cursor, query: Mutable<Query>): Query {
  if (cursor.word !== '') {
    if (cursor.is('order')) parseOrderBy(cursor, query);
    for (;;) {
      if (cursor.is('limit') && query.limit === undefined) parseLimit(cursor, query);
      else if (cursor.is('offset') && query.offset === undefined) parseOffset(cursor, query);
      else if (cursor.is('fetch') && query.limit === undefined) parseFetch(cursor, query);
      else break;
    }
    if (cursor.is('for') && cursor.isAhead(1, 'update')) parseLock(cursor, query);
  }
  query.end = Math.max(cursor.previousEnd, query.start);
  return query;
}

function parseOrderBy(cursor: Cursor, query: Mutable<Query>): void {
  cursor.advance();
  if (!cursor.accept('by')) cursor.fail('BY', 'by');
  if (cursor.syntax.orderByAll && cursor.is('all')) {
    cursor.advance();
    query.orderByAll = parseOrder(cursor);
    return;
  }
  query.orderBy = parseSortItems(cursor) satisfies SortItem[];
}

function parseLimit(cursor: Cursor, query: Mutable<Query>): void {
  cursor.advance();
  if (cursor.is('all')) {
    query.limit = { kind: 'null', start: cursor.start, end: cursor.end };
    cursor.advance();
    return;
  }
  const percent = cursor.syntax.limitPercent && startsPercentage(cursor);
  query.limit = parseCount(cursor, percent ? precedence.power : 0);
  if (!cursor.syntax.limitPercent) return;
  if (cursor.accept('percent') || cursor.accept('%')) query.limitPercent = true;
}

/** Whether the `%` behind a number, or behind something in parentheses, is a unit and not an operator. */
function startsPercentage(cursor: Cursor): boolean {
  const sign = (cursor.is('(') ? cursor.partnerOf(cursor.index) - cursor.index : 0) + 1;
  if (!cursor.isAhead(sign, '%')) return false;
  const next = cursor.wordAhead(sign + 1);
  return cursor.kindAhead(sign + 1) === END || next === ')' || next === ';' || next === 'offset';
}

/** A number of rows. */
function parseCount(cursor: Cursor, minimum = 0): Expression {
  if (!clauseWords.has(cursor.word) && !cursor.is('offset') && !cursor.is('fetch')) {
    return cursor.grammar.expression(cursor, minimum);
  }
  cursor.fail('a number of rows');
  // Nothing else can have been meant by a word that stands twice.
  if (cursor.kindAhead(1) === END) cursor.advance();
  return cursor.bad();
}

function parseOffset(cursor: Cursor, query: Mutable<Query>): void {
  cursor.advance();
  query.offset = parseCount(cursor);
  if (!cursor.accept('rows')) cursor.accept('row');
}

/** `FETCH FIRST 3 ROWS ONLY` */
function parseFetch(cursor: Cursor, query: Mutable<Query>): void {
  const { start } = cursor;
  cursor.advance();
  if (!cursor.accept('first')) cursor.accept('next');
  const one: Expression = { kind: 'number', text: '1', start, end: start };
  const rows = cursor.is('row') || cursor.is('rows');
  if (rows && !cursor.syntax.fetchWithoutCount) cursor.fail('a number of rows');
  query.limit = rows ? one : parseCount(cursor);
  query.fetch = true;
  if (!cursor.accept('rows')) cursor.accept('row');
  cursor.accept('only');
}

function parseLock(cursor: Cursor, query: Mutable<Query>): void {
  const { start } = cursor;
  cursor.advance();
  cursor.advance();
  if (!cursor.accept('nowait') && cursor.accept('wait') && cursor.kind === NUMBER) cursor.advance();
  query.lock = cursor.text.slice(start, cursor.previousEnd).toLowerCase().replace(/\s+/g, ' ');
}
