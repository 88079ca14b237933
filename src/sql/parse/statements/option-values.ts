import { precedence } from '../../dialect.ts';
import { NUMBER, QUOTED, STAGE, STRING, WORD } from '../../lexer/tokens.ts';
import type { Option, OptionGroup, OptionList, OptionValue } from '../../statement-tree.ts';
import type { Expression } from '../../tree.ts';
import type { Cursor } from '../cursor.ts';
import { parseName, takeIdentifier } from '../names.ts';
import { takeString } from '../text.ts';
import { parseParenthesized, takeWord, wordAt } from './words.ts';

/** The value behind a sign: a text, a number, a word, a name, a stage, or several of them in parentheses. */
export function parseOptionValue(cursor: Cursor): OptionValue {
  const { start } = cursor;
  switch (cursor.kind) {
    case STRING:
      return takeString(cursor);
    case STAGE: {
      const location = cursor.written();
      cursor.advance();
      return { kind: 'stage-location', location, start, end: cursor.previousEnd };
    }
    case WORD:
    case QUOTED:
      return parseWordValue(cursor);
    default:
      if (cursor.is('(')) return isGroup(cursor) ? parseGroup(cursor) : parseValueList(cursor);
      return parseTight(cursor);
  }
}

/** An expression without operators around it, other than a sign. */
function parseTight(cursor: Cursor): Expression {
  return cursor.grammar.expression(cursor, precedence.sign + 1);
}

function parseWordValue(cursor: Cursor): OptionValue {
  const { start } = cursor;
  const word = cursor.kind === WORD ? wordAt(cursor) : '';
  const isCall = cursor.isAhead(1, '(') && word !== 'identifier';
  if (word === 'true' || word === 'false' || isCall) return parseTight(cursor);
  const name = parseName(cursor, 0);
  // `SKIP_FILE_10%` is one word.
  const [part] = name.parts;
  if (!cursor.is('%') || cursor.start !== cursor.previousEnd || !part) return name;
  cursor.advance();
  const end = cursor.previousEnd;
  return { kind: 'name', parts: [{ ...part, text: `${part.text}%`, end }], start, end };
}

/** Whether `(name = …` stands here. */
function isGroup(cursor: Cursor): boolean {
  const kind = cursor.kindAhead(1);
  if (kind !== WORD && kind !== QUOTED && kind !== STRING) return false;
  let distance = 2;
  while (cursor.isAhead(distance, '.')) distance += 2;
  return cursor.isAhead(distance, '=') || cursor.isAhead(distance, '=>');
}

function parseValueList(cursor: Cursor): OptionList {
  const { start } = cursor;
  const items = parseParenthesized(cursor, parseOptionValue);
  return { kind: 'option-list', items, start, end: cursor.previousEnd };
}

/** `(name = value name = value)` */
export function parseGroup(cursor: Cursor): OptionGroup {
  const open = cursor.index;
  const { start } = cursor;
  const options: Option[] = [];
  let commas = false;
  cursor.expect('(');
  while (!cursor.is(')') && !cursor.atEnd && !cursor.failed) {
    options.push(parseMember(cursor));
    if (cursor.accept(',')) commas = true;
  }
  cursor.close(open, ')');
  return { kind: 'option-group', options, commas, start, end: cursor.previousEnd };
}

function parseMember(cursor: Cursor): Option {
  const { start } = cursor;
  const name = takeKey(cursor);
  if (!cursor.is('=') && !cursor.is('=>')) {
    cursor.fail("'='");
    return { kind: 'option', name, sign: '', start, end: cursor.previousEnd };
  }
  const sign = cursor.word as '=' | '=>';
  cursor.advance();
  return { kind: 'option', name, sign, value: parseOptionValue(cursor), start, end: cursor.previousEnd };
}

/** The name of an option: lower case, or as written if it is quoted or has points. */
export function takeKey(cursor: Cursor): string {
  if (cursor.kind !== WORD && cursor.kind !== QUOTED && cursor.kind !== STRING) {
    cursor.fail('the name of an option');
    return '';
  }
  const { start } = cursor;
  if (cursor.kind === WORD && !cursor.isAhead(1, '.')) return takeWord(cursor);
  cursor.advance();
  while (cursor.accept('.')) if (cursor.kind === WORD || cursor.kind === QUOTED) takeIdentifier(cursor);
  return cursor.text.slice(start, cursor.previousEnd);
}

/** `(FORMAT csv, HEADER, COLUMNS (a, b))`: names and values without signs. */
export function parseUnsignedGroup(cursor: Cursor): OptionGroup {
  const { start } = cursor;
  const options = parseParenthesized(cursor, parseUnsigned);
  return { kind: 'option-group', options, commas: true, start, end: cursor.previousEnd };
}

function parseUnsigned(cursor: Cursor): Option {
  const { start } = cursor;
  const name = takeKey(cursor);
  if (cursor.is(',') || cursor.is(')')) return { kind: 'option', name, sign: '', start, end: cursor.previousEnd };
  const sign = cursor.accept('=') ? '=' : '';
  const value = parseUnsignedValue(cursor);
  return { kind: 'option', name, sign, value, start, end: cursor.previousEnd };
}

function parseUnsignedValue(cursor: Cursor): OptionValue {
  const ends = cursor.isAhead(1, ',') || cursor.isAhead(1, ')');
  if (cursor.kind === STRING || cursor.kind === NUMBER || (cursor.kind === WORD && ends))
    return parseOptionValue(cursor);
  return cursor.is('(') ? parseValueList(cursor) : cursor.grammar.expression(cursor);
}
