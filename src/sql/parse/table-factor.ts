import { precedence } from '../dialect.ts';
import { NOT_CALLABLE, NOT_TABLE } from '../lexer/compiled.ts';
import { QUOTED, STAGE, STRING, VARIABLE, WORD } from '../lexer/tokens.ts';
import type {
  Argument,
  DerivedTable,
  Expression,
  Name,
  NestedQuery,
  Query,
  StageTable,
  Table,
  TableAlias,
  TableExpression,
} from '../tree.ts';
import { parseArguments } from './call.ts';
import type { Cursor } from './cursor.ts';
import { parseMatchRecognize } from './match-recognize.ts';
import { parseIdentifier, parseName, takeIdentifier } from './names.ts';
import { goesOnAsQuery } from './parenthesis.ts';
import { parsePivotClause } from './pivot.ts';
import { parseSample, startsSample } from './sample.ts';
import { parseValues } from './select.ts';
import { parseSemanticView } from './semantic-view.ts';
import { startsQuery } from './starts.ts';
import { parseTableAlias } from './table-alias.ts';
import { takeString } from './text.ts';
import { parseChanges, parseTravel, startsTravel } from './travel.ts';

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
type Unjoined = Exclude<TableExpression, { readonly kind: 'join' | 'bad-table' }>;

/** One table in FROM, with its alias, sample and pivots. */
export function parseTableFactor(cursor: Cursor): TableExpression {
  const { start } = cursor;
  const before = cursor.syntax.aliasFirst && cursor.isAhead(1, ':') ? parseAliasBefore(cursor) : undefined;
  const lateral = cursor.accept('lateral');
  const table = parseSource(cursor, start) as Mutable<Unjoined> | undefined;
  if (table === undefined) return { kind: 'bad-table', start, end: start };
  if (lateral) table.lateral = true;
  if (before !== undefined) {
    table.alias = before;
    table.start = start;
  }
  return parseBehind(cursor, table);
}

function parseAliasBefore(cursor: Cursor): TableAlias | undefined {
  if (cursor.kind !== QUOTED && !cursor.allows(NOT_TABLE)) return undefined;
  const name = takeIdentifier(cursor);
  cursor.advance();
  return { name, columns: [], aliasFirst: true, start: name.start, end: cursor.previousEnd };
}

/** Time travel, alias and sample of a table; then pivots, each of which makes a new one. */
function parseBehind(cursor: Cursor, source: Mutable<Unjoined>): TableExpression {
  let table = source;
  for (;;) {
    if (cursor.word !== '' || cursor.kind === QUOTED || cursor.kind === WORD) parseDecoration(cursor, table);
    table.end = cursor.previousEnd;
    const next = parsePivoted(cursor, table);
    if (next === undefined) return table;
    table = next;
  }
}

function parseDecoration(cursor: Cursor, table: Mutable<Unjoined>): void {
  if (table.kind === 'table') parseTableTravel(cursor, table);
  if (startsSample(cursor)) table.sample = parseSample(cursor);
  if (table.alias === undefined) {
    const alias = parseTableAlias(cursor);
    if (alias !== undefined) table.alias = alias;
  }
  if (table.kind === 'table' && table.travel === undefined) parseTableTravel(cursor, table);
  if (startsSample(cursor)) table.sample = parseSample(cursor);
}

function parseTableTravel(cursor: Cursor, table: Mutable<Table>): void {
  if (startsTravel(cursor)) table.travel = parseTravel(cursor);
  if (cursor.is('changes') && cursor.syntax.beforeTravel && cursor.isAhead(2, 'information')) {
    table.changes = parseChanges(cursor);
  }
}

function parsePivoted(cursor: Cursor, table: TableExpression): Mutable<Unjoined> | undefined {
  const { start } = table;
  if ((cursor.is('pivot') || cursor.is('unpivot')) && cursor.isAhead(1, '(')) return pivoted(cursor, table);
  if (cursor.is('unpivot') && cursor.isAhead(2, 'nulls')) return pivoted(cursor, table);
  if (cursor.is('match_recognize') && cursor.syntax.matchRecognize && cursor.isAhead(1, '(')) {
    return { ...parseMatchRecognize(cursor, table), start };
  }
  return undefined;
}

function pivoted(cursor: Cursor, table: TableExpression): Mutable<Unjoined> {
  const pivot = parsePivotClause(cursor);
  return { kind: 'pivoted-table', table, pivot, start: table.start, end: cursor.previousEnd };
}

function parseSource(cursor: Cursor, start: number): Unjoined | undefined {
  switch (cursor.kind) {
    case STAGE:
      return parseStage(cursor);
    case STRING:
      if (cursor.syntax.fileTables) return parseFile(cursor);
      break;
    case VARIABLE:
      return parseVariable(cursor);
    default:
      if (cursor.word === '(') return parseParenthesis(cursor, start);
      if (cursor.word === 'values' && cursor.syntax.bareValues && cursor.isAhead(1, '('))
        return parseBareValues(cursor);
      if (cursor.word === 'table' && cursor.syntax.tableWrapper && cursor.isAhead(1, '(')) return parseWrapped(cursor);
      if (cursor.word === 'semantic_view' && cursor.syntax.semanticViews && cursor.isAhead(1, '(')) {
        return parseSemanticView(cursor);
      }
      if (cursor.kind === QUOTED || canName(cursor)) return parseNamed(cursor);
      if (cursor.word === ':' && cursor.syntax.parameterMarks.has(':')) return parseVariable(cursor);
      if (cursor.word === '?') return parseVariable(cursor);
  }
  parseName(cursor, NOT_TABLE, 'a table');
  return undefined;
}

