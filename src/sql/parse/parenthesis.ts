import { NOT_CALLABLE } from '../lexer/compiled.ts';
import type { Expression, NestedQuery, Query } from '../tree.ts';
import type { Cursor } from './cursor.ts';
import { startsQuery } from './starts.ts';

/** A subquery, an expression in parentheses, or a tuple. */
export function parseParenthesis(cursor: Cursor): Expression {
  const { start, index: open } = cursor;
  cursor.advance();
  if (cursor.accept(')')) {
    return { kind: 'tuple', keyword: false, items: [], start, end: cursor.previousEnd };
  }
  if (startsQuery(cursor)) {
    const query = cursor.grammar.query(cursor);
    cursor.close(open, ')');
    return { kind: 'subquery', query, start, end: cursor.previousEnd };
  }
  const expression = cursor.grammar.expression(cursor);
  if (cursor.accept(')')) {
    return { kind: 'parenthesized', expression, start, end: cursor.previousEnd };
  }
  const compound = parseCompound(cursor, expression);
  if (compound !== undefined) {
    cursor.close(open, ')');
    return { kind: 'subquery', query: compound, start, end: cursor.previousEnd };
  }
  return parseTuple(cursor, expression, open, start);
}

function parseTuple(cursor: Cursor, first: Expression, open: number, start: number): Expression {
  const items = [first];
  while (cursor.more(open, ')')) {
    if (cursor.syntax.trailingCommas && items.length === 1 && cursor.is(')') && cursor.syntax.lambdaKeyword) break;
    items.push(cursor.grammar.expression(cursor));
  }
  cursor.close(open, ')');
  const { previousEnd: end } = cursor;
  if (items.length === 1) return { kind: 'parenthesized', expression: first, start, end };
  return { kind: 'tuple', keyword: false, items, start, end };
}

/**
 * `(SELECT …) UNION (SELECT …)` inside parentheses: what looked like an expression was the first part of a query, which
 * this gives; undefined if it was an expression.
 */
export function parseCompound(cursor: Cursor, expression: Expression): Query | undefined {
  if (!goesOnAsQuery(cursor)) return undefined;
  const body = asQueryBody(expression);
  return body === undefined ? undefined : cursor.grammar.queryBehind(cursor, body);
}

/** Whether here stands what can follow the first body of a query. */
export function goesOnAsQuery(cursor: Cursor): boolean {
  switch (cursor.word) {
    case 'union':
    case 'intersect':
    case 'except':
    case 'order':
    case 'limit':
    case 'offset':
    case 'fetch':
      return true;
    case 'minus':
      return cursor.syntax.minus;
    default:
      return false;
  }
}

/** A query in parentheses as the body of a query; undefined for another expression. */
function asQueryBody(expression: Expression): NestedQuery | undefined {
  const { start, end } = expression;
  if (expression.kind === 'subquery') return { kind: 'nested-query', query: expression.query, start, end };
  if (expression.kind !== 'parenthesized') return undefined;
  const body = asQueryBody(expression.expression);
  if (body === undefined) return undefined;
  const query: Query = { kind: 'query', body, orderBy: [], start: body.start, end: body.end };
  return { kind: 'nested-query', query, start, end };
}

/** `(a, b)` behind a word that starts a row: `ROW(a, b)`. */
export function parseRow(cursor: Cursor): Expression | undefined {
  if (!cursor.isAhead(1, '(') || (cursor.rulesAhead(0) & NOT_CALLABLE) !== 0) return undefined;
  const { start } = cursor;
  cursor.advance();
  const open = cursor.index;
  cursor.advance();
  const items: Expression[] = [];
  if (!cursor.is(')')) {
    do items.push(cursor.grammar.expression(cursor));
    while (cursor.more(open, ')'));
  }
  cursor.close(open, ')');
  return { kind: 'tuple', keyword: true, items, start, end: cursor.previousEnd };
}
