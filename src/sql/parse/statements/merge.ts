import type { Merge, MergeAction, MergeBranch } from '../../statement-tree.ts';
import type { With } from '../../tree.ts';
import type { Cursor } from '../cursor.ts';
import { parseNameList } from '../names.ts';
import { parseAssignments, parseColumn } from './assignments.ts';
import { acceptReturning } from './insert.ts';
import { acceptOneOf, acceptPhrase, expectPhrase, parseParenthesized, wordAt } from './words.ts';

/** `MERGE INTO t USING s ON … WHEN [NOT] MATCHED …` */
export function parseMerge(cursor: Cursor, common?: With): Merge {
  const start = common?.start ?? cursor.start;
  cursor.advance();
  cursor.expect('into');
  const into = cursor.grammar.table(cursor);
  cursor.expect('using');
  const source = cursor.grammar.table(cursor);
  const using = cursor.is('using') ? parseUsing(cursor) : undefined;
  const on = !using && cursor.expect('on') ? cursor.grammar.expression(cursor) : undefined;
  const branches: MergeBranch[] = [];
  while (cursor.is('when')) branches.push(parseBranch(cursor));
  if (branches.length === 0) cursor.fail('WHEN MATCHED or WHEN NOT MATCHED', 'when');
  const returning = acceptReturning(cursor);
  const head = { kind: 'merge', ...(common && { with: common }) } as const;
  const parts = { into, source, ...(on && { on }), ...(using && { using }), branches, returning };
  return { ...head, ...parts, comments: [], start, end: cursor.previousEnd };
}

function parseUsing(cursor: Cursor): Merge['using'] {
  cursor.advance();
  return parseNameList(cursor);
}

function parseBranch(cursor: Cursor): MergeBranch {
  const { start } = cursor;
  cursor.advance();
  const matched = !cursor.accept('not');
  expectPhrase(cursor, 'matched');
  const by = matched ? undefined : acceptSide(cursor);
  const condition = cursor.accept('and') ? cursor.grammar.expression(cursor) : undefined;
  cursor.expect('then');
  const action = parseAction(cursor, matched || by === 'source');
  const parts = { matched, ...(by && { by }), ...(condition && { condition }), action };
  return { kind: 'merge-branch', ...parts, start, end: cursor.previousEnd };
}

function acceptSide(cursor: Cursor): MergeBranch['by'] {
  if (acceptPhrase(cursor, 'by source')) return 'source';
  return acceptPhrase(cursor, 'by target') ? 'target' : undefined;
}

function parseAction(cursor: Cursor, exists: boolean): MergeAction {
  const { start } = cursor;
  switch (wordAt(cursor)) {
    case 'update':
      if (!exists) break;
      cursor.advance();
      return parseMergeUpdate(cursor, start);
    case 'delete':
      if (!exists) break;
      cursor.advance();
      return { kind: 'delete', start, end: cursor.previousEnd };
    case 'insert':
      if (exists) break;
      cursor.advance();
      return parseMergeInsert(cursor, start);
    case 'error': {
      cursor.advance();
      const message = cursor.is('when') || cursor.atEnd ? undefined : cursor.grammar.expression(cursor);
      return { kind: 'error', ...(message && { message }), start, end: cursor.previousEnd };
    }
    case 'do':
      if (acceptPhrase(cursor, 'do nothing')) return { kind: 'nothing', start, end: cursor.previousEnd };
  }
  if (exists) cursor.fail('UPDATE or DELETE', 'update', 'delete');
  else cursor.fail('INSERT', 'insert');
  return { kind: 'nothing', start, end: start };
}

function parseMergeUpdate(cursor: Cursor, start: number): MergeAction {
  if (acceptOneOf(cursor, ['all by name', 'by name'])) {
    return { kind: 'update', byName: true, start, end: cursor.previousEnd };
  }
  if (!cursor.accept('set')) return { kind: 'update', byName: false, start, end: cursor.previousEnd };
  const set = cursor.accept('*') ? '*' : parseAssignments(cursor);
  return { kind: 'update', set, byName: false, start, end: cursor.previousEnd };
}

function parseMergeInsert(cursor: Cursor, start: number): MergeAction {
  const by = acceptOneOf(cursor, ['all by name', 'by name', 'by position']) ?? '';
  const head = { kind: 'insert', by } as const;
  if (cursor.accept('*')) return { ...head, columns: [], values: '*', start, end: cursor.previousEnd };
  if (acceptPhrase(cursor, 'default values')) {
    return { ...head, columns: [], values: 'default values', start, end: cursor.previousEnd };
  }
  const columns = cursor.is('(') ? parseParenthesized(cursor, parseColumn) : [];
  const values = cursor.accept('values') ? parseParenthesized(cursor, (at) => at.grammar.expression(at)) : undefined;
  if (columns.length > 0 && !values) cursor.fail('VALUES', 'values');
  return { ...head, columns, ...(values && { values }), start, end: cursor.previousEnd };
}
