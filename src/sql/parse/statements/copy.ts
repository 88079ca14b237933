import { STAGE, STRING } from '../../lexer/tokens.ts';
import type { Copy, CopyInto, OptionGroup, StageLocation } from '../../statement-tree.ts';
import type { Expression, Identifier, Name, Query, StringLiteral } from '../../tree.ts';
import type { Cursor } from '../cursor.ts';
import { acceptIdentifier, parseIdentifier, parseName, parseNameList } from '../names.ts';
import { startsQuery } from '../starts.ts';
import { takeString } from '../text.ts';
import { parseUnsignedGroup } from './option-values.ts';
import { parseOptions } from './options.ts';
import { acceptPhrase, wordAt } from './words.ts';

/** `COPY INTO …`, or without INTO the other kind. */
export function parseCopy(cursor: Cursor): Copy | CopyInto {
  return cursor.isAhead(1, 'into') ? parseCopyInto(cursor) : parseCopyFile(cursor);
}

/** `COPY INTO t (a, b) FROM @s …`, `COPY INTO @s FROM t …` */
export function parseCopyInto(cursor: Cursor): CopyInto {
  const { start } = cursor;
  cursor.expect('copy');
  cursor.expect('into');
  const into = parseLocation(cursor);
  const columns = cursor.is('(') ? parseNameList(cursor) : [];
  const options = parseOptions(cursor);
  const from = cursor.accept('from') ? parseSource(cursor) : undefined;
  const fromAlias = from ? parseAlias(cursor) : undefined;
  options.push(...parseOptions(cursor));
  const parts = { ...(from && { from }), ...(fromAlias && { fromAlias }) };
  return { kind: 'copy-into', into, columns, ...parts, options, comments: [], start, end: cursor.previousEnd };
}

function parseLocation(cursor: Cursor): Name | StageLocation | StringLiteral {
  const { start, end } = cursor;
  if (cursor.kind === STRING) return takeString(cursor);
  if (cursor.kind !== STAGE) return parseName(cursor, undefined, 'a table or a stage');
  const location = cursor.written();
  cursor.advance();
  return { kind: 'stage-location', location, start, end };
}

function parseSource(cursor: Cursor): NonNullable<CopyInto['from']> {
  if (!cursor.is('(')) return parseLocation(cursor);
  const open = cursor.index;
  cursor.advance();
  const query = cursor.grammar.query(cursor);
  cursor.close(open, ')');
  return query;
}

/** An alias, but not the name of an option. */
function parseAlias(cursor: Cursor): Identifier | undefined {
  if (cursor.accept('as')) return parseIdentifier(cursor, undefined, 'an alias');
  return cursor.isAhead(1, '=') || acceptsNone(cursor) ? undefined : acceptIdentifier(cursor);
}

function acceptsNone(cursor: Cursor): boolean {
  return wordAt(cursor) === 'partition' || cursor.is('with');
}

/** `COPY t (a, b) FROM 'file' (…)`, `COPY (SELECT …) TO 'file'`, `COPY FROM DATABASE a TO b` */
function parseCopyFile(cursor: Cursor): Copy {
  const { start } = cursor;
  cursor.advance();
  if (acceptPhrase(cursor, 'from database')) return parseCopyDatabase(cursor, start);
  const subject = parseSubject(cursor);
  const columns = subject.kind === 'name' && cursor.is('(') ? parseNameList(cursor) : [];
  const direction = cursor.is('from') ? 'from' : 'to';
  if (!cursor.accept('from') && !cursor.accept('to')) cursor.fail('FROM or TO', 'from', 'to');
  const file = parseFile(cursor);
  const { isPrefixed, options } = parseCopyOptions(cursor);
  const parts = { subject, columns, direction, file, with: isPrefixed, ...(options && { options }) } as const;
  return { kind: 'copy', ...parts, comments: [], start, end: cursor.previousEnd };
}

function parseCopyDatabase(cursor: Cursor, start: number): Copy {
  const database = parseName(cursor);
  cursor.expect('to');
  const file = parseName(cursor);
  const { isPrefixed, options } = parseCopyOptions(cursor);
  const parts = { direction: 'to', file, with: isPrefixed, ...(options && { options }) } as const;
  return { kind: 'copy', subject: { database }, columns: [], ...parts, comments: [], start, end: cursor.previousEnd };
}

function parseSubject(cursor: Cursor): Name | Query {
  if (!cursor.is('(') || !(startsQuery(cursor, 1) || cursor.isAhead(1, '('))) return parseName(cursor);
  const open = cursor.index;
  cursor.advance();
  const query = cursor.grammar.query(cursor);
  cursor.close(open, ')');
  return query;
}

function parseFile(cursor: Cursor): Expression | Name {
  if (cursor.kind === STRING) return takeString(cursor);
  const first = acceptIdentifier(cursor);
  if (first === undefined) return cursor.grammar.expression(cursor);
  return { kind: 'name', parts: [first], start: first.start, end: first.end };
}

function parseCopyOptions(cursor: Cursor): { readonly isPrefixed: boolean; readonly options?: OptionGroup } {
  const isPrefixed = cursor.accept('with');
  if (!cursor.is('(')) {
    if (isPrefixed) cursor.fail("'('");
    return { isPrefixed };
  }
  return { isPrefixed, options: parseUnsignedGroup(cursor) };
}
