import { unsupported } from '../errors.ts';
import { Cursor, isWord } from './cursor.ts';
import { acceptInterval } from './functions/dates.ts';
import type { Scope } from './names.ts';
import { type Group, type Node, splitByComma } from './nodes.ts';
import { readSigned } from './operand.ts';
import { beginsQuery, readQuery } from './query.ts';

/** Words that cannot be a column: after an operand they end the expression, before one they are a mistake. */
export const reserved = new Set(
  (
    'ALL AND ANY AS BETWEEN BY CONNECT CREATE CROSS DELETE DISTINCT DROP ELSE END EXCEPT EXISTS FROM FULL GROUP HAVING ' +
    'ILIKE IN INNER INSERT INTERSECT INTO IS JOIN LATERAL LEFT LIKE MINUS NATURAL NOT ON OR ORDER QUALIFY REGEXP RIGHT ' +
    'RLIKE ROWS SAMPLE SELECT SET SOME START TABLE TABLESAMPLE THEN TO UNION UPDATE USING VALUES WHEN WHERE WITH ' +
    'LIMIT OFFSET FETCH ASOF PIVOT UNPIVOT MATCH_RECOGNIZE WINDOW'
  ).split(' '),
);

const comparison = new Set(['=', '<>', '!=', '<', '>', '<=', '>=']);

/** Reads one expression and writes it for the engine; stops before what does not belong to it. */
export function readExpression(cursor: Cursor, scope: Scope): string {
  const out: string[] = [];
  for (;;) {
    while (cursor.accept('NOT')) out.push('NOT');
    out.push(readSum(cursor, scope));
    if (!readInfix(cursor, scope, out)) return out.join(' ');
  }
}

/** A whole node list that has to be one expression. */
export function expressionOf(nodes: readonly Node[], scope: Scope): string {
  const cursor = new Cursor(nodes);
  const sql = readExpression(cursor, scope);
  cursor.expectEnd();
  return sql;
}

/** Terms joined by `+`, `-` and `||`. A date and an interval of days make a date, which the engine sees otherwise. */
function readSum(cursor: Cursor, scope: Scope): string {
  let left = readTerm(cursor, scope);
  for (;;) {
    const operator = ['+', '-', '||'].find((symbol) => cursor.acceptSymbol(symbol));
    if (!operator) return left;
    const interval = operator === '||' ? undefined : acceptInterval(cursor);
    if (operator === '||') left = `main.sf_text(${left}) || main.sf_text(${readTerm(cursor, scope)})`;
    else if (interval === undefined) left = `${left} ${operator} ${readTerm(cursor, scope)}`;
    else
      left = `main.${interval.calendar ? 'sf_add_days' : 'sf_add_time'}(${left}, ${operator === '-' ? '-' : ''}(${interval.sql}))`;
  }
}

/** Operands joined by `*`, `/` and `%`, from left to right. */
function readTerm(cursor: Cursor, scope: Scope): string {
  let left = readSigned(cursor, scope);
  for (;;) {
    if (cursor.acceptSymbol('*')) left = `${left} * ${readSigned(cursor, scope)}`;
    else if (cursor.acceptSymbol('/')) left = `main.sf_divide(${left}, ${readSigned(cursor, scope)})`;
    else if (cursor.acceptSymbol('%')) left = `main.sf_mod(${left}, ${readSigned(cursor, scope)})`;
    else return left;
  }
}

/** Takes the operator that comes after an operand; false when the expression ends here. */
function readInfix(cursor: Cursor, scope: Scope, out: string[]): boolean {
  const node = cursor.peek();
  if (node?.kind === 'symbol' && comparison.has(node.text)) {
    cursor.next();
    out.push(node.text);
    if (cursor.accept('ANY') || cursor.accept('ALL')) throw unsupported('comparison with ANY or ALL');
    return true;
  }
  if (cursor.accept('AND')) out.push('AND');
  else if (cursor.accept('OR')) out.push('OR');
  else if (cursor.accept('IS')) return readIs(cursor, scope, out);
  else return readMatch(cursor, scope, out);
  return true;
}

function readIs(cursor: Cursor, scope: Scope, out: string[]): boolean {
  out.push(cursor.accept('NOT') ? 'IS NOT' : 'IS');
  if (cursor.accept('DISTINCT', 'FROM')) {
    out.push('DISTINCT FROM');
    return true;
  }
  const word = cursor.expectWord();
  if (!['NULL', 'TRUE', 'FALSE'].includes(word)) {
    cursor.offset -= 1;
    throw cursor.unexpected();
  }
  out.push(word);
  return readInfix(cursor, scope, out);
}

/** IN, LIKE, BETWEEN and their like, with NOT before them. */
function readMatch(cursor: Cursor, scope: Scope, out: string[]): boolean {
  const words = ['IN', 'LIKE', 'ILIKE', 'BETWEEN', 'RLIKE', 'REGEXP'];
  const negated = cursor.sees('NOT') && words.some((word) => isWord(cursor.peek(1), word));
  if (negated) cursor.next();
  const word = words.find((candidate) => cursor.accept(candidate));
  if (!word) return false;
  if (word === 'RLIKE' || word === 'REGEXP') throw unsupported(`operator ${word}`);
  out.push(negated ? `NOT ${word}` : word);
  if (word === 'IN') {
    out.push(inList(cursor.expectGroup(), scope));
    return readInfix(cursor, scope, out);
  }
  if (cursor.sees('ANY') || cursor.sees('ALL')) throw unsupported(`${word} ANY`);
  out.push(readSum(cursor, scope));
  if (word === 'BETWEEN') {
    cursor.expect('AND');
    out.push('AND', readSum(cursor, scope));
  } else if (cursor.accept('ESCAPE')) out.push('ESCAPE', readSigned(cursor, scope));
  return readInfix(cursor, scope, out);
}

function inList(group: Group, scope: Scope): string {
  return beginsQuery(group.children) ? `(${subquery(group, scope)})` : `(${listOf(group.children, scope).join(', ')})`;
}

export const listOf = (nodes: readonly Node[], scope: Scope): string[] =>
  splitByComma(nodes).map((part) => expressionOf(part, scope));

export function subquery(group: Group, scope: Scope): string {
  const cursor = new Cursor(group.children);
  const { sql } = readQuery(cursor, scope);
  cursor.expectEnd();
  return sql;
}
