import { behindArrow, precedence } from '../dialect.ts';
import type { BinaryOperator, Expression, Logical } from '../tree.ts';
import type { Cursor } from './cursor.ts';
import {
  parseComparison,
  parseIs,
  parseMatching,
  parseQuantifiedOperator,
  startsNegatedMatching,
} from './predicate.ts';
import { parsePrimary } from './primary.ts';
import { parseCollate, parseTimeZone } from './suffix.ts';

/**
 * Reads an expression, by precedence climbing: operators that bind at least as tightly as `minimum`. Reports and gives a
 * `bad-expression` where none stands.
 */
export function parseExpression(cursor: Cursor, minimum = 0): Expression {
  if (!cursor.enter()) return cursor.bad();
  let left = parsePrimary(cursor);
  for (;;) {
    const level = cursor.precedence();
    if (level === 0) break;
    const next = parseOperator(cursor, left, level, minimum);
    if (next === undefined) break;
    left = next;
  }
  cursor.leave();
  return left;
}

/** The operator at the cursor with what stands behind it; undefined if it is none here, or binds too loosely. */
function parseOperator(cursor: Cursor, left: Expression, level: number, minimum: number): Expression | undefined {
  if (level === precedence.not) {
    return minimum <= precedence.matching && startsNegatedMatching(cursor) ? parseMatching(cursor, left) : undefined;
  }
  if (level < minimum) return undefined;
  switch (level) {
    case precedence.lambda:
      return parseArrow(cursor, left);
    case precedence.or:
    case precedence.xor:
    case precedence.and:
      return parseLogical(cursor, left, level);
    case precedence.is:
      return parseIs(cursor, left);
    case precedence.comparison:
      return parseComparison(cursor, left);
    case precedence.matching:
      return parseMatching(cursor, left);
    case precedence.zone:
      return parseTimeZone(cursor, left);
    case precedence.collate:
      return parseCollate(cursor, left);
    default:
      return parseBinary(cursor, left, level);
  }
}

function parseBinary(cursor: Cursor, left: Expression, level: number): Expression | undefined {
  const operator = cursor.word as BinaryOperator | '!' | '@';
  if (operator === '@' || operator === '!') return undefined;
  const quantified = parseQuantifiedOperator(cursor, left);
  if (quantified !== undefined) return quantified;
  cursor.advance();
  const right = parseExpression(cursor, level + 1);
  return { kind: 'binary', operator, left, right, start: left.start, end: right.end };
}

/** An arrow that makes no lambda takes a value out of a document. */
function parseArrow(cursor: Cursor, left: Expression): Expression | undefined {
  if (cursor.syntax.lambdaTypes) return undefined;
  const operator = cursor.word as '->' | '->>';
  cursor.advance();
  const right = parseExpression(cursor, behindArrow(operator));
  return { kind: 'binary', operator, left, right, start: left.start, end: right.end };
}

function parseLogical(cursor: Cursor, left: Expression, level: number): Expression {
  const operator = cursor.word as Logical['operator'];
  const operands = [left];
  while (cursor.word === operator) {
    cursor.advance();
    operands.push(parseExpression(cursor, level + 1));
  }
  return { kind: 'logical', operator, operands, start: left.start, end: cursor.previousEnd };
}
