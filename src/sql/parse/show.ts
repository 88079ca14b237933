import { NOT_TABLE } from '../lexer/compiled.ts';
import type { QueryBody, ShowQuery } from '../tree.ts';
import type { Cursor } from './cursor.ts';
import { parseName } from './names.ts';
import { startsQuery } from './starts.ts';

/** `TABLE t` */
export function parseTableQuery(cursor: Cursor): QueryBody {
  const { start } = cursor;
  cursor.advance();
  const name = parseName(cursor, NOT_TABLE, 'a table');
  return { kind: 'table-query', name, start, end: cursor.previousEnd };
}

/** `DESCRIBE t`, `SHOW TABLES`, `SUMMARIZE SELECT …`. */
export function parseShow(cursor: Cursor): ShowQuery {
  const { start, word } = cursor;
  const verb = word === 'desc' ? 'describe' : (word as 'describe' | 'show' | 'summarize');
  cursor.advance();
  if (cursor.acceptAll('all', 'tables')) return { kind: 'show-query', verb, start, end: cursor.previousEnd };
  if (cursor.atEnd || cursor.is(')')) return { kind: 'show-query', verb, start, end: cursor.previousEnd };
  const subject = startsQuery(cursor) || cursor.is('(') ? cursor.grammar.query(cursor) : parseName(cursor, NOT_TABLE);
  return { kind: 'show-query', verb, subject, start, end: cursor.previousEnd };
}
