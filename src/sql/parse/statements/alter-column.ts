import { NOT_COLUMN } from '../../lexer/compiled.ts';
import { QUOTED, STRING } from '../../lexer/tokens.ts';
import type { AlterColumns, ColumnChange, ColumnChangeDetail } from '../../statement-tree.ts';
import type { Cursor } from '../cursor.ts';
import { parseName, parseNameList } from '../names.ts';
import { takeString } from '../text.ts';
import { expectString, parseDefault, parseTags } from './columns.ts';
import { acceptPhrase, parseList, parseParenthesized, wordAt } from './words.ts';

/** Whether ALTER or MODIFY here changes columns: not so for `MODIFY AS` and `MODIFY WHEN` of tasks. */
export function startsAlterColumns(cursor: Cursor): boolean {
  const next = wordAt(cursor, 1);
  if (cursor.isAhead(1, '(') || cursor.kindAhead(1) === QUOTED) return true;
  return next !== '' && next !== 'as' && next !== 'when' && next !== 'add' && next !== 'remove';
}

/** `ALTER [COLUMN] a SET NOT NULL, COLUMN b DROP DEFAULT` */
export function parseAlterColumns(cursor: Cursor): AlterColumns {
  const { start } = cursor;
  const verb = cursor.is('alter') ? 'alter' : 'modify';
  cursor.advance();
  const parentheses = cursor.is('(');
  const changes = parentheses ? parseParenthesized(cursor, parseChange) : [parseChange(cursor)];
  while (!parentheses && cursor.is(',') && !['add', 'drop', 'alter', 'rename'].includes(wordAt(cursor, 1))) {
    cursor.advance();
    changes.push(parseChange(cursor));
  }
  return { kind: 'alter-columns', verb, parentheses, changes, start, end: cursor.previousEnd };
}

function parseChange(cursor: Cursor): ColumnChange {
  const { start } = cursor;
  const word = acceptPhrase(cursor, 'column');
  const name = parseName(cursor, NOT_COLUMN, 'a column');
  const change = parseDetail(cursor);
  return { word, name, change, start, end: cursor.previousEnd };
}

function parseDetail(cursor: Cursor): ColumnChangeDetail {
  const { start } = cursor;
  const place = (): { start: number; end: number } => ({ start, end: cursor.previousEnd });
  for (const verb of ['set', 'drop'] as const) {
    if (acceptPhrase(cursor, `${verb} not null`)) return { kind: 'nullability', verb, ...place() };
  }
  if (acceptPhrase(cursor, 'not null')) return { kind: 'nullability', ...place() };
  if (acceptPhrase(cursor, 'drop default')) return { kind: 'drop-default', ...place() };
  if (acceptPhrase(cursor, 'set default')) {
    const value = parseDefault(cursor);
    return { kind: 'set-default', value, ...place() };
  }
  if (wordAt(cursor) === 'comment' && cursor.kindAhead(1) === STRING) {
    cursor.advance();
    const text = expectString(cursor);
    return { kind: 'comment', text, ...place() };
  }
  if (acceptPhrase(cursor, 'unset comment')) return { kind: 'unset-comment', ...place() };
  return parsePolicy(cursor) ?? parseTagChange(cursor) ?? parseTypeChange(cursor);
}

function parsePolicy(cursor: Cursor): ColumnChangeDetail | undefined {
  const { start } = cursor;
  const verb = wordAt(cursor);
  const policy = wordAt(cursor, 1);
  if ((verb !== 'set' && verb !== 'unset') || wordAt(cursor, 2) !== 'policy') return undefined;
  cursor.jumpTo(cursor.index + 3);
  if (verb === 'unset') return { kind: 'unset-policy', policy, start, end: cursor.previousEnd };
  const name = parseName(cursor);
  const using = cursor.accept('using') ? parseNameList(cursor) : [];
  const force = acceptPhrase(cursor, 'force');
  return { kind: 'set-policy', policy, name, using, force, start, end: cursor.previousEnd };
}

function parseTagChange(cursor: Cursor): ColumnChangeDetail | undefined {
  const { start } = cursor;
  if (acceptPhrase(cursor, 'set tag')) {
    const tags = parseTags(cursor);
    return { kind: 'set-tags', tags, start, end: cursor.previousEnd };
  }
  if (!acceptPhrase(cursor, 'unset tag')) return undefined;
  const tags = parseList(cursor, (at) => parseName(at, 0));
  return { kind: 'unset-tags', tags, start, end: cursor.previousEnd };
}

/** `[SET DATA] TYPE t [COLLATE c] [USING x]`, or the type alone. */
function parseTypeChange(cursor: Cursor): ColumnChangeDetail {
  const { start } = cursor;
  const words = ['set data type', 'set type', 'type'].find((phrase) => acceptPhrase(cursor, phrase)) ?? '';
  if (words === '') {
    if (cursor.accept('set')) cursor.fail('NOT NULL, DEFAULT or DATA TYPE', 'not', 'default', 'type');
    else if (wordAt(cursor) === '' || cursor.is('drop')) cursor.fail('SET or DROP, or a type', 'set', 'drop', 'type');
  }
  const type = cursor.grammar.type(cursor);
  const collation = cursor.accept('collate')
    ? cursor.kind === STRING
      ? takeString(cursor)
      : parseName(cursor, 0, 'a collation')
    : undefined;
  const using = cursor.accept('using') ? cursor.grammar.expression(cursor) : undefined;
  const parts = { ...(collation && { collation }), ...(using && { using }) };
  return { kind: 'set-type', words, type, ...parts, start, end: cursor.previousEnd };
}
