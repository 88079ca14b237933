import { NOT_COLUMN } from '../../lexer/compiled.ts';
import { STRING } from '../../lexer/tokens.ts';
import type { Constraint, TableConstraint } from '../../statement-tree.ts';
import type { Identifier } from '../../tree.ts';
import type { Cursor } from '../cursor.ts';
import { parseIdentifier, parseName, parseNameList } from '../names.ts';
import { takeString } from '../text.ts';
import { acceptOneOf, acceptPhrase, expectPhrase, phraseAt, wordAt } from './words.ts';

/** Whether a constraint stands here where a column could. */
export function startsTableConstraint(cursor: Cursor): boolean {
  const word = wordAt(cursor);
  if (word === 'unique' || word === 'check') return cursor.isAhead(1, '(');
  return word === 'constraint' || phraseAt(cursor, 'primary key') > 0 || phraseAt(cursor, 'foreign key') > 0;
}

export function parseTableConstraint(cursor: Cursor): TableConstraint {
  const { start } = cursor;
  const constraint = acceptConstraint(cursor, true) ?? missing(cursor);
  const hasComment = wordAt(cursor) === 'comment' && cursor.kindAhead(1) === STRING;
  if (hasComment) cursor.advance();
  const comment = hasComment ? takeString(cursor) : undefined;
  return { kind: 'table-constraint', constraint, ...(comment && { comment }), start, end: cursor.previousEnd };
}

function missing(cursor: Cursor): Constraint {
  cursor.fail('a constraint', 'primary', 'unique', 'foreign');
  return { kind: 'constraint', type: 'check', columns: [], properties: [], start: cursor.start, end: cursor.start };
}

/** A constraint of a column, or of a table with `columns`; undefined if none stands here. */
export function acceptConstraint(cursor: Cursor, columns: boolean): Constraint | undefined {
  const { start } = cursor;
  const named = cursor.is('constraint');
  if (named) cursor.advance();
  const name = named ? parseIdentifier(cursor, NOT_COLUMN, 'the name of the constraint') : undefined;
  const body = parseBody(cursor, columns);
  if (body === undefined) {
    if (named) cursor.fail('PRIMARY KEY, UNIQUE, FOREIGN KEY or CHECK', 'primary', 'unique', 'foreign');
    return undefined;
  }
  const properties = parseProperties(cursor);
  return { kind: 'constraint', ...(name && { name }), ...body, properties, start, end: cursor.previousEnd };
}

type Body = Pick<Constraint, 'type' | 'columns' | 'references' | 'condition'>;

function parseBody(cursor: Cursor, table: boolean): Body | undefined {
  const columns = (): Identifier[] => (table ? parseNameList(cursor) : []);
  if (acceptPhrase(cursor, 'primary key')) return { type: 'primary key', columns: columns() };
  if (acceptPhrase(cursor, 'unique')) return { type: 'unique', columns: columns() };
  if (acceptPhrase(cursor, 'foreign key')) {
    const own = columns();
    expectPhrase(cursor, 'references');
    return { type: 'foreign key', columns: own, references: parseReference(cursor) };
  }
  if (acceptPhrase(cursor, 'references')) {
    return { type: 'references', columns: [], references: parseReference(cursor) };
  }
  if (wordAt(cursor) !== 'check' || !cursor.isAhead(1, '(')) return undefined;
  cursor.advance();
  const open = cursor.index;
  cursor.advance();
  const condition = cursor.grammar.expression(cursor);
  cursor.close(open, ')');
  return { type: 'check', columns: [], condition };
}

function parseReference(cursor: Cursor): NonNullable<Constraint['references']> {
  const table = parseName(cursor);
  return { table, columns: cursor.is('(') ? parseNameList(cursor) : [] };
}

const actions = ['cascade', 'set null', 'set default', 'restrict', 'no action'];

const properties = [
  'not enforced',
  'enforced',
  'not deferrable',
  'deferrable',
  'initially deferred',
  'initially immediate',
  'enable',
  'disable',
  'validate',
  'novalidate',
  'rely',
  'norely',
  'match full',
  'match partial',
  'match simple',
  ...['on delete', 'on update'].flatMap((event) => actions.map((action) => `${event} ${action}`)),
];

function parseProperties(cursor: Cursor): string[] {
  const found: string[] = [];
  for (let next = acceptOneOf(cursor, properties); next !== undefined; next = acceptOneOf(cursor, properties)) {
    found.push(next);
  }
  return found;
}
