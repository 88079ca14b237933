import type {
  CreateIndex,
  CreateObject,
  CreatePolicy,
  CreateStream,
  CreateType,
  Option,
} from '../../statement-tree.ts';
import type { Cursor } from '../cursor.ts';
import { acceptIdentifier, parseName } from '../names.ts';
import { startsQuery } from '../starts.ts';
import type { CreateHead } from './create-head.ts';
import { parseRoutineParameter } from './create-routine.ts';
import { acceptTravel, parseClone } from './create-table.ts';
import { acceptObject } from './objects.ts';
import { parseUnsignedGroup } from './option-values.ts';
import { parseOptions } from './options.ts';
import { parseParenthesized, wordAt } from './words.ts';

/** `CREATE STREAM s ON TABLE t …` */
export function parseCreateStream(cursor: Cursor, head: CreateHead): CreateStream {
  const { start, ...rest } = head;
  const clone = cursor.is('clone') ? parseClone(cursor) : undefined;
  const before = parseOptions(cursor);
  let on: CreateStream['on'];
  if (!clone && cursor.expect('on')) {
    const object = acceptObject(cursor);
    if (object === undefined) cursor.fail('TABLE, VIEW or STAGE', 'table', 'view', 'stage');
    on = { object: object ?? '', name: parseName(cursor) };
  }
  const travel = on ? acceptTravel(cursor) : undefined;
  const options = [...before, ...parseOptions(cursor)];
  const parts = { ...(clone && { clone }), ...(on && { on }), ...(travel && { travel }) };
  return { kind: 'create-stream', ...rest, ...parts, options, comments: [], start, end: cursor.previousEnd };
}

/** `CREATE MASKING POLICY p AS (v VARCHAR) RETURNS VARCHAR -> …` */
export function parseCreatePolicy(cursor: Cursor, head: CreateHead, object: string): CreatePolicy {
  const { start, ...rest } = head;
  cursor.expect('as');
  const parameters = parseParenthesized(cursor, parseRoutineParameter);
  cursor.expect('returns');
  const returns = cursor.grammar.type(cursor);
  cursor.expect('->');
  const body = cursor.grammar.expression(cursor);
  const options = parseOptions(cursor);
  const policy = object.replace(/ policy$/, '');
  const place = { start, end: cursor.previousEnd };
  return { kind: 'create-policy', ...rest, policy, parameters, returns, body, options, comments: [], ...place };
}

/** `CREATE INDEX i ON t USING art (a, b)` */
export function parseCreateIndex(cursor: Cursor, head: CreateHead): CreateIndex {
  const { start, ...rest } = head;
  cursor.expect('on');
  const table = parseName(cursor);
  const using = cursor.accept('using') ? acceptIdentifier(cursor) : undefined;
  const columns = parseParenthesized(cursor, (at) => at.grammar.expression(at));
  const options = parseOptions(cursor);
  const place = { start, end: cursor.previousEnd };
  return { kind: 'create-index', ...rest, table, ...(using && { using }), columns, options, comments: [], ...place };
}

/** `CREATE TYPE t AS ENUM (…)` */
export function parseCreateType(cursor: Cursor, head: CreateHead): CreateType {
  const { start, ...rest } = head;
  cursor.expect('as');
  if (wordAt(cursor) === 'enum' && cursor.isAhead(1, '(') && startsQuery(cursor, 2)) {
    cursor.advance();
    const open = cursor.index;
    cursor.advance();
    const values = cursor.grammar.query(cursor);
    cursor.close(open, ')');
    return { kind: 'create-type', ...rest, values, comments: [], start, end: cursor.previousEnd };
  }
  const type = cursor.grammar.type(cursor);
  return { kind: 'create-type', ...rest, type, comments: [], start, end: cursor.previousEnd };
}

/** What has only options. */
export function parseCreateObject(cursor: Cursor, head: CreateHead, object: string): CreateObject {
  const { start, ...rest } = head;
  const clone = cursor.is('clone') ? parseClone(cursor) : undefined;
  const options: Option[] = [];
  if (cursor.is('(')) {
    const { start: from } = cursor;
    const value = parseUnsignedGroup(cursor);
    options.push({ kind: 'option', name: '', sign: '', value, start: from, end: cursor.previousEnd });
  }
  options.push(...parseOptions(cursor));
  const place = { start, end: cursor.previousEnd };
  return { kind: 'create-object', ...rest, object, ...(clone && { clone }), options, comments: [], ...place };
}
