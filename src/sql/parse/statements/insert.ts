import type { Insert, InsertBranch, InsertMultiple, InsertTarget, OnConflict } from '../../statement-tree.ts';
import type { Query, SelectItem, With } from '../../tree.ts';
import type { Cursor } from '../cursor.ts';
import { parseIdentifier, parseName, parseNameList } from '../names.ts';
import { parseItems } from '../select-item.ts';
import { startsQuery } from '../starts.ts';
import { parseAssignments } from './assignments.ts';
import { acceptOneOf, acceptPhrase, parseParenthesized, phraseAt, wordAt } from './words.ts';

/** `INSERT …`, into one table or several. */
export function parseInsert(cursor: Cursor, common?: With): Insert | InsertMultiple {
  const start = common?.start ?? cursor.start;
  cursor.advance();
  const overwrite = acceptPhrase(cursor, 'overwrite');
  const mode = wordAt(cursor);
  const isMultiple = (mode === 'all' || mode === 'first') && ['into', 'when'].includes(wordAt(cursor, 1));
  if (isMultiple && !common) return parseMultiple(cursor, overwrite, mode, start);
  const or = acceptPhrase(cursor, 'or replace') ? 'replace' : acceptPhrase(cursor, 'or ignore') ? 'ignore' : undefined;
  const words = acceptOneOf(cursor, overwrite ? ['into table', 'into', 'table'] : ['into table', 'into']) ?? '';
  if (words === '' && !overwrite) cursor.fail('INTO', 'into');
  const table = parseName(cursor);
  const alias = cursor.accept('as') ? parseIdentifier(cursor, undefined, 'an alias') : undefined;
  const columns = cursor.is('(') && !startsSource(cursor) ? parseNameList(cursor) : [];
  const by = acceptPhrase(cursor, 'by name') ? 'name' : acceptPhrase(cursor, 'by position') ? 'position' : undefined;
  const source = parseSource(cursor);
  const onConflict = phraseAt(cursor, 'on conflict') > 0 ? parseOnConflict(cursor) : undefined;
  return {
    kind: 'insert',
    ...(common && { with: common }),
    overwrite,
    ...(or && { or }),
    words,
    table,
    ...(alias && { alias }),
    columns,
    ...(by && { by }),
    source,
    ...(onConflict && { onConflict }),
    returning: acceptReturning(cursor),
    comments: [],
    start,
    end: cursor.previousEnd,
  };
}

/** Whether a parenthesis holds a query rather than columns. */
function startsSource(cursor: Cursor): boolean {
  let distance = 0;
  while (cursor.isAhead(distance, '(')) distance++;
  return startsQuery(cursor, distance);
}

function parseSource(cursor: Cursor): Query | 'default values' {
  if (acceptPhrase(cursor, 'default values')) return 'default values';
  const isSource = startsQuery(cursor) || cursor.is('(') || cursor.is('values');
  if (!isSource) cursor.fail('VALUES or SELECT', 'values', 'select', 'with');
  return cursor.grammar.query(cursor);
}

function parseOnConflict(cursor: Cursor): OnConflict {
  const { start } = cursor;
  cursor.jumpTo(cursor.index + 2);
  const columns = cursor.is('(') ? parseParenthesized(cursor, (at) => at.grammar.expression(at)) : [];
  const columnsWhere = cursor.accept('where') ? cursor.grammar.expression(cursor) : undefined;
  const head = { columns, ...(columnsWhere && { columnsWhere }) };
  if (acceptPhrase(cursor, 'do nothing')) return { ...head, start, end: cursor.previousEnd };
  if (!acceptPhrase(cursor, 'do update set')) cursor.fail('DO NOTHING or DO UPDATE SET');
  const set = parseAssignments(cursor);
  const where = cursor.accept('where') ? cursor.grammar.expression(cursor) : undefined;
  return { ...head, set, ...(where && { where }), start, end: cursor.previousEnd };
}

/** `RETURNING a, b`, if it stands here. */
export function acceptReturning(cursor: Cursor): readonly SelectItem[] {
  return acceptPhrase(cursor, 'returning') ? parseItems(cursor) : [];
}

function parseMultiple(cursor: Cursor, overwrite: boolean, mode: string, start: number): InsertMultiple {
  cursor.advance();
  const branches: InsertBranch[] = [];
  if (cursor.is('into')) branches.push(parseBranch(cursor));
  else while (cursor.is('when')) branches.push(parseBranch(cursor));
  const otherwise = cursor.accept('else') ? parseTargets(cursor) : undefined;
  if (!startsQuery(cursor) && !cursor.is('(')) cursor.fail('INTO or SELECT', 'into', 'select', 'with');
  const source = cursor.grammar.query(cursor);
  return {
    kind: 'insert-multiple',
    overwrite,
    mode: mode === 'first' ? 'first' : 'all',
    branches,
    ...(otherwise && { otherwise }),
    source,
    comments: [],
    start,
    end: cursor.previousEnd,
  };
}

function parseBranch(cursor: Cursor): InsertBranch {
  const { start } = cursor;
  const when = cursor.accept('when') ? cursor.grammar.expression(cursor) : undefined;
  if (when) cursor.expect('then');
  const into = parseTargets(cursor);
  return { ...(when && { when }), into, start, end: cursor.previousEnd };
}

function parseTargets(cursor: Cursor): InsertTarget[] {
  const targets: InsertTarget[] = [];
  do targets.push(parseTarget(cursor));
  while (cursor.is('into'));
  return targets;
}

function parseTarget(cursor: Cursor): InsertTarget {
  const { start } = cursor;
  cursor.expect('into');
  const table = parseName(cursor);
  const columns = cursor.is('(') && !startsSource(cursor) ? parseNameList(cursor) : [];
  const values = cursor.accept('values') ? parseParenthesized(cursor, (at) => at.grammar.expression(at)) : undefined;
  return { kind: 'insert-target', table, columns, ...(values && { values }), start, end: cursor.previousEnd };
}
