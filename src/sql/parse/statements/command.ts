import { QUOTED, STRING, WORD } from '../../lexer/tokens.ts';
import type { Command, CommandToken } from '../../statement-tree.ts';
import type { Cursor } from '../cursor.ts';
import { parseName, parseNameList } from '../names.ts';
import { parseUnsignedGroup } from './option-values.ts';
import { acceptIf, acceptPhrase, parseList, parseParenthesized, wordAt } from './words.ts';

/** Reads what stands behind the verb of a command, for the sake of its errors. */
type Shape = (cursor: Cursor) => void;

const name: Shape = (cursor) => void parseName(cursor);
const nameIfAny: Shape = (cursor) => void (isName(cursor) && parseName(cursor, 0));

const nameOrText: Shape = (cursor) => {
  if (cursor.kind === STRING) cursor.advance();
  else name(cursor);
};

const text: Shape = (cursor) => {
  if (cursor.kind === STRING) cursor.advance();
  else cursor.fail('a text in quotes');
};

const install: Shape = (cursor) => {
  nameOrText(cursor);
  if (cursor.accept('from')) nameOrText(cursor);
};

const callIfAny: Shape = (cursor) => {
  name(cursor);
  if (cursor.is('(')) parseParenthesized(cursor, (at) => at.grammar.expression(at));
};

/** By their verbs, longer ones first. */
const shapes: Readonly<Record<string, Shape>> = {
  'force install': install,
  'force checkpoint': nameIfAny,
  'export database': (cursor) => {
    if (isName(cursor)) {
      name(cursor);
      cursor.expect('to');
    }
    text(cursor);
    if (cursor.is('(')) parseUnsignedGroup(cursor);
  },
  'import database': text,
  'update extensions': (cursor) => void (cursor.is('(') && parseNameList(cursor)),
  analyze: nameIfAny,
  checkpoint: nameIfAny,
  deallocate: (cursor) => {
    acceptPhrase(cursor, 'prepare');
    name(cursor);
  },
  detach: (cursor) => {
    acceptPhrase(cursor, 'database');
    acceptIf(cursor, 'exists');
    name(cursor);
  },
  install,
  load: nameOrText,
  pragma: (cursor) => {
    name(cursor);
    if (cursor.is('(')) parseParenthesized(cursor, (at) => at.grammar.expression(at));
    else if (cursor.accept('='))
      parseList(cursor, (at) => (at.kind === WORD ? at.advance() : at.grammar.expression(at)));
  },
  vacuum: (cursor) => {
    acceptPhrase(cursor, 'analyze');
    nameIfAny(cursor);
    if (cursor.is('(')) parseNameList(cursor);
  },
  'execute task': (cursor) => {
    name(cursor);
    acceptPhrase(cursor, 'retry last');
  },
  execute: callIfAny,
};

function isName(cursor: Cursor): boolean {
  return cursor.kind === QUOTED || wordAt(cursor) !== '';
}

/** A statement that is kept as its tokens; undefined if none of these starts here. */
export function acceptCommand(cursor: Cursor): Command | undefined {
  const { start } = cursor;
  for (const [verb, shape] of Object.entries(shapes)) {
    if (!cursor.syntax.commands.has(verb) || !acceptPhrase(cursor, verb)) continue;
    const from = cursor.index;
    shape(cursor);
    const tokens = tokensBetween(cursor, from, cursor.index);
    return { kind: 'command', verb, tokens, comments: [], start, end: cursor.previousEnd };
  }
  return undefined;
}

function tokensBetween({ tokens, text: source }: Cursor, from: number, to: number): CommandToken[] {
  const { starts, ends } = tokens;
  const found: CommandToken[] = [];
  for (let index = from; index < to; index++) {
    const [start, end] = [starts[index]!, ends[index]!];
    found.push({ text: source.slice(start, end), spaced: start > (ends[index - 1] ?? 0), start, end });
  }
  return found;
}

/** The tokens from here to the end of the statement, as written. */
export function takeTokens(cursor: Cursor): CommandToken[] {
  const from = cursor.index;
  cursor.skipStatement();
  return tokensBetween(cursor, from, cursor.index);
}
