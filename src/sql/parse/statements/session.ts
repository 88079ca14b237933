import { NOT_COLUMN } from '../../lexer/compiled.ts';
import { WORD } from '../../lexer/tokens.ts';
import type { CallStatement, CommentOn, SetStatement, Statement, Transaction, Unset } from '../../statement-tree.ts';
import type { Expression } from '../../tree.ts';
import type { Cursor } from '../cursor.ts';
import { parseIdentifier, parseName, takeIdentifier } from '../names.ts';
import { parseSignature } from './alter.ts';
import { expectString } from './columns.ts';
import { parseObject } from './objects.ts';
import {
  acceptIf,
  acceptOneOf,
  acceptPhrase,
  endsAt,
  parseList,
  parseParenthesized,
  takeWord,
  wordAt,
} from './words.ts';

/** `SET a = 1`, `SET (a, b) = (1, 2)`, `SET VARIABLE a = 1` */
export function parseSet(cursor: Cursor): SetStatement {
  const { start } = cursor;
  cursor.advance();
  const scope = acceptScope(cursor);
  const parentheses = cursor.is('(');
  const names = parentheses ? parseParenthesized(cursor, (at) => parseName(at)) : [parseName(cursor)];
  const sign = cursor.is('to') ? 'to' : '=';
  if (!cursor.accept('to')) cursor.expect('=');
  const values = parentheses ? parseParenthesized(cursor, (at) => at.grammar.expression(at)) : parseValues(cursor);
  const parts = { scope, names, sign, values, parentheses } as const;
  return { kind: 'set', ...parts, comments: [], start, end: cursor.previousEnd };
}

const scopes = ['variable', 'session', 'global', 'local'];

function acceptScope(cursor: Cursor): string {
  return scopes.includes(wordAt(cursor)) && cursor.kindAhead(1) !== 5 && !endsAt(cursor, 1) ? takeWord(cursor) : '';
}

function parseValues(cursor: Cursor): Expression[] {
  return parseList(cursor, (at) => {
    // A setting may be one of a few words that are reserved elsewhere.
    const isWord = at.kind === WORD && (at.allows(NOT_COLUMN) || at.is('on') || at.is('default'));
    if (!isWord || !endsAt(at, 1) || at.is('null') || at.is('true') || at.is('false')) return at.grammar.expression(at);
    const part = takeIdentifier(at);
    return { kind: 'column', parts: [part], start: part.start, end: part.end };
  });
}

/** `UNSET a`, `UNSET (a, b)`, `RESET SESSION a` */
export function parseUnset(cursor: Cursor): Unset {
  const { start } = cursor;
  const verb = wordAt(cursor) === 'reset' ? 'reset' : 'unset';
  cursor.advance();
  const scope = acceptScope(cursor);
  const parentheses = cursor.is('(');
  const names = parentheses ? parseParenthesized(cursor, (at) => parseName(at)) : [parseName(cursor)];
  return { kind: 'unset', verb, scope, names, parentheses, comments: [], start, end: cursor.previousEnd };
}

/** `CALL f(…) [INTO :v]` */
export function parseCall(cursor: Cursor): Statement {
  const { start } = cursor;
  cursor.advance();
  const { start: from } = cursor;
  const call = cursor.grammar.expression(cursor);
  if (call.kind !== 'call') {
    if (!cursor.failed) cursor.report('sql/expected', 'Expected the call of a procedure', from, call.end);
    return { kind: 'bad-statement', comments: [], start, end: cursor.previousEnd };
  }
  const into = cursor.accept('into') ? cursor.grammar.expression(cursor) : undefined;
  const place = { start, end: cursor.previousEnd };
  return { kind: 'call-statement', call, ...(into && { into }), comments: [], ...place } satisfies CallStatement;
}

/** `BEGIN`, `START TRANSACTION`, `COMMIT`, `ROLLBACK` */
export function parseTransaction(cursor: Cursor): Transaction {
  const { start } = cursor;
  const action = wordAt(cursor) as Transaction['action'];
  cursor.advance();
  const words = acceptOneOf(cursor, ['transaction read only', 'transaction read write', 'transaction', 'work']) ?? '';
  if (action === 'start' && words === '') cursor.fail('TRANSACTION', 'transaction');
  const opens = action === 'begin' || action === 'start';
  const name = opens && acceptPhrase(cursor, 'name') ? parseIdentifier(cursor) : undefined;
  const parts = { action, words, ...(name && { name }) };
  return { kind: 'transaction', ...parts, comments: [], start, end: cursor.previousEnd };
}

/** `COMMENT [IF EXISTS] ON object name IS '…'` */
export function parseCommentOn(cursor: Cursor): CommentOn | undefined {
  const { start } = cursor;
  cursor.advance();
  const ifExists = acceptIf(cursor, 'exists');
  cursor.expect('on');
  const object = parseObject(cursor);
  if (object === undefined) return undefined;
  const name = parseName(cursor);
  const signature = cursor.is('(') ? parseSignature(cursor) : undefined;
  cursor.expect('is');
  const text = cursor.is('null') ? cursor.grammar.expression(cursor) : expectString(cursor);
  const parts = { ifExists, object, name, ...(signature && { signature }), text };
  return { kind: 'comment-on', ...parts, comments: [], start, end: cursor.previousEnd };
}
