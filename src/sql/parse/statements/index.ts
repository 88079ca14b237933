import type { Statement } from '../../statement-tree.ts';
import type { With } from '../../tree.ts';
import type { Cursor } from '../cursor.ts';
import { startsQuery } from '../starts.ts';
import { parseWith } from '../with.ts';
import { parseAlter } from './alter.ts';
import { acceptCommand } from './command.ts';
import { parseCopy } from './copy.ts';
import { parseCreate } from './create.ts';
import { parseDrop, parseTruncate, parseUndrop } from './drop.ts';
import { parseAttach, parseExecute, parseExplain, parsePrepare, parseTransfer } from './execute.ts';
import { parseGrant } from './grant.ts';
import { parseInsert } from './insert.ts';
import { parseMerge } from './merge.ts';
import { parseCall, parseCommentOn, parseSet, parseTransaction, parseUnset } from './session.ts';
import { parseDescribe, parseShow, parseUse } from './show.ts';
import { parseDelete, parseUpdate } from './update.ts';
import { wordAt } from './words.ts';

type Parser = (cursor: Cursor) => Statement | undefined;

/** By the first word. */
const parsers: Readonly<Record<string, Parser>> = {
  abort: parseTransaction,
  alter: (cursor) => parseAlter(cursor, parseInner),
  attach: parseAttach,
  begin: parseTransaction,
  call: parseCall,
  comment: parseCommentOn,
  commit: parseTransaction,
  copy: parseCopy,
  create: (cursor) => parseCreate(cursor, parseInner),
  delete: (cursor) => parseDelete(cursor),
  desc: parseDescribe,
  describe: parseDescribe,
  drop: parseDrop,
  end: parseTransaction,
  execute: parseExecute,
  explain: (cursor) => parseExplain(cursor, parseInner),
  get: parseTransfer,
  grant: parseGrant,
  insert: (cursor) => parseInsert(cursor),
  list: parseTransfer,
  ls: parseTransfer,
  merge: (cursor) => parseMerge(cursor),
  prepare: (cursor) => parsePrepare(cursor, parseInner),
  put: parseTransfer,
  remove: parseTransfer,
  reset: parseUnset,
  revoke: parseGrant,
  rm: parseTransfer,
  rollback: parseTransaction,
  set: parseSet,
  show: parseShow,
  start: parseTransaction,
  summarize: parseDescribe,
  truncate: parseTruncate,
  undrop: parseUndrop,
  unset: parseUnset,
  update: (cursor) => parseUpdate(cursor),
  use: parseUse,
};

/**
 * Reads the statement at the cursor up to its end or to what does not belong to it. Undefined if no statement but perhaps
 * a query starts here, or if it cannot be told what the statement is; that is reported. Comments are the caller's.
 */
export function parseStatement(cursor: Cursor): Statement | undefined {
  const word = wordAt(cursor);
  if (word === 'with') return parseWithStatement(cursor);
  return Object.hasOwn(parsers, word) ? parsers[word]?.(cursor) : acceptCommand(cursor);
}

/** A statement inside another. */
function parseInner(cursor: Cursor): Statement {
  const { start } = cursor;
  if (!cursor.enter()) return { kind: 'bad-statement', comments: [], start, end: start };
  const statement = parseInnerStatement(cursor);
  cursor.leave();
  return statement;
}

function parseInnerStatement(cursor: Cursor): Statement {
  const { start } = cursor;
  const statement = parseStatement(cursor);
  if (statement) return statement;
  if (startsQuery(cursor) || cursor.is('(')) {
    const query = cursor.grammar.query(cursor);
    return { kind: 'query-statement', query, comments: [], start, end: query.end };
  }
  cursor.fail('a statement', 'select', 'insert', 'update', 'delete', 'merge', 'call');
  return { kind: 'bad-statement', comments: [], start, end: start };
}

const behindWith: Readonly<Record<string, (cursor: Cursor, common: With) => Statement>> = {
  insert: parseInsert,
  update: parseUpdate,
  delete: parseDelete,
  merge: parseMerge,
};

/** `WITH … INSERT`, and its kin; undefined for a query. */
function parseWithStatement(cursor: Cursor): Statement | undefined {
  const verb = wordBehindWith(cursor);
  if (!Object.hasOwn(behindWith, verb)) return undefined;
  const common = parseWith(cursor);
  return behindWith[verb]?.(cursor, common);
}

/** The word behind all tables of the WITH here. */
function wordBehindWith(cursor: Cursor): string {
  let distance = 1;
  if (wordAt(cursor, distance) === 'recursive') distance++;
  for (;;) {
    while (!cursor.isAhead(distance, '(') && cursor.kindAhead(distance) !== 0) distance++;
    const partner = cursor.partnerOf(cursor.index + distance);
    if (!partner) return '';
    distance = partner - cursor.index + 1;
    const word = wordAt(cursor, distance);
    if (cursor.isAhead(distance, ',') || ['as', 'using', 'not', 'materialized'].includes(word)) distance++;
    else return word;
  }
}
