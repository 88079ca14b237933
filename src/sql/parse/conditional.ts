import type { Case, CaseBranch, Cast, Expression } from '../tree.ts';
import type { Cursor } from './cursor.ts';
import { startsQuery } from './starts.ts';
import { parseDataType } from './type.ts';

/** `CASE [x] WHEN … THEN … [ELSE …] END` */
export function parseCaseExpression(cursor: Cursor): Case | undefined {
  const { start } = cursor;
  if (cursor.isAhead(1, '.') || cursor.isAhead(1, ',') || cursor.isAhead(1, ')')) return undefined;
  cursor.advance();
  const operand = cursor.word === 'when' ? undefined : cursor.grammar.expression(cursor);
  const branches: CaseBranch[] = [];
  if (!cursor.is('when')) cursor.fail('WHEN', 'when');
  while (cursor.is('when')) branches.push(parseBranch(cursor));
  const otherwise = cursor.accept('else') ? cursor.grammar.expression(cursor) : undefined;
  if (!cursor.accept('end')) {
    cursor.fail(otherwise === undefined ? 'WHEN, ELSE or END' : 'END', 'end', 'when', 'else');
  }
  const end = cursor.previousEnd;
  return { kind: 'case', ...(operand && { operand }), branches, ...(otherwise && { otherwise }), start, end };
}

function parseBranch(cursor: Cursor): CaseBranch {
  const { start } = cursor;
  cursor.advance();
  const when = cursor.grammar.expression(cursor);
  if (!cursor.accept('then')) cursor.fail('THEN', 'then');
  const then = cursor.grammar.expression(cursor);
  return { when, then, start, end: then.end };
}

/** `CAST(x AS t)`, `TRY_CAST(x AS t)`; written as an ordinary call, it is none of ours. */
export function parseCastCall(cursor: Cursor): Cast | undefined {
  if (!cursor.isAhead(1, '(')) return undefined;
  const { start } = cursor;
  const syntax = cursor.word as 'cast' | 'try_cast';
  cursor.advance();
  const open = cursor.index;
  cursor.advance();
  const operand = cursor.grammar.expression(cursor);
  cursor.expect('as');
  const type = parseDataType(cursor);
  const format = cursor.syntax.castModifiers && cursor.accept('format') ? cursor.grammar.expression(cursor) : undefined;
  const modifiers = cursor.syntax.castModifiers ? parseModifiers(cursor) : [];
  cursor.close(open, ')');
  const rest = { ...(format && { format }), ...(modifiers.length > 0 && { modifiers }) };
  return { kind: 'cast', syntax, operand, type, ...rest, start, end: cursor.previousEnd };
}

function parseModifiers(cursor: Cursor): string[] {
  const modifiers: string[] = [];
  while (cursor.is('rename') || cursor.is('add')) {
    const word = cursor.word;
    cursor.advance();
    cursor.expect('fields');
    modifiers.push(`${word} fields`);
    cursor.accept(',');
  }
  return modifiers;
}

/** `EXISTS (SELECT …)` */
export function parseExists(cursor: Cursor): Expression | undefined {
  const { start } = cursor;
  if (!cursor.isAhead(1, '(') || !(startsQuery(cursor, 2) || cursor.isAhead(2, '('))) return undefined;
  cursor.advance();
  const open = cursor.index;
  cursor.advance();
  const query = cursor.grammar.query(cursor);
  cursor.close(open, ')');
  return { kind: 'exists', query, start, end: cursor.previousEnd };
}