/** Whether the word can name a table, or a function that gives one. */
function canName(cursor: Cursor): boolean {
  return cursor.allows(cursor.isAhead(1, '(') ? NOT_CALLABLE : NOT_TABLE);
}

function parseNamed(cursor: Cursor): Unjoined {
  const { start } = cursor;
  const name = parseName(cursor, 0, 'a table');
  if (cursor.word !== '(') return { kind: 'table', name, start, end: name.end };
  return withOrdinality(cursor, parseArguments(cursor, name, start), start, false);
}

function withOrdinality(cursor: Cursor, call: Expression, start: number, wrapped: boolean): Unjoined {
  const ordinal = cursor.acceptAll('with', 'ordinality');
  const kind = 'table-function' as const;
  return { kind, wrapped, call, ...(ordinal && { withOrdinality: true }), start, end: cursor.previousEnd };
}

/** `TABLE(f(x))`, `TABLE($1)`, `TABLE('name')`. */
function parseWrapped(cursor: Cursor): Unjoined {
  const { start } = cursor;
  cursor.advance();
  const open = cursor.index;
  cursor.advance();
  if (startsQuery(cursor)) {
    const query = cursor.grammar.query(cursor);
    cursor.close(open, ')');
    return { kind: 'derived-table', query, start, end: cursor.previousEnd };
  }
  const call = cursor.grammar.expression(cursor);
  cursor.close(open, ')');
  return { kind: 'table-function', wrapped: true, call, start, end: cursor.previousEnd };
}

const noName = (start: number): Name => ({ kind: 'name', parts: [], start, end: start });

function parseFile(cursor: Cursor): Unjoined {
  const { start } = cursor;
  const file = takeString(cursor);
  if (cursor.syntax.stages && file.value.startsWith('@')) return stageTable(cursor, file.value, true, start);
  return { kind: 'table', name: noName(start), file, start, end: file.end };
}

function parseStage(cursor: Cursor): StageTable {
  const { start } = cursor;
  const location = cursor.written();
  cursor.advance();
  return stageTable(cursor, location, false, start);
}

function stageTable(cursor: Cursor, location: string, quoted: boolean, start: number): StageTable {
  const options: Argument[] = [];
  const open = cursor.index;
  if (cursor.is('(') && cursor.isAhead(2, '=>')) {
    cursor.advance();
    do options.push(parseOption(cursor));
    while (cursor.more(open, ')'));
    cursor.close(open, ')');
  }
  return { kind: 'stage-table', location, quoted, options, start, end: cursor.previousEnd };
}

function parseOption(cursor: Cursor): Argument {
  const { start } = cursor;
  const name = parseIdentifier(cursor, 0, 'the name of an option');
  cursor.expect('=>');
  const value = cursor.grammar.expression(cursor);
  return { name, arrow: '=>', value, start, end: value.end };
}

function parseVariable(cursor: Cursor): Unjoined | undefined {
  const { start } = cursor;
  const parameter = cursor.grammar.expression(cursor, precedence.sign + 1);
  if (parameter.kind === 'parameter')
    return { kind: 'table', name: noName(start), parameter, start, end: parameter.end };
  cursor.report('sql/expected', 'Expected a table; a variable for one stands alone', start, parameter.end);
  return undefined;
}

function parseBareValues(cursor: Cursor): Unjoined {
  const { start } = cursor;
  const body = parseValues(cursor);
  const query: Query = { kind: 'query', body, orderBy: [], start, end: body.end };
  return { kind: 'derived-table', query, bare: true, start, end: body.end };
}

/** A query or a join in parentheses. */
function parseParenthesis(cursor: Cursor, start: number): Unjoined {
  const open = cursor.index;
  cursor.advance();
  const derived = (query: Query): DerivedTable => ({ kind: 'derived-table', query, start, end: cursor.previousEnd });
  if (startsQuery(cursor)) {
    const query = cursor.grammar.query(cursor);
    cursor.close(open, ')');
    return derived(query);
  }
  if (!cursor.enter())
    return { kind: 'nested-table', table: { kind: 'bad-table', start, end: start }, start, end: start };
  const table = cursor.grammar.table(cursor);
  cursor.leave();
  const body = table.kind === 'derived-table' && table.alias === undefined ? nestedQuery(table) : undefined;
  if (body !== undefined && (cursor.is(')') || goesOnAsQuery(cursor))) {
    const query = cursor.grammar.queryBehind(cursor, body);
    cursor.close(open, ')');
    return derived(query);
  }
  cursor.close(open, ')');
  return { kind: 'nested-table', table, start, end: cursor.previousEnd };
}

function nestedQuery({ query, start, end }: DerivedTable): NestedQuery {
  return { kind: 'nested-query', query, start, end };
}
