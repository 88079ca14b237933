import { QUOTED, STRING, WORD } from '../../lexer/tokens.ts';
import type { Describe, Show, Use } from '../../statement-tree.ts';
import type { Name } from '../../tree.ts';
import type { Cursor } from '../cursor.ts';
import { parseName } from '../names.ts';
import { startsQuery } from '../starts.ts';
import { takeString } from '../text.ts';
import { parseSignature } from './alter.ts';
import { expectString } from './columns.ts';
import { takeObjectWords } from './grant.ts';
import { acceptObject, objectAt } from './objects.ts';
import { parseOptions } from './options.ts';
import { acceptOneOf, acceptPhrase, endsAt, parseList, takeWord, wordAt } from './words.ts';

const clauses: ReadonlySet<string> = new Set(['like', 'in', 'from', 'starts', 'limit', 'with']);

/** `SHOW words [name] [LIKE …] [IN …] [STARTS WITH …] [LIMIT … FROM …]` */
export function parseShow(cursor: Cursor): Show {
  const { start } = cursor;
  cursor.advance();
  const { words, name } = parseSubject(cursor);
  const history = (): string => (wordAt(cursor) === 'history' ? ` ${takeWord(cursor)}` : '');
  const like = cursor.accept('like') ? expectString(cursor) : undefined;
  const place = cursor.is('in') || cursor.is('from') ? parsePlace(cursor) : undefined;
  const late = history();
  const startsWith = acceptPhrase(cursor, 'starts with') ? expectString(cursor) : undefined;
  const limit = cursor.accept('limit') ? cursor.grammar.expression(cursor) : undefined;
  const after = cursor.accept('from') ? expectString(cursor) : undefined;
  const privileges = acceptPhrase(cursor, 'with privileges') ? parseList(cursor, parsePrivilege) : [];
  return {
    kind: 'show',
    words: `${words}${late}`,
    ...(name && { name }),
    ...(like && { like }),
    ...(place && { in: place }),
    ...(startsWith && { startsWith }),
    ...(limit && { limit }),
    ...(after && { after }),
    privileges,
    comments: [],
    start,
    end: cursor.previousEnd,
  };
}

function parsePrivilege(cursor: Cursor): string {
  const words: string[] = [];
  while (wordAt(cursor) !== '') words.push(takeWord(cursor));
  if (words.length === 0) cursor.fail('a privilege');
  return words.join(' ');
}

function parseSubject(cursor: Cursor): { readonly words: string; readonly name?: Name } {
  const words: string[] = [];
  let named = false;
  while (cursor.kind === WORD && !cursor.isAhead(1, '.') && !(clauses.has(wordAt(cursor)) && words.length > 0)) {
    // Behind ON, TO and OF stands a name, with what it is before it.
    if (named && (endsAt(cursor, 1) || clauses.has(wordAt(cursor, 1))) && wordAt(cursor) !== 'account') break;
    named ||= ['on', 'to', 'of'].includes(wordAt(cursor));
    words.push(takeWord(cursor));
  }
  const isName = cursor.kind === QUOTED || (cursor.kind === WORD && !clauses.has(wordAt(cursor)));
  const name = isName ? parseName(cursor) : undefined;
  if (words.length === 0 && !name) cursor.fail('what to show: TABLES, VIEWS, SCHEMAS, …', 'tables', 'columns');
  return { words: words.join(' '), ...(name && { name }) };
}

function parsePlace(cursor: Cursor): Show['in'] {
  const word = cursor.is('in') ? 'in' : 'from';
  cursor.advance();
  const alone = ['account', 'database', 'schema', 'table', 'view'].includes(wordAt(cursor));
  if (alone && (endsAt(cursor, 1) || ['starts', 'limit', 'history', 'with'].includes(wordAt(cursor, 1)))) {
    return { word, object: takeWord(cursor) };
  }
  const object = takeObjectWords(cursor);
  return { word, object, name: parseName(cursor) };
}

/** `DESCRIBE [object] name`, `DESCRIBE SELECT …` */
export function parseDescribe(cursor: Cursor): Describe {
  const { start } = cursor;
  const verb = wordAt(cursor) as Describe['verb'];
  cursor.advance();
  const head = { kind: 'describe', verb } as const;
  if (startsQuery(cursor) && !isTableWord(cursor)) {
    const subject = cursor.grammar.query(cursor);
    return { ...head, object: '', subject, options: [], comments: [], start, end: cursor.previousEnd };
  }
  const object = acceptSubjectWords(cursor);
  const isText = cursor.kind === STRING;
  if (cursor.atEnd) return { ...head, object, options: [], comments: [], start, end: cursor.previousEnd };
  const subject = isText ? takeString(cursor) : cursor.is('(') ? cursor.grammar.query(cursor) : parseName(cursor);
  const signature = cursor.is('(') ? parseSignature(cursor) : undefined;
  const options = parseOptions(cursor);
  const parts = { object, subject, ...(signature && { signature }), options };
  return { ...head, ...parts, comments: [], start, end: cursor.previousEnd };
}

/** `DESCRIBE TABLE t` describes a table, not the query `TABLE t`. */
function isTableWord(cursor: Cursor): boolean {
  return cursor.is('table') || cursor.is('show');
}

function acceptSubjectWords(cursor: Cursor): string {
  if (acceptPhrase(cursor, 'result')) return 'result';
  const object = objectAt(cursor);
  if (object === undefined) return '';
  const distance = object.split(' ').length;
  const kind = cursor.kindAhead(distance);
  if (kind !== WORD && kind !== QUOTED && kind !== STRING) return '';
  return acceptObject(cursor) ?? '';
}

/** `USE [ROLE | WAREHOUSE | …] name` */
export function parseUse(cursor: Cursor): Use {
  const { start } = cursor;
  cursor.advance();
  const kinds = ['role', 'warehouse', 'database', 'schema', 'catalog'];
  const object =
    acceptOneOf(cursor, ['secondary roles']) ??
    (kinds.includes(wordAt(cursor)) && !endsAt(cursor, 1) && !cursor.isAhead(1, '.') ? takeWord(cursor) : '');
  const rules = object === 'secondary roles' ? 0 : undefined;
  const names = object === 'secondary roles' ? parseList(cursor, (at) => parseName(at, rules)) : [parseName(cursor)];
  return { kind: 'use', object, names, comments: [], start, end: cursor.previousEnd };
}
