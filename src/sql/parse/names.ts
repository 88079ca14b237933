import { NOT_COLUMN, NOT_TABLE } from '../lexer/compiled.ts';
import { QUOTED, STRING, WORD } from '../lexer/tokens.ts';
import type { Identifier, Name } from '../tree.ts';
import type { Cursor } from './cursor.ts';
import { parseStringValue, takeString } from './text.ts';

/**
 * One part of a name at the current token: a quoted name, or a word that `rules` (bits of lexer/compiled.ts) do not forbid. Reports otherwise
 * that `expected` was expected, and gives an empty name.
 */
export function parseIdentifier(cursor: Cursor, rules = NOT_TABLE, expected = 'a name'): Identifier {
  return acceptIdentifier(cursor, rules) ?? missingIdentifier(cursor, expected);
}

/** A string in place of a name, as in `select 1 as 'one'`; undefined if none stands here, or the dialect has no such names. */
export function acceptStringName(cursor: Cursor): Identifier | undefined {
  if (cursor.kind !== STRING || !cursor.syntax.stringAliases) return undefined;
  const { value, start, end } = takeString(cursor);
  return { kind: 'identifier', text: value, quoted: true, start, end };
}

/** As {@link parseIdentifier}, but undefined if no name stands here. */
export function acceptIdentifier(cursor: Cursor, rules = NOT_TABLE): Identifier | undefined {
  return cursor.kind === QUOTED || cursor.allows(rules) ? takeIdentifier(cursor) : undefined;
}

/** The current token, which is known to be a word or a quoted name, as a name. */
export function takeIdentifier(cursor: Cursor): Identifier {
  const { start, end } = cursor;
  const quoted = cursor.kind === QUOTED;
  const text = quoted ? unquote(cursor.text, start, end) : cursor.text.slice(start, end);
  if (text === '') cursor.failWith('sql/expected', 'A name cannot be empty');
  cursor.advance();
  return { kind: 'identifier', text, quoted, start, end };
}

function unquote(text: string, start: number, end: number): string {
  const inner = text.slice(start + 1, end - 1);
  return inner.includes('"') ? inner.replaceAll('""', '"') : inner;
}

function missingIdentifier(cursor: Cursor, expected: string): Identifier {
  if (cursor.kind === WORD && cursor.word !== '') cursor.failAtWord(expected);
  else cursor.fail(expected);
  return { kind: 'identifier', text: '', quoted: false, start: cursor.start, end: cursor.start };
}

/** Any word or quoted name: what may stand behind a point. */
export function parseMember(cursor: Cursor): Identifier {
  return cursor.kind === WORD || cursor.kind === QUOTED ? takeIdentifier(cursor) : missingIdentifier(cursor, 'a name');
}

/** A dotted name: `a`, `a.b`, `a.b.c`, `a..c`, `IDENTIFIER('a.b')`. */
export function parseName(cursor: Cursor, rules = NOT_TABLE, expected = 'a name'): Name {
  if (cursor.is('identifier') && cursor.isAhead(1, '(') && cursor.syntax.identifierFunction) return dynamicName(cursor);
  const { start } = cursor;
  const parts = [parseIdentifier(cursor, rules, expected)];
  while (cursor.is('.')) parts.push(parseNextPart(cursor));
  return { kind: 'name', parts, start, end: cursor.previousEnd };
}

/** A point and what follows it; the part left out of `a..b` is an empty name. */
export function parseNextPart(cursor: Cursor): Identifier {
  cursor.advance();
  if (cursor.is('.')) return { kind: 'identifier', text: '', quoted: false, start: cursor.start, end: cursor.start };
  return parseMember(cursor);
}

function dynamicName(cursor: Cursor): Name {
  const { start } = cursor;
  cursor.advance();
  cursor.advance();
  const text = cursor.kind === STRING ? parseStringValue(cursor.text, cursor.start, cursor.end, cursor.syntax) : '';
  const from = cursor.start;
  const dynamic = cursor.grammar.expression(cursor);
  const simple = dynamic.kind === 'string' && text !== '';
  const parts = simple ? splitName(text, from, cursor.previousEnd) : [];
  cursor.expect(')');
  while (cursor.is('.')) parts.push(parseNextPart(cursor));
  return { kind: 'name', parts, dynamic, start, end: cursor.previousEnd };
}

function splitName(text: string, start: number, end: number): Identifier[] {
  const parts = text.match(/"(?:[^"]|"")*"|[^.]+/g) ?? [];
  return parts.map((part) => {
    const quoted = part.startsWith('"');
    return { kind: 'identifier', text: quoted ? part.slice(1, -1).replaceAll('""', '"') : part, quoted, start, end };
  });
}

/** `(a, b, c)` */
export function parseNameList(cursor: Cursor, rules = NOT_COLUMN): Identifier[] {
  const names: Identifier[] = [];
  if (!cursor.expect('(')) return names;
  do names.push(parseIdentifier(cursor, rules, 'a name'));
  while (cursor.accept(','));
  cursor.expect(')');
  return names;
}
