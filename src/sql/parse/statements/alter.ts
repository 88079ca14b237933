import type { Alter, AlterAction } from '../../statement-tree.ts';
import type { DataType } from '../../tree.ts';
import type { Cursor } from '../cursor.ts';
import { parseName } from '../names.ts';
import { startsQuery } from '../starts.ts';
import { parseAlterColumns, startsAlterColumns } from './alter-column.ts';
import { parseAdd, parseDropPart, parseRename } from './alter-parts.ts';
import { parseAlterWords } from './alter-words.ts';
import { parseTags } from './columns.ts';
import type { InnerParser } from './inner.ts';
import { parseObject } from './objects.ts';
import { parseOptions } from './options.ts';
import { acceptIf, acceptPhrase, parseList, parseParenthesized, phraseAt, takeWord, wordAt } from './words.ts';

/** `ALTER object [IF EXISTS] name action, …` */
export function parseAlter(cursor: Cursor, inner: InnerParser): Alter | undefined {
  const { start } = cursor;
  cursor.advance();
  const object = parseObject(cursor);
  if (object === undefined) return undefined;
  const ifExists = acceptIf(cursor, 'exists');
  const nameless = object === 'session' || (object === 'account' && (cursor.is('set') || cursor.is('unset')));
  const name = nameless ? undefined : parseName(cursor);
  const signature = cursor.is('(') ? parseSignature(cursor) : undefined;
  const actions = [parseAction(cursor, inner)];
  while (cursor.accept(',')) actions.push(parseAction(cursor, inner));
  const parts = { object, ifExists, ...(name && { name }), ...(signature && { signature }), actions };
  return { kind: 'alter', ...parts, comments: [], start, end: cursor.previousEnd };
}

/** `(NUMBER, VARCHAR)` */
export function parseSignature(cursor: Cursor): DataType[] {
  return parseParenthesized(cursor, (at) => at.grammar.type(at));
}

function parseAction(cursor: Cursor, inner: InnerParser): AlterAction {
  switch (wordAt(cursor)) {
    case 'add':
      return parseAdd(cursor);
    case 'drop':
      return parseDropPart(cursor);
    case 'rename':
      return parseRename(cursor);
    case 'alter':
    case 'modify':
      if (startsAlterColumns(cursor)) return parseAlterColumns(cursor);
      return parseModify(cursor, inner);
    case 'as':
      return parseReplaceQuery(cursor, 'as', inner);
    case 'set':
      return parseSet(cursor);
    case 'unset':
      return parseUnset(cursor);
    case 'swap':
      return parseSwap(cursor);
    case 'cluster':
      if (phraseAt(cursor, 'cluster by') > 0) return parseClusterBy(cursor);
      break;
  }
  return parseAlterWords(cursor);
}

/** `MODIFY AS …`, `MODIFY WHEN …` of a task. */
function parseModify(cursor: Cursor, inner: InnerParser): AlterAction {
  const { start } = cursor;
  if (phraseAt(cursor, 'modify as') > 0) {
    cursor.advance();
    return parseReplaceQuery(cursor, 'modify as', inner, start);
  }
  if (phraseAt(cursor, 'modify when') === 0) return parseAlterWords(cursor);
  cursor.jumpTo(cursor.index + 2);
  const condition = cursor.grammar.expression(cursor);
  return { kind: 'modify-when', condition, start, end: condition.end };
}

function parseReplaceQuery(cursor: Cursor, words: string, inner: InnerParser, from?: number): AlterAction {
  const start = from ?? cursor.start;
  cursor.advance();
  if (!startsQuery(cursor) && !cursor.is('(') && words === 'as') cursor.fail('SELECT', 'select', 'with');
  const body = inner(cursor);
  return { kind: 'replace-query', words, body, start, end: cursor.previousEnd };
}

function parseSet(cursor: Cursor): AlterAction {
  const { start } = cursor;
  if (acceptPhrase(cursor, 'set tag')) {
    const tags = parseTags(cursor);
    return { kind: 'set-tags', tags, start, end: cursor.previousEnd };
  }
  if (acceptPhrase(cursor, 'set body')) {
    cursor.expect('->');
    const body = cursor.grammar.expression(cursor);
    return { kind: 'replace-body', body, start, end: body.end };
  }
  if (cursor.isAhead(2, '=') || phraseAt(cursor, 'set comment') > 0) return parseSetOptions(cursor);
  return parseAlterWords(cursor);
}

function parseSetOptions(cursor: Cursor): AlterAction {
  const { start } = cursor;
  cursor.advance();
  const from = cursor.index;
  const options = parseOptions(cursor);
  const [first, second] = options;
  const commas = first !== undefined && second !== undefined && hasComma(cursor, from, second.start);
  return { kind: 'set', options, commas, start, end: cursor.previousEnd };
}

/** Whether a comma stands between the tokens from an index on and an offset, outside of brackets. */
function hasComma(cursor: Cursor, from: number, offset: number): boolean {
  const { starts } = cursor.tokens;
  for (let index = from; starts[index]! < offset; index = Math.max(index, cursor.partnerOf(index)) + 1) {
    if (cursor.isAhead(index - cursor.index, ',')) return true;
  }
  return false;
}

function parseUnset(cursor: Cursor): AlterAction {
  const { start } = cursor;
  cursor.advance();
  if (acceptPhrase(cursor, 'tag')) {
    const tags = parseList(cursor, (at) => parseName(at, 0));
    return { kind: 'unset-tags', tags, start, end: cursor.previousEnd };
  }
  const names = parseList(cursor, (at) => {
    const words: string[] = [];
    while (wordAt(at) !== '') words.push(takeWord(at));
    if (words.length === 0) at.fail('the name of an option');
    return words.join(' ');
  });
  return { kind: 'unset', names, start, end: cursor.previousEnd };
}

function parseSwap(cursor: Cursor): AlterAction {
  const { start } = cursor;
  cursor.advance();
  cursor.expect('with');
  const other = parseName(cursor);
  return { kind: 'swap', with: other, start, end: other.end };
}

function parseClusterBy(cursor: Cursor): AlterAction {
  const { start } = cursor;
  cursor.jumpTo(cursor.index + 2);
  const columns = parseParenthesized(cursor, (at) => at.grammar.expression(at));
  return { kind: 'cluster-by', columns, start, end: cursor.previousEnd };
}
