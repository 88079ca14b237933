import { NOT_COLUMN } from '../../lexer/compiled.ts';
import { STAGE, STRING } from '../../lexer/tokens.ts';
import type {
  Attach,
  ExecuteImmediate,
  Explain,
  Prepare,
  StageLocation,
  Statement,
  Transfer,
} from '../../statement-tree.ts';
import type { Expression, StringLiteral } from '../../tree.ts';
import type { Cursor } from '../cursor.ts';
import { parseIdentifier } from '../names.ts';
import { takeString } from '../text.ts';
import { acceptCommand } from './command.ts';
import type { InnerParser } from './inner.ts';
import { parseUnsignedGroup } from './option-values.ts';
import { parseOptions } from './options.ts';
import { acceptIf, acceptOneOf, acceptPhrase, parseParenthesized, wordAt } from './words.ts';

/** `EXECUTE IMMEDIATE '…' USING (…)`; other forms are commands. */
export function parseExecute(cursor: Cursor): Statement | undefined {
  const { start } = cursor;
  if (!acceptPhrase(cursor, 'execute immediate')) return acceptCommand(cursor);
  const from = cursor.accept('from');
  const what = from && cursor.kind === STAGE ? takeStage(cursor) : cursor.grammar.expression(cursor);
  const using = cursor.accept('using') ? parseParenthesized(cursor, (at) => at.grammar.expression(at)) : [];
  const place = { start, end: cursor.previousEnd };
  return { kind: 'execute-immediate', from, what, using, comments: [], ...place } satisfies ExecuteImmediate;
}

function takeStage(cursor: Cursor): StageLocation {
  const { start, end } = cursor;
  const location = cursor.written();
  cursor.advance();
  return { kind: 'stage-location', location, start, end };
}

/** `EXPLAIN [USING JSON | ANALYZE | (…)] statement` */
export function parseExplain(cursor: Cursor, inner: InnerParser): Explain {
  const { start } = cursor;
  cursor.advance();
  const words = acceptOneOf(cursor, ['using tabular', 'using json', 'using text', 'analyze']) ?? '';
  const isGroup = cursor.is('(') && wordAt(cursor, 1) === 'format';
  const options = isGroup ? parseUnsignedGroup(cursor) : undefined;
  const statement = inner(cursor);
  const parts = { words, ...(options && { options }), statement };
  return { kind: 'explain', ...parts, comments: [], start, end: cursor.previousEnd };
}

/** `PREPARE p AS …` */
export function parsePrepare(cursor: Cursor, inner: InnerParser): Prepare {
  const { start } = cursor;
  cursor.advance();
  const name = parseIdentifier(cursor, NOT_COLUMN);
  cursor.expect('as');
  const statement = inner(cursor);
  return { kind: 'prepare', name, statement, comments: [], start, end: cursor.previousEnd };
}

/** `PUT file:///a @s …`, `LIST @s` */
export function parseTransfer(cursor: Cursor): Transfer {
  const { start } = cursor;
  const verb = wordAt(cursor) as Transfer['verb'];
  cursor.advance();
  const locations = [parseLocation(cursor)];
  if (verb === 'put' || verb === 'get') locations.push(parseLocation(cursor));
  const options = parseOptions(cursor);
  return { kind: 'transfer', verb, locations, options, comments: [], start, end: cursor.previousEnd };
}

function parseLocation(cursor: Cursor): StageLocation | StringLiteral {
  if (cursor.kind === STAGE) return takeStage(cursor);
  if (cursor.kind === STRING) return takeString(cursor);
  cursor.fail('a stage or a file');
  return { kind: 'stage-location', location: '', start: cursor.start, end: cursor.start };
}

/** `ATTACH [DATABASE] [IF NOT EXISTS] 'file' [AS d] [(…)]` */
export function parseAttach(cursor: Cursor): Attach {
  const { start } = cursor;
  cursor.advance();
  const isReplaced = acceptPhrase(cursor, 'or replace');
  const word = acceptPhrase(cursor, 'database');
  const ifNotExists = acceptIf(cursor, 'not exists');
  const file: Expression = cursor.kind === STRING ? takeString(cursor) : cursor.grammar.expression(cursor);
  const alias = cursor.accept('as') ? parseIdentifier(cursor) : undefined;
  const options = cursor.is('(') ? parseUnsignedGroup(cursor) : undefined;
  const head = { kind: 'attach', ...(isReplaced && { or: 'replace' as const }), word, ifNotExists, file } as const;
  const parts = { ...(alias && { alias }), ...(options && { options }) };
  return { ...head, ...parts, comments: [], start, end: cursor.previousEnd };
}
