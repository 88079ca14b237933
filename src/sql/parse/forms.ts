import { precedence } from '../dialect.ts';
import { NOT_COLUMN } from '../lexer/compiled.ts';
import { STRING } from '../lexer/tokens.ts';
import type { Argument, Call, Expression } from '../tree.ts';
import type { Cursor } from './cursor.ts';
import { parseIdentifier, takeIdentifier } from './names.ts';
import { takeString } from './text.ts';

/** What stands between the parentheses of a call that has words between its arguments. */
interface Inside {
  readonly arguments: readonly Argument[];
  readonly trimSide?: 'leading' | 'trailing' | 'both';
}

/**
 * The call at the cursor, read by `parse` between the parentheses; undefined, and back at the name, where these have
 * none of the words of the `syntax`.
 */
function parseForm(
  cursor: Cursor,
  syntax: NonNullable<Call['syntax']>,
  parse: (cursor: Cursor) => Inside | undefined,
): Call | undefined {
  if (!cursor.isAhead(1, '(')) return undefined;
  const at = cursor.index;
  const part = takeIdentifier(cursor);
  const open = cursor.index;
  cursor.advance();
  const inside = parse(cursor);
  if (inside === undefined) {
    cursor.jumpTo(at);
    return undefined;
  }
  cursor.close(open, ')');
  const { start } = part;
  const name = { kind: 'name' as const, parts: [part], start, end: part.end };
  return { kind: 'call', name, syntax, ...inside, start, end: cursor.previousEnd };
}

function argument(value: Expression): Argument {
  return { value, start: value.start, end: value.end };
}

/** `EXTRACT(day FROM x)` */
export function parseExtract(cursor: Cursor): Call | undefined {
  return cursor.isAhead(3, 'from') ? parseForm(cursor, 'extract', extractInside) : undefined;
}

function extractInside(cursor: Cursor): Inside {
  const part = cursor.kind === STRING ? takeString(cursor) : columnOf(cursor);
  cursor.expect('from');
  const value = cursor.grammar.expression(cursor);
  return { arguments: [argument(part), argument(value)] };
}

function columnOf(cursor: Cursor): Expression {
  const part = parseIdentifier(cursor, NOT_COLUMN, 'a part of a date');
  return { kind: 'column', parts: [part], start: part.start, end: part.end };
}

/** Whether a lexeme stands inside the parentheses that open at a distance of 1, not inside others. */
function holds(cursor: Cursor, lexeme: 'from' | 'for' | 'in' | 'placing'): boolean {
  const open = cursor.index + 1;
  const close = cursor.partnerOf(open);
  const { partners } = cursor.tokens;
  for (let index = open + 1; index < close; index = Math.max(index, partners[index]!) + 1) {
    if (cursor.isAhead(index - cursor.index, lexeme)) return true;
  }
  return false;
}

/** `TRIM(BOTH 'x' FROM y)`, `TRIM('x' FROM y)`, `TRIM(LEADING FROM y)`. */
export function parseTrim(cursor: Cursor): Call | undefined {
  const side = cursor.wordAhead(2);
  const sided = side === 'leading' || side === 'trailing' || side === 'both';
  return (sided && !cursor.isAhead(3, ')')) || holds(cursor, 'from')
    ? parseForm(cursor, 'trim', trimInside)
    : undefined;
}

function trimInside(cursor: Cursor): Inside {
  const { word } = cursor;
  const side = word === 'leading' || word === 'trailing' || word === 'both' ? word : undefined;
  if (side !== undefined) cursor.advance();
  const trimSide = side === undefined ? {} : { trimSide: side };
  if (cursor.accept('from')) return { arguments: [argument(cursor.grammar.expression(cursor))], ...trimSide };
  const first = cursor.grammar.expression(cursor);
  if (cursor.accept(',')) {
    return { arguments: [argument(first), argument(cursor.grammar.expression(cursor))], ...trimSide };
  }
  if (!cursor.accept('from')) return { arguments: [argument(first)], ...trimSide };
  return { arguments: [argument(first), argument(cursor.grammar.expression(cursor))], ...trimSide };
}

/** `SUBSTRING(x FROM 1 FOR 2)` */
export function parseSubstring(cursor: Cursor): Call | undefined {
  if (!cursor.isAhead(1, '(')) return undefined;
  return holds(cursor, 'from') || holds(cursor, 'for') ? parseForm(cursor, 'substring', substringInside) : undefined;
}

function substringInside(cursor: Cursor): Inside {
  const items = [argument(cursor.grammar.expression(cursor))];
  if (cursor.accept('from')) items.push(argument(cursor.grammar.expression(cursor)));
  else items.push({ value: { kind: 'number', text: '1', start: -1, end: -1 }, start: -1, end: -1 });
  if (cursor.accept('for')) items.push(argument(cursor.grammar.expression(cursor)));
  return { arguments: items };
}

/** `POSITION(a IN b)` */
export function parsePosition(cursor: Cursor): Call | undefined {
  return cursor.isAhead(1, '(') && holds(cursor, 'in') ? parseForm(cursor, 'position', positionInside) : undefined;
}

function positionInside(cursor: Cursor): Inside | undefined {
  const needle = cursor.grammar.expression(cursor, precedence.matching + 1);
  if (!cursor.accept('in')) return undefined;
  return { arguments: [argument(needle), argument(cursor.grammar.expression(cursor))] };
}

/** `OVERLAY(x PLACING y FROM 1 FOR 2)` */
export function parseOverlay(cursor: Cursor): Call | undefined {
  return cursor.isAhead(1, '(') && holds(cursor, 'placing') ? parseForm(cursor, 'overlay', overlayInside) : undefined;
}

function overlayInside(cursor: Cursor): Inside {
  const items = [argument(cursor.grammar.expression(cursor))];
  cursor.expect('placing');
  items.push(argument(cursor.grammar.expression(cursor)));
  cursor.expect('from');
  items.push(argument(cursor.grammar.expression(cursor)));
  if (cursor.accept('for')) items.push(argument(cursor.grammar.expression(cursor)));
  return { arguments: items };
}
