import type { SqlDiagnostic } from '../diagnostic.ts';
import type { Dialect } from '../dialect.ts';
import { END } from '../lexer/tokens.ts';
import type { BadStatement, QueryStatement, Statement } from '../statement-tree.ts';
import type { Expression } from '../tree.ts';
import { Cursor } from './cursor.ts';
import { grammar } from './grammar.ts';
import { startsQuery } from './starts.ts';
import { parseStatement } from './statements/index.ts';
import { parseStrictQuery } from './strict-query.ts';

/** What a text says. */
export interface Parsed {
  readonly statements: readonly Statement[];
  /** Errors of syntax, by place; with one, the tree has nodes that are bad. */
  readonly diagnostics: readonly SqlDiagnostic[];
}

/** Reads all statements of a text. Never throws: what cannot be read is in the diagnostics. */
export function parseScript(text: string, dialect: Dialect): Parsed {
  const cursor = new Cursor(text, dialect, grammar);
  const statements: Statement[] = [];
  while (cursor.kind !== END) {
    if (cursor.is(';')) cursor.advance();
    else statements.push(parseGuarded(cursor));
  }
  return { statements, diagnostics: cursor.problems.sorted() };
}

/** Reads one expression that fills the whole text. */
export function parseExpressionText(
  text: string,
  dialect: Dialect,
): { readonly expression: Expression; readonly diagnostics: readonly SqlDiagnostic[] } {
  const cursor = new Cursor(text, dialect, grammar);
  let expression: Expression = cursor.bad();
  guard(cursor, () => {
    expression = grammar.expression(cursor);
    if (cursor.kind !== END) cursor.fail('the end of the expression');
  });
  return { expression, diagnostics: cursor.problems.sorted() };
}

function parseGuarded(cursor: Cursor): Statement {
  const { start } = cursor;
  const before = cursor.previousEnd;
  let statement: Statement = { kind: 'bad-statement', comments: [], start, end: start };
  guard(cursor, () => {
    statement = parseOne(cursor);
    finish(cursor);
  });
  const comments = cursor.commentsBetween(before, cursor.kind === END ? cursor.text.length : cursor.start);
  return comments.length === 0 ? statement : { ...statement, comments };
}

/** However deep the stack was that this was called on: when it is used up, the statement is too deep, and nothing worse. */
function guard(cursor: Cursor, parse: () => void): void {
  cursor.reset();
  try {
    parse();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    cursor.tooDeep();
  }
}

function parseOne(cursor: Cursor): Statement {
  const query = cursor.is('select') || cursor.is('(') || cursor.is('values');
  const statement = query ? undefined : parseStatement(cursor);
  if (statement !== undefined) return statement;
  return query || startsQuery(cursor) ? parseQueryStatement(cursor) : missingStatement(cursor);
}

function parseQueryStatement(cursor: Cursor): QueryStatement {
  const query = parseStrictQuery(cursor);
  return { kind: 'query-statement', query, comments: [], start: query.start, end: query.end };
}

function missingStatement(cursor: Cursor): BadStatement {
  const { start } = cursor;
  cursor.fail('a statement', ...statementWords);
  cursor.skipStatement();
  return { kind: 'bad-statement', comments: [], start, end: cursor.previousEnd };
}

const statementWords = [
  ...([
    'select',
    'with',
    'values',
    'create',
    'alter',
    'drop',
    'insert',
    'update',
    'delete',
    'merge',
    'copy',
    'grant',
  ] as const),
  ...(['revoke', 'show', 'describe', 'use', 'set', 'unset', 'call', 'begin', 'commit', 'rollback', 'comment'] as const),
  ...(['execute', 'truncate', 'undrop'] as const),
] as const;

/** A statement has to end with a semicolon or the text. */
function finish(cursor: Cursor): void {
  if (cursor.atEnd) return;
  if (!cursor.failed) cursor.fail('the end of the statement');
  cursor.skipStatement();
}
