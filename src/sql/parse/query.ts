import type { Query, QueryBody, SetArm } from '../tree.ts';
import type { Cursor } from './cursor.ts';
import { parsePivotQuery } from './pivot.ts';
import { parseSelect, parseValues } from './select.ts';
import { parseShow, parseTableQuery } from './show.ts';
import { parseStrictQuery } from './strict-query.ts';
import { parseTail } from './tail.ts';
import { parseWith } from './with.ts';

/** A whole query: WITH, set operations, ORDER BY, LIMIT. */
export function parseQuery(cursor: Cursor): Query {
  const { start } = cursor;
  if (!cursor.enter()) {
    return { kind: 'query', body: { kind: 'bad-query', start, end: start }, orderBy: [], start, end: start };
  }
  const common = cursor.is('with') ? parseWith(cursor) : undefined;
  const first = cursor.is('select') ? parseSelect(cursor) : parseBody(cursor);
  const body = parseSetOperation(cursor, parseIntersection(cursor, first));
  const bare: Query = common
    ? { kind: 'query', with: common, body, orderBy: [], start, end: 0 }
    : { kind: 'query', body, orderBy: [], start, end: 0 };
  const query = parseTail(cursor, bare);
  cursor.leave();
  return query;
}

/** A query whose first body was read already, as if it had started a query. */
export function parseQueryBehind(cursor: Cursor, first: QueryBody): Query {
  const body = parseSetOperation(cursor, parseIntersection(cursor, first));
  return parseTail(cursor, { kind: 'query', body, orderBy: [], start: first.start, end: 0 });
}

function parseBody(cursor: Cursor): QueryBody {
  const { start } = cursor;
  switch (cursor.word) {
    case 'select':
    case 'from':
      if (cursor.is('select') || cursor.syntax.fromFirst) return parseSelect(cursor);
      break;
    case 'values':
      return parseValues(cursor);
    case '(':
      return parseNested(cursor);
    case 'with':
      return { kind: 'nested-query', query: parseQuery(cursor), start, end: cursor.previousEnd };
    case 'table':
      if (cursor.syntax.tableQuery) return parseTableQuery(cursor);
      break;
    case 'pivot':
    case 'unpivot':
    case 'pivot_wider':
    case 'pivot_longer':
      if (cursor.syntax.pivotStatement) return parsePivotQuery(cursor);
      break;
    case 'describe':
    case 'desc':
    case 'show':
    case 'summarize':
      if (cursor.syntax.showQueries) return parseShow(cursor);
      break;
    default:
      break;
  }
  cursor.fail('SELECT', 'select', 'with', 'values');
  return { kind: 'bad-query', start, end: start };
}

function parseNested(cursor: Cursor): QueryBody {
  const { start, index: open } = cursor;
  cursor.advance();
  const query = parseStrictQuery(cursor);
  cursor.close(open, ')');
  return { kind: 'nested-query', query, start, end: cursor.previousEnd };
}

function parseSetOperation(cursor: Cursor, first: QueryBody): QueryBody {
  const rest: SetArm[] = [];
  for (;;) {
    const { word } = cursor;
    const operator = word === 'minus' && !cursor.syntax.minus ? '' : word;
    if (operator !== 'union' && operator !== 'except' && operator !== 'minus') break;
    rest.push(parseArm(cursor, operator));
  }
  if (rest.length === 0) return first;
  return { kind: 'set-operation', first, rest, start: first.start, end: cursor.previousEnd };
}

function parseIntersection(cursor: Cursor, first: QueryBody): QueryBody {
  if (!cursor.is('intersect')) return first;
  const rest: SetArm[] = [];
  while (cursor.is('intersect')) rest.push(parseArm(cursor, 'intersect'));
  return { kind: 'set-operation', first, rest, start: first.start, end: cursor.previousEnd };
}

function parseArm(cursor: Cursor, operator: SetArm['operator']): SetArm {
  const { start } = cursor;
  cursor.advance();
  const { word } = cursor;
  const quantifier = word === 'all' || word === 'distinct' ? word : undefined;
  if (quantifier !== undefined) cursor.advance();
  const byName = cursor.syntax.unionByName && cursor.acceptAll('by', 'name');
  const first = parseBody(cursor);
  const body = operator === 'intersect' ? first : parseIntersection(cursor, first);
  return { operator, ...(quantifier && { quantifier }), byName, body, start, end: cursor.previousEnd };
}
