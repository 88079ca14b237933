import { precedence } from '../dialect.ts';
import type { BinaryOperator, Expression, IsTest, Like, Place, Quantified, Query, Subquery } from '../tree.ts';
import type { Cursor } from './cursor.ts';
import { parseCompound } from './parenthesis.ts';
import { startsQuery } from './starts.ts';
import { parseCasts } from './suffix.ts';

/** `=`, `<` and their kin, with ANY and ALL too. */
export function parseComparison(cursor: Cursor, left: Expression): Expression {
  const operator = cursor.word as BinaryOperator;
  cursor.advance();
  const quantifier = quantifierAt(cursor);
  if (quantifier !== undefined) return parseQuantified(cursor, left, operator, quantifier);
  const right = cursor.grammar.expression(cursor, precedence.comparison + 1);
  if (!cursor.syntax.comparisonChains && cursor.precedence() === precedence.comparison) {
    cursor.failWith('sql/expected', 'Comparisons cannot be chained', 'Join them with AND, or use parentheses.');
  }
  return { kind: 'binary', operator, left, right, start: left.start, end: right.end };
}

/** As {@link parseComparison} for an operator that is no comparison, if ANY or ALL follow; else undefined. */
export function parseQuantifiedOperator(cursor: Cursor, left: Expression): Expression | undefined {
  const next = cursor.wordAhead(1);
  if ((next !== 'any' && next !== 'all' && next !== 'some') || !cursor.isAhead(2, '(')) return undefined;
  const operator = cursor.word as BinaryOperator;
  cursor.advance();
  return parseQuantified(cursor, left, operator, next);
}

function quantifierAt(cursor: Cursor): 'any' | 'all' | 'some' | undefined {
  const { word } = cursor;
  return (word === 'any' || word === 'all' || word === 'some') && cursor.isAhead(1, '(') ? word : undefined;
}

function parseQuantified(
  cursor: Cursor,
  left: Expression,
  operator: BinaryOperator,
  quantifier: Quantified['quantifier'],
): Expression {
  cursor.advance();
  const choices = parseChoices(cursor);
  const place = { start: left.start, end: cursor.previousEnd };
  const right = 'kind' in choices ? choices : listOf(choices, { ...place, start: left.end });
  return parseCasts(cursor, { kind: 'quantified', operator, left, quantifier, right, ...place });
}

function listOf(items: readonly Expression[], place: Place): Expression {
  return items.length === 1 ? items[0]! : { kind: 'tuple', keyword: false, items, ...place };
}

/** `IS …`, `ISNULL`, `NOTNULL`. */
export function parseIs(cursor: Cursor, operand: Expression): Expression {
  const { word } = cursor;
  cursor.advance();
  if (word !== 'is') return isTest(cursor, operand, word === 'notnull', 'null');
  const negated = cursor.accept('not');
  if (cursor.is('distinct')) {
    cursor.advance();
    cursor.expect('from');
    const other = cursor.grammar.expression(cursor, precedence.is + 1);
    return { kind: 'is', operand, negated, test: 'distinct', other, start: operand.start, end: other.end };
  }
  const test = cursor.word;
  if (test === 'null' || test === 'true' || test === 'false' || test === 'unknown') {
    cursor.advance();
    return isTest(cursor, operand, negated, test);
  }
  cursor.fail('NULL, TRUE, FALSE or DISTINCT FROM', 'null', 'true', 'false', 'distinct', 'not');
  return isTest(cursor, operand, negated, 'null');
}

function isTest(cursor: Cursor, operand: Expression, negated: boolean, test: IsTest['test']): Expression {
  return parseCasts(cursor, { kind: 'is', operand, negated, test, start: operand.start, end: cursor.previousEnd });
}

/** Whether NOT stands here between an operand and a word like IN. */
export function startsNegatedMatching(cursor: Cursor): boolean {
  if (cursor.isAhead(1, 'null')) return cursor.syntax.isnull;
  const next = cursor.compiled.precedences[cursor.tokens.numbers[cursor.index + 1] ?? 0];
  return next === precedence.matching;
}

