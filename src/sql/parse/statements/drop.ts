import type { Drop, Truncate, Undrop } from '../../statement-tree.ts';
import type { Cursor } from '../cursor.ts';
import { parseName } from '../names.ts';
import { parseSignature } from './alter.ts';
import { acceptObject, parseObject } from './objects.ts';
import { acceptIf, acceptPhrase, parseList, wordAt } from './words.ts';

/** `DROP object [IF EXISTS] a, b [CASCADE | RESTRICT]` */
export function parseDrop(cursor: Cursor): Drop | undefined {
  const { start } = cursor;
  cursor.advance();
  const word = acceptPhrase(cursor, 'persistent')
    ? 'persistent '
    : acceptPhrase(cursor, 'temporary')
      ? 'temporary '
      : '';
  const found = parseObject(cursor);
  if (found === undefined) return undefined;
  const ifExists = acceptIf(cursor, 'exists');
  const names = parseList(cursor, (at) => parseName(at));
  const signature = cursor.is('(') ? parseSignature(cursor) : undefined;
  const ending = wordAt(cursor);
  const behaviour = ending === 'cascade' || ending === 'restrict' ? (ending as Drop['behaviour']) : undefined;
  if (behaviour) cursor.advance();
  const parts = { ...(signature && { signature }), ...(behaviour && { behaviour }) };
  const place = { start, end: cursor.previousEnd };
  return { kind: 'drop', object: `${word}${found}`, ifExists, names, ...parts, comments: [], ...place };
}

/** `UNDROP object a [RENAME TO b]` */
export function parseUndrop(cursor: Cursor): Undrop | undefined {
  const { start } = cursor;
  cursor.advance();
  const object = parseObject(cursor);
  if (object === undefined) return undefined;
  const name = parseName(cursor);
  const renameTo = acceptPhrase(cursor, 'rename to') ? parseName(cursor) : undefined;
  const parts = { object, name, ...(renameTo && { renameTo }) };
  return { kind: 'undrop', ...parts, comments: [], start, end: cursor.previousEnd };
}

/** `TRUNCATE [TABLE] [IF EXISTS] t` */
export function parseTruncate(cursor: Cursor): Truncate {
  const { start } = cursor;
  cursor.advance();
  const object = acceptObject(cursor) ?? '';
  const ifExists = acceptIf(cursor, 'exists');
  const name = parseName(cursor);
  return { kind: 'truncate', object, ifExists, name, comments: [], start, end: name.end };
}
