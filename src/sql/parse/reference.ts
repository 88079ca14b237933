import { STRING, VARIABLE, WORD } from '../lexer/tokens.ts';
import type { Expression, Identifier } from '../tree.ts';
import { parseArguments } from './call.ts';
import type { Cursor } from './cursor.ts';
import { parseNextPart, takeIdentifier } from './names.ts';
import { parseStar } from './star.ts';
import { takeString } from './text.ts';
import { parseDataType } from './type.ts';

/**
 * What starts with a name: a column, a call, a method's call on a column, `t.*`, `t.$1`, or a type before a text. The
 * caller has made sure that the word can be a name.
 */
export function parseReference(cursor: Cursor): Expression {
  const { start } = cursor;
  const first = takeIdentifier(cursor);
  if (cursor.word === '.') return parseDotted(cursor, first);
  if (cursor.word === '(') {
    if (isOuterMark(cursor)) return outerColumn(cursor, [first]);
    const typed = cursor.syntax.typedLiterals === 'any' ? typedCall(cursor, first) : undefined;
    if (typed !== undefined) return typed;
    const name = { kind: 'name' as const, parts: [first], start, end: first.end };
    return parseArguments(cursor, name, start);
  }
  if (isInstance(cursor)) return instanceCall(cursor, [first]);
  if (cursor.kind === STRING && isTypeName(cursor, first)) return typedLiteral(cursor, first);
  return { kind: 'column', parts: [first], start, end: first.end };
}

function parseDotted(cursor: Cursor, first: Identifier): Expression {
  const { start } = first;
  const parts = [first];
  while (cursor.word === '.') {
    const next = cursor.wordAhead(1);
    if (next === '*') {
      cursor.advance();
      return parseStar(cursor, parts, start);
    }
    if (cursor.kindAhead(1) === VARIABLE) return qualifiedPosition(cursor, first);
    if (next === '[') break;
    parts.push(parseNextPart(cursor));
  }
  const end = cursor.previousEnd;
  if (isInstance(cursor)) return instanceCall(cursor, parts);
  if (cursor.word !== '(') return { kind: 'column', parts, start, end };
  if (isOuterMark(cursor)) return outerColumn(cursor, parts);
  return parseArguments(cursor, { kind: 'name', parts, start, end }, start);
}

function isInstance(cursor: Cursor): boolean {
  return cursor.word === '!' && cursor.syntax.instanceMethods && cursor.kindAhead(1) === WORD && cursor.isAhead(2, '(');
}

/** `model!predict(x)` */
function instanceCall(cursor: Cursor, model: readonly Identifier[]): Expression {
  const { start } = model[0]!;
  cursor.advance();
  const parts = [...model, takeIdentifier(cursor)];
  return {
    ...parseArguments(cursor, { kind: 'name', parts, start, end: cursor.previousEnd }, start),
    syntax: 'instance',
  };
}

/** `DECIMAL(4, 2) '1'`: what looks like a call is a type where a text stands behind it. */
function typedCall(cursor: Cursor, name: Identifier): Expression | undefined {
  const partner = cursor.partnerOf(cursor.index);
  if (partner === 0 || cursor.tokens.kinds[partner + 1] !== STRING) return undefined;
  cursor.jumpTo(cursor.index - 1);
  const type = parseDataType(cursor);
  const value = takeString(cursor);
  return { kind: 'typed-literal', type, value, start: name.start, end: value.end };
}

/** `t.$1` */
function qualifiedPosition(cursor: Cursor, qualifier: Identifier): Expression {
  cursor.advance();
  const position = Number(cursor.text.slice(cursor.start + 1, cursor.end));
  if (!Number.isInteger(position)) cursor.fail('the position of a column');
  cursor.advance();
  return { kind: 'positional-column', qualifier, position, start: qualifier.start, end: cursor.previousEnd };
}

function isOuterMark(cursor: Cursor): boolean {
  return cursor.syntax.outerMarks && cursor.isAhead(1, '+') && cursor.isAhead(2, ')');
}

function outerColumn(cursor: Cursor, parts: readonly Identifier[]): Expression {
  cursor.jumpTo(cursor.index + 3);
  return { kind: 'column', parts, outer: true, start: parts[0]!.start, end: cursor.previousEnd };
}

function isTypeName(cursor: Cursor, name: Identifier): boolean {
  const { typedLiterals } = cursor.syntax;
  if (typedLiterals === 'any') return true;
  return !name.quoted && typedLiterals.has(name.text.toLowerCase());
}

function typedLiteral(cursor: Cursor, name: Identifier): Expression {
  const { start, end } = name;
  const text = name.quoted ? name.text : name.text.toLowerCase();
  const value = takeString(cursor);
  const type = { kind: 'data-type' as const, name: text, parameters: [], dimensions: [], start, end };
  return { kind: 'typed-literal', type, value, start, end: value.end };
}