/** `[NOT] IN`, `BETWEEN`, `LIKE` and its kin; also `NOT NULL` for IS NOT NULL. */
export function parseMatching(cursor: Cursor, operand: Expression): Expression {
  const negated = cursor.accept('not');
  const { word } = cursor;
  cursor.advance();
  if (word === 'null') return isTest(cursor, operand, true, 'null');
  if (word === 'in') return parseIn(cursor, operand, negated);
  if (word === 'between') return parseBetween(cursor, operand, negated);
  return parseLike(cursor, operand, negated, word as Like['operator'] | 'similar');
}

function parseIn(cursor: Cursor, operand: Expression, negated: boolean): Expression {
  if (!cursor.is('(') && cursor.syntax.inList) {
    if (cursor.is('not') || cursor.is('-') || cursor.is('+')) cursor.fail("'(' or a list");
    // Only a value with its suffixes: `a IN b || c` is `(a IN b) || c`.
    const choices = cursor.grammar.expression(cursor, precedence.sign + 1);
    return { kind: 'in', operand, negated, choices, start: operand.start, end: choices.end };
  }
  const choices = parseChoices(cursor);
  return parseCasts(cursor, { kind: 'in', operand, negated, choices, start: operand.start, end: cursor.previousEnd });
}

/** A query or a list in parentheses, which is not empty. */
function parseChoices(cursor: Cursor): Query | readonly Expression[] {
  const open = cursor.index;
  if (!cursor.expect('(')) return [];
  if (startsQuery(cursor)) {
    const query = cursor.grammar.query(cursor);
    cursor.close(open, ')');
    return query;
  }
  const items: Expression[] = [];
  if (cursor.is(')')) cursor.fail('a value or a query');
  else {
    const first = cursor.grammar.expression(cursor);
    const query = first.kind === 'subquery' ? asOnlyQuery(cursor, first) : undefined;
    if (query !== undefined) {
      cursor.close(open, ')');
      return query;
    }
    items.push(first);
    while (anotherChoice(cursor, open)) items.push(cursor.grammar.expression(cursor));
  }
  cursor.close(open, ')');
  return items;
}

/** `((SELECT …))` and `((SELECT …) UNION (SELECT …))` are queries too; undefined for the first of a list. */
function asOnlyQuery(cursor: Cursor, first: Subquery): Query | undefined {
  return cursor.is(')') ? first.query : parseCompound(cursor, first);
}

function anotherChoice(cursor: Cursor, open: number): boolean {
  return cursor.more(open, ')') && !(cursor.syntax.inList && cursor.is(')'));
}

function parseBetween(cursor: Cursor, operand: Expression, negated: boolean): Expression {
  const symmetric = cursor.accept('symmetric');
  if (!symmetric) cursor.accept('asymmetric');
  const low = cursor.grammar.expression(cursor, precedence.matching + 1);
  cursor.expect('and');
  const high = cursor.grammar.expression(cursor, precedence.matching + 1);
  return { kind: 'between', operand, negated, symmetric, low, high, start: operand.start, end: high.end };
}

function parseLike(
  cursor: Cursor,
  operand: Expression,
  negated: boolean,
  word: Like['operator'] | 'similar',
): Expression {
  if (word === 'similar') cursor.expect('to');
  const operator = word === 'similar' ? 'similar to' : word;
  const quantifier = quantifierAt(cursor);
  if (quantifier !== undefined) cursor.advance();
  const patterns = quantifier === undefined ? [pattern(cursor)] : patternList(cursor);
  const mark = cursor.accept('escape') ? pattern(cursor) : undefined;
  const place = { start: operand.start, end: cursor.previousEnd };
  const kind = 'like' as const;
  if (quantifier === undefined) return { kind, operator, negated, operand, patterns, ...withEscape(mark), ...place };
  const every = quantifier === 'all' ? 'all' : 'any';
  return { kind, operator, negated, operand, quantifier: every, patterns, ...withEscape(mark), ...place };
}

function withEscape(mark: Expression | undefined): { readonly escape?: Expression } {
  return mark === undefined ? {} : { escape: mark };
}

function pattern(cursor: Cursor): Expression {
  return cursor.grammar.expression(cursor, precedence.matching + 1);
}

/** A query among them is one pattern: a subquery. */
function patternList(cursor: Cursor): readonly Expression[] {
  const { start } = cursor;
  const choices = parseChoices(cursor);
  if (Array.isArray(choices)) return choices as readonly Expression[];
  return [{ kind: 'subquery', query: choices as Query, start, end: cursor.previousEnd }];
}
