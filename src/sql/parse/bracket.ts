import { NOT_COLUMN } from '../lexer/compiled.ts';
import { NUMBER, QUOTED, STRING, WORD } from '../lexer/tokens.ts';
import type { Argument, Comprehension, Expression, Identifier, ObjectEntry } from '../tree.ts';
import type { Cursor } from './cursor.ts';
import { parseIdentifier, takeIdentifier } from './names.ts';
import { parseStar } from './star.ts';
import { startsQuery } from './starts.ts';
import { takeString } from './text.ts';

/** `[a, b]`, or `[x + 1 for x in list]`. */
export function parseArray(cursor: Cursor, start: number, keyword: boolean): Expression {
  const open = cursor.index;
  cursor.advance();
  const items: Argument[] = [];
  if (!cursor.is(']')) {
    items.push(parseItem(cursor));
    if (cursor.is('for') && cursor.syntax.comprehensions) return parseComprehension(cursor, items[0]!, open, start);
    while (cursor.more(open, ']') && !endsEarly(cursor, ']')) items.push(parseItem(cursor));
  }
  cursor.close(open, ']');
  return { kind: 'array', keyword, items, start, end: cursor.previousEnd };
}

/** Whether the list ends behind a comma, where that is allowed. */
function endsEarly(cursor: Cursor, lexeme: ']' | '}'): boolean {
  return cursor.syntax.trailingCommas && cursor.is(lexeme);
}

function parseItem(cursor: Cursor): Argument {
  const { start } = cursor;
  const prefix = cursor.accept('**') ? ({ prefix: 'spread' } as const) : {};
  const value = startsQuery(cursor) ? cursor.grammar.query(cursor) : cursor.grammar.expression(cursor);
  return { value, ...prefix, start, end: cursor.previousEnd };
}

function parseComprehension(cursor: Cursor, item: Argument, open: number, start: number): Comprehension {
  cursor.advance();
  const variables: Identifier[] = [];
  do variables.push(parseIdentifier(cursor, NOT_COLUMN, 'a variable'));
  while (cursor.accept(','));
  cursor.expect('in');
  const list = cursor.grammar.expression(cursor);
  const condition = cursor.accept('if') ? cursor.grammar.expression(cursor) : undefined;
  cursor.close(open, ']');
  const value = item.value.kind === 'query' ? subquery(item) : item.value;
  return {
    kind: 'comprehension',
    value,
    variables,
    list,
    ...(condition && { condition }),
    start,
    end: cursor.previousEnd,
  };
}

function subquery(item: Argument): Expression {
  if (item.value.kind !== 'query') return item.value;
  return { kind: 'subquery', query: item.value, start: item.start, end: item.end };
}

/** `{'a': 1}`, `{a: 1}`, `{*}`, `MAP {1: 2}`. */
export function parseObject(cursor: Cursor, start: number, map: boolean): Expression {
  const open = cursor.index;
  cursor.advance();
  if (cursor.is('fn') && cursor.kindAhead(1) === WORD && cursor.syntax.driverEscapes) return parseEscape(cursor, open);
  const entries: ObjectEntry[] = [];
  if (!cursor.is('}')) {
    do entries.push(parseEntry(cursor, map));
    while (cursor.more(open, '}') && !endsEarly(cursor, '}'));
  }
  cursor.close(open, '}');
  return { kind: 'object', map, entries, start, end: cursor.previousEnd };
}

/** `{fn f(x)}` is what the call in it is. */
function parseEscape(cursor: Cursor, open: number): Expression {
  cursor.advance();
  const value = cursor.grammar.expression(cursor);
  cursor.close(open, '}');
  return value;
}

function parseEntry(cursor: Cursor, map: boolean): ObjectEntry {
  const { start } = cursor;
  const star = cursor.syntax.objectStars ? parseEntryStar(cursor) : undefined;
  if (star !== undefined) return { value: star, start, end: cursor.previousEnd };
  const key = parseKey(cursor, map);
  cursor.expect(':');
  const value = cursor.grammar.expression(cursor);
  return { key, value, start, end: cursor.previousEnd };
}

/** `*`, `t.*`, `**spread`. */
function parseEntryStar(cursor: Cursor): Expression | undefined {
  const { start } = cursor;
  if (cursor.is('*')) return parseStar(cursor, [], start);
  if (cursor.accept('**')) return cursor.grammar.expression(cursor);
  if (cursor.kind !== WORD && cursor.kind !== QUOTED) return undefined;
  return cursor.isAhead(1, '.') ? cursor.grammar.expression(cursor) : undefined;
}

function parseKey(cursor: Cursor, map: boolean): Expression | Identifier {
  if (map) return cursor.grammar.expression(cursor);
  if (cursor.kind === STRING) return takeString(cursor);
  if (cursor.kind === QUOTED || cursor.allows(NOT_COLUMN)) return takeIdentifier(cursor);
  cursor.fail('a key');
  return cursor.kind === NUMBER ? cursor.grammar.expression(cursor) : cursor.bad();
}
