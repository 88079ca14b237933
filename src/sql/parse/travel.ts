import { WORD } from '../lexer/tokens.ts';
import type { Changes, Expression, TimeTravel } from '../tree.ts';
import type { Cursor } from './cursor.ts';

const points: ReadonlySet<string> = new Set(['timestamp', 'offset', 'statement', 'stream', 'version']);

/** Whether `AT (TIMESTAMP => …)` or its kin stands here, and not an alias with columns. */
export function startsTravel(cursor: Cursor): boolean {
  const { word } = cursor;
  if (word !== 'at' && word !== 'before' && word !== 'end') return false;
  if (word === 'at' ? !cursor.syntax.timeTravel : !cursor.syntax.beforeTravel) return false;
  if (!cursor.isAhead(1, '(') || cursor.kindAhead(2) !== WORD) return false;
  return cursor.isAhead(3, '=>') || points.has(cursor.text.slice(...placeAhead(cursor, 2)).toLowerCase());
}

function placeAhead(cursor: Cursor, distance: number): [number, number] {
  return [cursor.tokens.starts[cursor.index + distance]!, cursor.tokens.ends[cursor.index + distance]!];
}

/** `AT (TIMESTAMP => x)`, `BEFORE (STATEMENT => id)`, `END (…)`. */
export function parseTravel(cursor: Cursor): TimeTravel {
  const { start } = cursor;
  const when = cursor.word as TimeTravel['when'];
  cursor.advance();
  const open = cursor.index;
  cursor.advance();
  const by = cursor.lowerWritten();
  if (!points.has(by))
    cursor.fail('TIMESTAMP, OFFSET, STATEMENT or STREAM', 'timestamp', 'offset', 'statement', 'stream');
  cursor.advance();
  cursor.expect('=>');
  const value: Expression = cursor.grammar.expression(cursor);
  cursor.close(open, ')');
  return { when, by, value, start, end: cursor.previousEnd };
}

/** `CHANGES (INFORMATION => DEFAULT) AT (…) [END (…)]` */
export function parseChanges(cursor: Cursor): Changes {
  const { start } = cursor;
  cursor.advance();
  const open = cursor.index;
  cursor.advance();
  cursor.expect('information');
  cursor.expect('=>');
  const information = cursor.lowerWritten();
  cursor.advance();
  cursor.close(open, ')');
  const from = startsTravel(cursor) ? parseTravel(cursor) : missingTravel(cursor);
  const to = cursor.is('end') && startsTravel(cursor) ? parseTravel(cursor) : undefined;
  return { information, from, ...(to && { to }), start, end: cursor.previousEnd };
}

function missingTravel(cursor: Cursor): TimeTravel {
  cursor.fail('AT or BEFORE', 'at', 'before');
  return { when: 'at', by: '', value: cursor.bad(), start: cursor.start, end: cursor.start };
}
