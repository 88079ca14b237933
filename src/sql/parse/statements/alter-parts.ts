import { NOT_COLUMN } from '../../lexer/compiled.ts';
import type { AddColumns, AlterAction, DropConstraint } from '../../statement-tree.ts';
import type { Cursor } from '../cursor.ts';
import { parseIdentifier, parseName, parseNameList } from '../names.ts';
import { parseAlterWords } from './alter-words.ts';
import { parseColumnDefinition } from './columns.ts';
import { parseTableConstraint, startsTableConstraint } from './constraints.ts';
import { acceptIf, acceptPhrase, parseParenthesized, phraseAt, wordAt } from './words.ts';

const notColumns = [
  'row access policy',
  'aggregation policy',
  'join policy',
  'search optimization',
  'partition',
  'files',
];

function isOther(cursor: Cursor): boolean {
  return notColumns.some((phrase) => phraseAt(cursor, phrase, 1) > 0);
}

/** `ADD COLUMN …`, `ADD CONSTRAINT …` */
export function parseAdd(cursor: Cursor): AlterAction {
  const { start } = cursor;
  if (isOther(cursor)) return parseAlterWords(cursor);
  cursor.advance();
  if (!startsTableConstraint(cursor)) return parseAddColumns(cursor, start);
  const constraint = parseTableConstraint(cursor);
  return { kind: 'add-constraint', constraint, start, end: cursor.previousEnd };
}

function parseAddColumns(cursor: Cursor, start: number): AddColumns {
  const word = wordAt(cursor) === 'column' && !cursor.isAhead(1, ',');
  if (word) cursor.advance();
  const parentheses = cursor.is('(');
  const columns = parentheses ? parseParenthesized(cursor, parseAddColumn) : [parseAddColumn(cursor)];
  while (!parentheses && cursor.is(',') && !startsAction(cursor)) {
    cursor.advance();
    columns.push(parseAddColumn(cursor));
  }
  return { kind: 'add-columns', word, columns, parentheses, start, end: cursor.previousEnd };
}

/** Whether the comma here is followed by another action rather than by another column. */
function startsAction(cursor: Cursor): boolean {
  return ['add', 'drop', 'alter', 'modify', 'rename'].includes(wordAt(cursor, 1));
}

function parseAddColumn(cursor: Cursor): AddColumns['columns'][number] {
  const ifNotExists = acceptIf(cursor, 'not exists');
  const definition = parseColumnDefinition(cursor);
  if (definition.type === undefined && !definition.attributes.some(({ kind }) => kind === 'generated')) {
    cursor.fail('a type');
  }
  return { ifNotExists, definition };
}

function acceptBehaviour(cursor: Cursor): { readonly behaviour?: 'cascade' | 'restrict' } {
  const word = wordAt(cursor);
  if (word !== 'cascade' && word !== 'restrict') return {};
  cursor.advance();
  return { behaviour: word };
}

/** `DROP COLUMN …`, `DROP CONSTRAINT …` */
export function parseDropPart(cursor: Cursor): AlterAction {
  const { start } = cursor;
  if (isOther(cursor) || phraseAt(cursor, 'all row', 1) > 0 || phraseAt(cursor, 'clustering key', 1) > 0) {
    return parseAlterWords(cursor);
  }
  cursor.advance();
  const type = (['constraint', 'primary key', 'foreign key', 'unique'] as const).find((phrase) =>
    acceptPhrase(cursor, phrase),
  );
  if (type) return parseDropConstraint(cursor, type, start);
  const word = acceptPhrase(cursor, 'column');
  const ifExists = acceptIf(cursor, 'exists');
  const columns = [parseName(cursor, NOT_COLUMN, 'a column')];
  while (cursor.is(',') && !startsAction(cursor)) {
    cursor.advance();
    columns.push(parseName(cursor, NOT_COLUMN, 'a column'));
  }
  const behaviour = acceptBehaviour(cursor);
  return { kind: 'drop-columns', word, ifExists, columns, ...behaviour, start, end: cursor.previousEnd };
}

function parseDropConstraint(cursor: Cursor, type: DropConstraint['type'], start: number): DropConstraint {
  const ifExists = acceptIf(cursor, 'exists');
  const name = type === 'constraint' ? parseIdentifier(cursor, NOT_COLUMN, 'a constraint') : undefined;
  const columns = cursor.is('(') ? parseNameList(cursor) : [];
  const behaviour = acceptBehaviour(cursor);
  const parts = { type, ifExists, ...(name && { name }), columns, ...behaviour };
  return { kind: 'drop-constraint', ...parts, start, end: cursor.previousEnd };
}

/** `RENAME TO …`, `RENAME COLUMN … TO …` */
export function parseRename(cursor: Cursor): AlterAction {
  const { start } = cursor;
  cursor.advance();
  if (cursor.accept('to')) {
    const to = parseName(cursor);
    return { kind: 'rename', to, start, end: to.end };
  }
  const word = acceptPhrase(cursor, 'column');
  const ifExists = acceptIf(cursor, 'exists');
  const from = parseName(cursor, NOT_COLUMN, word ? 'a column' : 'TO');
  cursor.expect('to');
  const to = parseIdentifier(cursor, NOT_COLUMN, 'a column');
  return { kind: 'rename-column', ifExists, word, from, to, start, end: to.end };
}
