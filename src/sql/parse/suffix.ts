import { precedence } from '../dialect.ts';
import { NOT_TABLE } from '../lexer/compiled.ts';
import { NUMBER, QUOTED, STRING, VARIABLE, WORD } from '../lexer/tokens.ts';
import type { Argument, Expression, Identifier, Path, PathStep } from '../tree.ts';
import { parseArguments } from './call.ts';
import type { Cursor } from './cursor.ts';
import { parseMember, parseName, takeIdentifier } from './names.ts';
import { takeString } from './text.ts';
import { parseDataType } from './type.ts';

/** `AT TIME ZONE x`; undefined for another AT. */
export function parseTimeZone(cursor: Cursor, operand: Expression): Expression | undefined {
  if (!cursor.isAhead(1, 'time')) return undefined;
  cursor.advance();
  cursor.advance();
  cursor.expect('zone');
  const zone = cursor.grammar.expression(cursor, precedence.zone + 1);
  return { kind: 'at-time-zone', operand, zone, start: operand.start, end: zone.end };
}

/** `COLLATE 'en-ci'`, `COLLATE nocase`. */
export function parseCollate(cursor: Cursor, operand: Expression): Expression {
  cursor.advance();
  const collation = cursor.kind === STRING ? takeString(cursor) : parseName(cursor, NOT_TABLE, 'a collation');
  return { kind: 'collate', operand, collation, start: operand.start, end: collation.end };
}

/** What stands directly behind a value: `::type`, `[index]`, `.member`, `:path`, `!`. */
export function parseSuffixes(cursor: Cursor, value: Expression): Expression {
  let operand = value;
  for (;;) {
    const next = parseSuffix(cursor, operand);
    if (next === undefined) return operand;
    operand = next;
  }
}

function parseSuffix(cursor: Cursor, operand: Expression): Expression | undefined {
  switch (cursor.word) {
    case '::':
      return parseCast(cursor, operand);
    case '[':
      return parseSubscript(cursor, operand);
    case '.':
      return parseField(cursor, operand);
    case ':':
      return cursor.syntax.colonPaths ? parsePath(cursor, operand) : undefined;
    case '!':
      return cursor.syntax.factorial ? parseFactorial(cursor, operand) : undefined;
    default:
      return undefined;
  }
}

/** The casts behind a test that ends with a word or a parenthesis: `a IS NULL::int` and `a IN (1)::int` cast the answer. */
export function parseCasts(cursor: Cursor, test: Expression): Expression {
  let operand = test;
  while (cursor.is('::')) operand = parseCast(cursor, operand);
  return operand;
}

function parseCast(cursor: Cursor, operand: Expression): Expression {
  cursor.advance();
  const type = parseDataType(cursor);
  return { kind: 'cast', syntax: '::', operand, type, start: operand.start, end: type.end };
}

function parseFactorial(cursor: Cursor, operand: Expression): Expression {
  cursor.advance();
  return { kind: 'unary', operator: '!', operand, start: operand.start, end: cursor.previousEnd };
}

function parseSubscript(cursor: Cursor, operand: Expression): Expression {
  const open = cursor.index;
  const { start } = operand;
  cursor.advance();
  if (!cursor.syntax.slices) {
    const index = cursor.grammar.expression(cursor);
    cursor.close(open, ']');
    return { kind: 'subscript', operand, index, start, end: cursor.previousEnd };
  }
  const from = cursor.is(':') ? undefined : cursor.grammar.expression(cursor);
  if (!cursor.is(':') && from !== undefined) {
    cursor.close(open, ']');
    return { kind: 'subscript', operand, index: from, start, end: cursor.previousEnd };
  }
  const to = parseBound(cursor);
  const step = parseBound(cursor);
  cursor.close(open, ']');
  const slice = { ...(from && { from }), ...(to && { to }), ...(step && { step }) };
  return { kind: 'subscript', operand, slice, start, end: cursor.previousEnd };
}

/** A colon and the bound of a slice; `-` stands for the end where a step follows. */
function parseBound(cursor: Cursor): Expression | undefined {
  if (!cursor.accept(':')) return undefined;
  if (cursor.is('-') && (cursor.isAhead(1, ':') || cursor.isAhead(1, ']'))) {
    cursor.advance();
    return undefined;
  }
  return cursor.is(':') || cursor.is(']') ? undefined : cursor.grammar.expression(cursor);
}

/** `.name`, or `.name(…)` where that calls; of a value that is not itself a name. */
function parseField(cursor: Cursor, operand: Expression): Expression {
  cursor.advance();
  const name = parseMember(cursor);
  if (cursor.is('(') && cursor.syntax.methodCalls) return parseMethod(cursor, operand, name);
  return { kind: 'field', operand, name, start: operand.start, end: name.end };
}

/** `x.f(y)` is the call of f with x before its arguments. */
function parseMethod(cursor: Cursor, operand: Expression, method: Identifier): Expression {
  const { start, end } = operand;
  const first: Argument = { value: operand, start, end };
  const name = { kind: 'name' as const, parts: [method], start: method.start, end: method.end };
  return parseArguments(cursor, name, start, first);
}

function parsePath(cursor: Cursor, operand: Expression): Expression | undefined {
  const next = cursor.kindAhead(1);
  if (next !== WORD && next !== QUOTED && next !== STRING && !cursor.isAhead(1, '[')) {
    if (next === NUMBER || next === VARIABLE) return undefined;
    cursor.advance();
    cursor.fail('a key of the path');
    return operand;
  }
  const steps: PathStep[] = [];
  while (cursor.is(':') || (cursor.is('.') && steps.length > 0) || (cursor.is('[') && steps.length > 0)) {
    steps.push(parseStep(cursor));
  }
  return { kind: 'path', operand, steps, start: operand.start, end: cursor.previousEnd } satisfies Path;
}

function parseStep(cursor: Cursor): PathStep {
  const { start } = cursor;
  if (cursor.is('[') || cursor.isAhead(1, '[')) {
    if (!cursor.is('[')) cursor.advance();
    const open = cursor.index;
    cursor.advance();
    const index = cursor.grammar.expression(cursor);
    cursor.close(open, ']');
    return { kind: 'index', index, start, end: cursor.previousEnd };
  }
  cursor.advance();
  const name = parseKey(cursor);
  return { kind: 'key', name, start, end: cursor.previousEnd };
}

function parseKey(cursor: Cursor): Identifier {
  if (cursor.kind === WORD || cursor.kind === QUOTED) return takeIdentifier(cursor);
  if (cursor.kind !== STRING) return parseMember(cursor);
  const { value, start, end } = takeString(cursor);
  return { kind: 'identifier', text: value, quoted: true, start, end };
}
