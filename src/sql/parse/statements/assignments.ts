import { NOT_COLUMN } from '../../lexer/compiled.ts';
import type { Assignment } from '../../statement-tree.ts';
import type { Column } from '../../tree.ts';
import type { Cursor } from '../cursor.ts';
import { parseName } from '../names.ts';
import { parseList, parseParenthesized } from './words.ts';

/** `a = x, t.b = y, (c, d) = (1, 2)` */
export function parseAssignments(cursor: Cursor): Assignment[] {
  return parseList(cursor, parseAssignment);
}

function parseAssignment(cursor: Cursor): Assignment {
  const { start } = cursor;
  const target = cursor.is('(') ? parseParenthesized(cursor, parseColumn) : parseColumn(cursor);
  cursor.expect('=');
  const value = cursor.grammar.expression(cursor);
  return { kind: 'assignment', target, value, start, end: value.end };
}

/** A column, with its table or without. */
export function parseColumn(cursor: Cursor): Column {
  const { parts, start, end } = parseName(cursor, NOT_COLUMN, 'a column');
  return { kind: 'column', parts, start, end };
}
