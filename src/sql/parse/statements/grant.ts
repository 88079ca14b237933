import { WORD } from '../../lexer/tokens.ts';
import type { Grant, Grantee, GrantObject, Privilege } from '../../statement-tree.ts';
import type { Cursor } from '../cursor.ts';
import { parseName, parseNameList } from '../names.ts';
import { parseSignature } from './alter.ts';
import { acceptOneOf, acceptPhrase, parseList, takeWord, wordAt } from './words.ts';

/** `GRANT … TO …`, `REVOKE … FROM …` */
export function parseGrant(cursor: Cursor): Grant {
  const { start } = cursor;
  const verb = cursor.is('grant') ? 'grant' : 'revoke';
  cursor.advance();
  const optionFor = verb === 'revoke' && acceptPhrase(cursor, 'grant option for');
  const privileges = parseList(cursor, parsePrivilege);
  const on = cursor.accept('on') ? parseGrantObject(cursor) : undefined;
  cursor.expect(verb === 'grant' ? 'to' : 'from');
  const grantees = parseList(cursor, parseGrantee);
  const properties: string[] = [];
  for (let next = acceptProperty(cursor); next !== undefined; next = acceptProperty(cursor)) properties.push(next);
  const parts = { verb, optionFor, privileges, ...(on && { on }), grantees, properties } as const;
  return { kind: 'grant', ...parts, comments: [], start, end: cursor.previousEnd };
}

const grantProperties = ['with grant option', 'copy current grants', 'revoke current grants', 'cascade', 'restrict'];

function acceptProperty(cursor: Cursor): string | undefined {
  return acceptOneOf(cursor, grantProperties);
}

const stops: ReadonlySet<string> = new Set(['on', 'to', 'from']);

/** `select`, `create materialized view`, `select (a, b)`; of roles `role r`. */
function parsePrivilege(cursor: Cursor): Privilege {
  const { start } = cursor;
  const role = acceptOneOf(cursor, ['role', 'database role', 'application role', 'share']);
  if (role !== undefined && !cursor.is('on')) {
    const name = parseName(cursor);
    return { words: role, name, columns: [], start, end: name.end };
  }
  const words: string[] = role === undefined ? [] : [role];
  while (wordAt(cursor) !== '' && !stops.has(wordAt(cursor))) words.push(takeWord(cursor));
  if (words.length === 0) cursor.fail('a privilege');
  // A role that is granted by its name alone.
  const columns = cursor.is('(') ? parseNameList(cursor) : [];
  return { words: words.join(' '), columns, start, end: cursor.previousEnd };
}

function parseGrantObject(cursor: Cursor): GrantObject {
  const { start } = cursor;
  const word = wordAt(cursor);
  const scope = (word === 'all' || word === 'future') && cursor.kindAhead(1) === WORD ? word : undefined;
  if (scope) {
    cursor.advance();
    const object = takeWordsBefore(cursor, (at) => at.is('in'));
    cursor.expect('in');
    const place = parseKind(cursor);
    return { scope, object, names: [], in: place, start, end: cursor.previousEnd };
  }
  if (word === 'account' && stops.has(wordAt(cursor, 1))) {
    cursor.advance();
    return { object: 'account', names: [], start, end: cursor.previousEnd };
  }
  const object = takeObjectWords(cursor);
  const names = [parseName(cursor)];
  const signature = cursor.is('(') ? parseSignature(cursor) : undefined;
  while (cursor.accept(',')) names.push(parseName(cursor));
  return { object, names, ...(signature && { signature }), start, end: cursor.previousEnd };
}

function takeWordsBefore(cursor: Cursor, stop: (cursor: Cursor) => boolean): string {
  const words: string[] = [];
  while (wordAt(cursor) !== '' && !stop(cursor)) words.push(takeWord(cursor));
  return words.join(' ');
}

/** Words before a name: all in a row but the last, which starts the name. */
export function takeObjectWords(cursor: Cursor): string {
  const words: string[] = [];
  while (startsAnother(cursor)) words.push(takeWord(cursor));
  return words.join(' ');
}

/** Whether behind the word here stands a name that it belongs to. */
function startsAnother(cursor: Cursor): boolean {
  if (wordAt(cursor) === '') return false;
  const next = wordAt(cursor, 1);
  const kind = cursor.kindAhead(1);
  if (kind !== WORD) return kind === 2;
  return !stops.has(next) && !endings.has(next);
}

/** Words behind a name. */
const endings: ReadonlySet<string> = new Set([
  'with',
  'copy',
  'revoke',
  'cascade',
  'restrict',
  'starts',
  'limit',
  'like',
  'in',
]);

/** `SCHEMA a.b` */
function parseKind(cursor: Cursor): { readonly object: string; readonly name: Grantee['name'] } {
  const object = takeObjectWords(cursor);
  return { object, name: parseName(cursor) };
}

function parseGrantee(cursor: Cursor): Grantee {
  const { start } = cursor;
  const object = takeObjectWords(cursor);
  const name = parseName(cursor);
  return { object, name, start, end: name.end };
}
