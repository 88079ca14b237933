import type { Delete, Update } from '../../statement-tree.ts';
import type { TableExpression, With } from '../../tree.ts';
import type { Cursor } from '../cursor.ts';
import { parseAssignments } from './assignments.ts';
import { acceptReturning } from './insert.ts';
import { parseList } from './words.ts';

/** `UPDATE t SET a = x FROM s WHERE …` */
export function parseUpdate(cursor: Cursor, common?: With): Update {
  const start = common?.start ?? cursor.start;
  cursor.advance();
  const table = cursor.grammar.table(cursor);
  const fromFirst = cursor.is('from');
  const before = fromFirst ? parseTables(cursor) : [];
  cursor.expect('set');
  const set = parseAssignments(cursor);
  const from = !fromFirst && cursor.is('from') ? parseTables(cursor) : before;
  const where = cursor.accept('where') ? cursor.grammar.expression(cursor) : undefined;
  const returning = acceptReturning(cursor);
  const head = { kind: 'update', ...(common && { with: common }) } as const;
  const parts = { table, set, from, fromFirst, ...(where && { where }), returning };
  return { ...head, ...parts, comments: [], start, end: cursor.previousEnd };
}

/** The word here, and tables with commas between them. */
function parseTables(cursor: Cursor): TableExpression[] {
  cursor.advance();
  return parseList(cursor, (at) => at.grammar.table(at));
}

/** `DELETE FROM t USING s WHERE …` */
export function parseDelete(cursor: Cursor, common?: With): Delete {
  const start = common?.start ?? cursor.start;
  cursor.advance();
  cursor.expect('from');
  const table = cursor.grammar.table(cursor);
  const using = cursor.is('using') ? parseTables(cursor) : [];
  const where = cursor.accept('where') ? cursor.grammar.expression(cursor) : undefined;
  const returning = acceptReturning(cursor);
  const head = { kind: 'delete', ...(common && { with: common }) } as const;
  const parts = { table, using, ...(where && { where }), returning };
  return { ...head, ...parts, comments: [], start, end: cursor.previousEnd };
}
