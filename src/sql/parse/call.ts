import { NOT_COLUMN } from '../lexer/compiled.ts';
import { QUOTED, WORD } from '../lexer/tokens.ts';
import type { Argument, Call, Expression, Identifier, Name, Query, SortItem, WindowSpecification } from '../tree.ts';
import type { Cursor } from './cursor.ts';
import { parseLambda, startsLambda } from './lambda.ts';
import { takeIdentifier } from './names.ts';
import { parseCompound } from './parenthesis.ts';
import { parseSortItems } from './sort.ts';
import { parseStar } from './star.ts';
import { startsQuery } from './starts.ts';
import { parseWindow } from './window.ts';

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** `(…)` behind the name of a function, and what can follow it; `first` is an argument that stood before. */
export function parseArguments(cursor: Cursor, name: Name, start: number, first?: Argument): Call {
  const open = cursor.index;
  cursor.advance();
  const list: Argument[] = first === undefined ? [] : [first];
  const call: Mutable<Call> = { kind: 'call', name, arguments: list, start, end: 0 };
  if (first !== undefined) call.syntax = 'method';
  if (cursor.word === 'distinct' || cursor.word === 'all') parseDistinct(cursor, call);
  if (cursor.is(')') && call.distinct !== undefined) cursor.fail('what to take');
  if (cursor.word !== ')') {
    const lambdas = allowsLambdas(cursor, name);
    if (!startsOrder(cursor)) {
      do list.push(parseArgument(cursor, lambdas));
      while (!isTrailing(cursor) && cursor.more(open, ')'));
    }
    if (!cursor.is(')')) parseTrailing(cursor, call);
  }
  cursor.close(open, ')');
  if (cursor.word !== '') parseBehind(cursor, call);
  call.end = cursor.previousEnd;
  return call;
}

function parseDistinct(cursor: Cursor, call: Mutable<Call>): void {
  const word = cursor.word as 'distinct' | 'all';
  if (word === 'all' && (cursor.isAhead(1, '(') || cursor.isAhead(1, ')'))) return;
  cursor.advance();
  call.distinct = word;
}

function allowsLambdas(cursor: Cursor, name: Name): boolean {
  const last = name.parts.at(-1);
  return last !== undefined && cursor.syntax.lambdaFunctions.has(last.text.toLowerCase());
}

function startsOrder(cursor: Cursor): boolean {
  return cursor.word === 'order' && cursor.isAhead(1, 'by');
}

/** Whether what stands here ends the arguments but still belongs into their parentheses. */
function isTrailing(cursor: Cursor): boolean {
  switch (cursor.word) {
    case 'order':
    case 'limit':
    case 'ignore':
    case 'respect':
    case 'separator':
    case 'on':
      return true;
    default:
      return false;
  }
}

function parseTrailing(cursor: Cursor, call: Mutable<Call>): void {
  if (startsOrder(cursor)) {
    cursor.advance();
    cursor.advance();
    call.orderBy = parseSortItems(cursor);
  }
  if (cursor.accept('limit')) call.limit = cursor.grammar.expression(cursor);
  if (cursor.accept('separator')) call.separator = cursor.grammar.expression(cursor);
  const treatment = acceptNulls(cursor);
  if (treatment !== undefined) call.nulls = { treatment, inside: true };
}

function acceptNulls(cursor: Cursor): 'ignore' | 'respect' | undefined {
  const { word } = cursor;
  if ((word !== 'ignore' && word !== 'respect') || !cursor.isAhead(1, 'nulls')) return undefined;
  cursor.advance();
  cursor.advance();
  return word;
}

/** One argument: `x`, `name => x`, a query, a lambda, `TABLE(x)`. */
function parseArgument(cursor: Cursor, lambdas: boolean): Argument {
  const { start, word } = cursor;
  if (word === '*' && !cursor.isAhead(1, 'columns')) {
    const value = parseStar(cursor, [], start);
    return { value, start, end: value.end };
  }
  if (cursor.kind === WORD || cursor.kind === QUOTED) {
    const next = cursor.wordAhead(1);
    if (next === '=>' || next === ':=') return parseNamed(cursor, next, lambdas);
    if (word !== '') {
      const prefix = prefixAt(cursor);
      if (prefix !== undefined) return parsePrefixed(cursor, prefix);
    }
  } else if (word === '**') return parsePrefixed(cursor, 'spread');
  // A plain value without a further frame: calls that hold calls are what is nested most.
  const value = isPlain(cursor, lambdas) ? cursor.grammar.expression(cursor) : parseValue(cursor, lambdas);
  if (value.kind === 'subquery' && cursor.word !== ',' && !cursor.is(')')) {
    return { value: parseCompound(cursor, value) ?? value, start, end: cursor.previousEnd };
  }
  return { value, start, end: cursor.previousEnd };
}

