import { NOT_TABLE } from '../../lexer/compiled.ts';
import type { CreatePipe, CreateTask, Statement } from '../../statement-tree.ts';
import type { Name } from '../../tree.ts';
import type { Cursor } from '../cursor.ts';
import { parseName } from '../names.ts';
import { parseCopyInto } from './copy.ts';
import type { CreateHead } from './create-head.ts';
import {
  parseCreateIndex,
  parseCreateObject,
  parseCreatePolicy,
  parseCreateStream,
  parseCreateType,
} from './create-parts.ts';
import { parseCreateFunction } from './create-routine.ts';
import { parseClone, parseCreateTable } from './create-table.ts';
import { parseCreateView } from './create-view.ts';
import type { InnerParser } from './inner.ts';
import { acceptObject, objectAt } from './objects.ts';
import { parseOptions } from './options.ts';
import { acceptIf, acceptPhrase, parseList, takeWord, wordAt } from './words.ts';

const modifiers: ReadonlySet<string> = new Set([
  'aggregate',
  'dynamic',
  'event',
  'external',
  'global',
  'hybrid',
  'iceberg',
  'interactive',
  'local',
  'materialized',
  'persistent',
  'recursive',
  'secure',
  'temp',
  'temporary',
  'transient',
  'unique',
  'volatile',
]);

/** Objects that go by the same tables and functions as others, with one more word. */
const simple: Readonly<Record<string, readonly [modifier: string, object: string]>> = {
  'dynamic table': ['dynamic', 'table'],
  'external table': ['external', 'table'],
  'iceberg table': ['iceberg', 'table'],
  'hybrid table': ['hybrid', 'table'],
  'event table': ['event', 'table'],
  'materialized view': ['materialized', 'view'],
  'external function': ['external', 'function'],
  'aggregate function': ['aggregate', 'function'],
};

/** Policies with an expression as their body. */
const policies = ['masking', 'row access', 'aggregation', 'projection', 'join'].map((policy) => `${policy} policy`);

/** `CREATE [OR REPLACE] … object [IF NOT EXISTS] name …` */
export function parseCreate(cursor: Cursor, inner: InnerParser): Statement | undefined {
  const { start } = cursor;
  cursor.advance();
  const or = acceptPhrase(cursor, 'or replace') ? 'replace' : acceptPhrase(cursor, 'or alter') ? 'alter' : undefined;
  const words: string[] = [];
  while (modifiers.has(wordAt(cursor)) && objectAt(cursor) === undefined) words.push(takeWord(cursor));
  const found = acceptObject(cursor);
  if (found === undefined) {
    cursor.fail('what to create: TABLE, VIEW, SCHEMA, …', 'table', 'view', 'schema', 'function', 'stage', 'task');
    return undefined;
  }
  const [modifier, object] = simple[found] ?? [undefined, found];
  if (modifier) words.push(modifier);
  const ifNotExists = acceptIf(cursor, 'not exists');
  const name = parseObjectName(cursor, object);
  const late = !ifNotExists && acceptIf(cursor, 'not exists');
  const head: CreateHead = { ...(or && { or }), modifiers: words, ifNotExists: ifNotExists || late, name, start };
  return parseBody(cursor, head, object, inner);
}

/** Secrets and indexes may have no name. */
function parseObjectName(cursor: Cursor, object: string): Name {
  const nameless = (object === 'secret' && cursor.is('(')) || (object === 'index' && cursor.is('on'));
  if (!nameless) return parseName(cursor, NOT_TABLE);
  return { kind: 'name', parts: [], start: cursor.start, end: cursor.start };
}

function parseBody(cursor: Cursor, head: CreateHead, object: string, inner: InnerParser): Statement {
  switch (object) {
    case 'table':
      return parseCreateTable(cursor, head);
    case 'view':
      return parseCreateView(cursor, head);
    case 'function':
    case 'procedure':
    case 'macro':
      return parseCreateFunction(cursor, head, object);
    case 'stream':
      return parseCreateStream(cursor, head);
    case 'pipe':
      return parseCreatePipe(cursor, head);
    case 'task':
      return parseCreateTask(cursor, head, inner);
    case 'index':
      return parseCreateIndex(cursor, head);
    case 'type':
      return parseCreateType(cursor, head);
    default:
      if (policies.includes(object)) return parseCreatePolicy(cursor, head, object);
      return parseCreateObject(cursor, head, object);
  }
}

function parseCreatePipe(cursor: Cursor, head: CreateHead): CreatePipe {
  const { start, ...rest } = head;
  const options = parseOptions(cursor);
  cursor.expect('as');
  const copy = parseCopyInto(cursor);
  return { kind: 'create-pipe', ...rest, options, copy, comments: [], start, end: cursor.previousEnd };
}

function parseCreateTask(cursor: Cursor, head: CreateHead, inner: InnerParser): CreateTask {
  const { start, ...rest } = head;
  const clone = cursor.is('clone') ? parseClone(cursor) : undefined;
  const options = parseOptions(cursor);
  const after = cursor.accept('after') ? parseList(cursor, (at) => parseName(at)) : [];
  options.push(...parseOptions(cursor));
  const when = cursor.accept('when') ? cursor.grammar.expression(cursor) : undefined;
  if (!clone) cursor.expect('as');
  const body = clone ? undefined : inner(cursor);
  const parts = { ...(clone && { clone }), options, after, ...(when && { when }), ...(body && { body }) };
  return { kind: 'create-task', ...rest, ...parts, comments: [], start, end: cursor.previousEnd };
}
