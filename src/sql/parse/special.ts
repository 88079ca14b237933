import { NOT_COLUMN } from '../lexer/compiled.ts';
import type { Lexeme } from '../lexer/lexicon.ts';
import type { Expression } from '../tree.ts';
import { parseArray, parseObject } from './bracket.ts';
import { parseArguments } from './call.ts';
import { parseCaseExpression, parseCastCall, parseExists } from './conditional.ts';
import type { Cursor } from './cursor.ts';
import { parseExtract, parseOverlay, parsePosition, parseSubstring, parseTrim } from './forms.ts';
import { parseInterval, parseLongTypedLiteral } from './literal.ts';
import { parseName, takeIdentifier } from './names.ts';
import { parseRow } from './parenthesis.ts';
import { startsQuery } from './starts.ts';

/** Reads what a word starts, or gives undefined if it is an ordinary name here. */
type Form = (cursor: Cursor) => Expression | undefined;

/** The words that start something of their own. */
export const specialForms: ReadonlyMap<Lexeme, Form> = new Map<Lexeme, Form>([
  ['null', constant],
  ['true', constant],
  ['false', constant],
  ['default', parseDefault],
  ['case', parseCaseExpression],
  ['cast', parseCastCall],
  ['try_cast', parseCastCall],
  ['exists', parseExists],
  ['interval', parseInterval],
  ['extract', parseExtract],
  ['date_part', parseExtract],
  ['trim', parseTrim],
  ['substring', parseSubstring],
  ['substr', parseSubstring],
  ['position', parsePosition],
  ['overlay', parseOverlay],
  ['array', parseArrayWord],
  ['map', parseMapWord],
  ['row', parseRow],
  ['identifier', parseIdentifierCall],
  ['double', parseLongTypedLiteral],
  ['timestamp', parseLongTypedLiteral],
  ['time', parseLongTypedLiteral],
  ['decimal', parseLongTypedLiteral],
  ['numeric', parseLongTypedLiteral],
  ['varchar', parseLongTypedLiteral],
  ['char', parseLongTypedLiteral],
  ['character', parseLongTypedLiteral],
  ['national', parseLongTypedLiteral],
  ['struct', parseLongTypedLiteral],
  ['map', parseMapWord],
  ['integer', parseLongTypedLiteral],
  ['int', parseLongTypedLiteral],
  ['bigint', parseLongTypedLiteral],
  ['current_date', parseBare],
  ['current_time', parseBare],
  ['current_timestamp', parseBare],
  ['current_user', parseBare],
  ['current_role', parseBare],
  ['current_schema', parseBare],
  ['current_catalog', parseBare],
  ['session_user', parseBare],
  ['user', parseBare],
  ['localtime', parseBare],
  ['localtimestamp', parseBare],
  ['sysdate', parseBare],
]);

function constant(cursor: Cursor): Expression | undefined {
  const { word, start, end } = cursor;
  if (cursor.isAhead(1, '.')) return undefined;
  cursor.advance();
  return word === 'null' ? { kind: 'null', start, end } : { kind: 'boolean', value: word === 'true', start, end };
}

function parseDefault(cursor: Cursor): Expression | undefined {
  const next = cursor.wordAhead(1);
  if (next === '(' || next === '.') return undefined;
  const { start, end } = cursor;
  cursor.advance();
  return { kind: 'default', start, end };
}

/** `CURRENT_DATE` and its kin; with parentheses they are ordinary calls. */
function parseBare(cursor: Cursor): Expression | undefined {
  const next = cursor.wordAhead(1);
  if (next === '(' || next === '.' || !cursor.syntax.bareFunctions.has(cursor.word)) return undefined;
  const part = takeIdentifier(cursor);
  const place = { start: part.start, end: part.end };
  return { kind: 'call', name: { kind: 'name', parts: [part], ...place }, arguments: [], syntax: 'bare', ...place };
}

/** `ARRAY[a, b]` */
function parseArrayWord(cursor: Cursor): Expression | undefined {
  const { start } = cursor;
  if (!cursor.syntax.arrayKeyword) return undefined;
  const query = cursor.isAhead(1, '(') && (startsQuery(cursor, 2) || cursor.isAhead(2, '('));
  if (!query && !cursor.isAhead(1, '[')) return undefined;
  if (query) {
    const part = takeIdentifier(cursor);
    return parseArguments(cursor, { kind: 'name', parts: [part], start, end: part.end }, start);
  }
  cursor.advance();
  return parseArray(cursor, start, true);
}

/** `MAP {k: v}` */
function parseMapWord(cursor: Cursor): Expression | undefined {
  if (!cursor.syntax.mapBraces || !cursor.isAhead(1, '{')) return undefined;
  const { start } = cursor;
  cursor.advance();
  return parseObject(cursor, start, true);
}

/** `IDENTIFIER('a')` as a column, `IDENTIFIER('f')(x)` as a call. */
function parseIdentifierCall(cursor: Cursor): Expression | undefined {
  if (!cursor.syntax.identifierFunction || !cursor.isAhead(1, '(')) return undefined;
  const { start } = cursor;
  const name = parseName(cursor, NOT_COLUMN);
  if (cursor.is('(')) return parseArguments(cursor, name, start);
  const part = { kind: 'identifier' as const, text: 'IDENTIFIER', quoted: false, start, end: start + 10 };
  const value = name.dynamic ?? cursor.bad();
  const place = { start, end: name.end };
  const callee = { kind: 'name' as const, parts: [part], start, end: part.end };
  return { kind: 'call', name: callee, arguments: [{ value, start: value.start, end: value.end }], ...place };
}