function isPlain(cursor: Cursor, lambdas: boolean): boolean {
  return !startsLambda(cursor, lambdas) && !startsBareQuery(cursor);
}

/** `f(SELECT 1)`; words like `values` can be columns too. */
function startsBareQuery(cursor: Cursor): boolean {
  return startsQuery(cursor) && !cursor.isAhead(1, ',') && !cursor.isAhead(1, ')');
}

function parseValue(cursor: Cursor, lambdas: boolean): Expression | Query {
  if (startsLambda(cursor, lambdas)) return parseLambda(cursor);
  return startsBareQuery(cursor) ? cursor.grammar.query(cursor) : cursor.grammar.expression(cursor);
}

function parseNamed(cursor: Cursor, arrow: '=>' | ':=', lambdas: boolean): Argument {
  const { start } = cursor;
  const name: Identifier = takeIdentifier(cursor);
  cursor.advance();
  if (cursor.is('table') && cursor.isAhead(1, '(')) {
    const { value } = parsePrefixed(cursor, 'table');
    return { name, arrow, value, prefix: 'table', start, end: cursor.previousEnd };
  }
  const value = parseValue(cursor, lambdas);
  return { name, arrow, value, start, end: cursor.previousEnd };
}

function prefixAt(cursor: Cursor): 'table' | 'variadic' | undefined {
  if (cursor.word === 'table' && cursor.isAhead(1, '(')) return 'table';
  return cursor.word === 'variadic' && !cursor.allows(NOT_COLUMN) ? 'variadic' : undefined;
}

function parsePrefixed(cursor: Cursor, prefix: NonNullable<Argument['prefix']>): Argument {
  const { start } = cursor;
  cursor.advance();
  if (prefix !== 'table') {
    const value = cursor.grammar.expression(cursor);
    return { value, prefix, start, end: cursor.previousEnd };
  }
  const open = cursor.index;
  cursor.advance();
  const value = startsQuery(cursor) ? cursor.grammar.query(cursor) : cursor.grammar.expression(cursor);
  cursor.close(open, ')');
  return { value, prefix, start, end: cursor.previousEnd };
}

/** What stands behind the parentheses: WITHIN GROUP, FILTER, IGNORE NULLS, OVER. */
function parseBehind(cursor: Cursor, call: Mutable<Call>): void {
  switch (cursor.word) {
    case 'within':
    case 'filter':
    case 'ignore':
    case 'respect':
    case 'from':
    case 'export_state':
    case 'over':
      break;
    default:
      return;
  }
  if (cursor.is('within') && cursor.isAhead(1, 'group')) call.withinGroup = parseWithinGroup(cursor);
  if (cursor.is('filter') && cursor.isAhead(1, '(')) call.filter = parseFilter(cursor);
  if (cursor.is('from')) parseFrom(cursor, call);
  const treatment = acceptNulls(cursor);
  if (treatment !== undefined) call.nulls = { treatment, inside: false };
  if (cursor.syntax.exportState && cursor.accept('export_state')) call.exportState = true;
  if (cursor.is('over')) parseOver(cursor, call);
}

function parseWithinGroup(cursor: Cursor): readonly SortItem[] {
  cursor.advance();
  cursor.advance();
  const open = cursor.index;
  if (!cursor.expect('(')) return [];
  cursor.expect('order');
  cursor.expect('by');
  const items = parseSortItems(cursor);
  cursor.close(open, ')');
  return items;
}

function parseFilter(cursor: Cursor): Expression {
  cursor.advance();
  const open = cursor.index;
  cursor.advance();
  if (!cursor.accept('where') && !cursor.dialect.syntax.filterClause) cursor.fail('WHERE', 'where');
  const condition = cursor.grammar.expression(cursor);
  cursor.close(open, ')');
  return condition;
}

/** `NTH_VALUE(x, 2) FROM LAST OVER (…)`; another FROM is none of ours. */
function parseFrom(cursor: Cursor, call: Mutable<Call>): void {
  const which = cursor.wordAhead(1);
  const next = cursor.wordAhead(2);
  if (which !== 'first' && which !== 'last') return;
  if (next !== 'over' && next !== 'ignore' && next !== 'respect') return;
  cursor.advance();
  cursor.advance();
  call.from = which;
}

function parseOver(cursor: Cursor, call: Mutable<Call>): void {
  if (cursor.isAhead(1, '(')) {
    cursor.advance();
    call.over = parseWindow(cursor) satisfies WindowSpecification;
  } else if (cursor.syntax.namedWindows) {
    cursor.advance();
    if (cursor.kind === WORD || cursor.kind === QUOTED) call.over = takeIdentifier(cursor);
    else cursor.fail("'(' or the name of a window");
  }
}
