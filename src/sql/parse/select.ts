import { precedence } from '../dialect.ts';
import { NOT_TABLE } from '../lexer/compiled.ts';
import { NUMBER, SYMBOL, VARIABLE } from '../lexer/tokens.ts';
import type { Expression, NamedWindow, Select, TableExpression, Values } from '../tree.ts';
import { parseConnectBy } from './connect.ts';
import { type Cursor, clauseWords } from './cursor.ts';
import { parseGroupBy } from './group.ts';
import { parseIdentifier } from './names.ts';
import { parseSample } from './sample.ts';
import { parseItems } from './select-item.ts';
import { takeNumber } from './type.ts';
import { parseWindow } from './window.ts';

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/**
 * `SELECT … FROM … WHERE …` up to QUALIFY, also with FROM first. With `resumed`, what is at the cursor may be a clause in
 * the middle: then reading goes on behind an error.
 */
export function parseSelect(cursor: Cursor, resumed = false): Select {
  const { start } = cursor;
  const select: Mutable<Select> = { kind: 'select', items: [], from: [], windows: [], start, end: 0 };
  if (cursor.is('from') && !resumed) {
    select.fromFirst = true;
    parseFrom(cursor, select);
    if (cursor.is('select')) {
      parseStart(cursor, select);
      select.items = parseItems(cursor);
    }
  } else if (!resumed) {
    parseStart(cursor, select);
    select.items = parseItems(cursor);
    if (cursor.is('into') && cursor.syntax.selectInto) select.into = parseInto(cursor);
    if (cursor.is('from')) parseFrom(cursor, select);
  }
  parseClauses(cursor, select);
  select.end = cursor.previousEnd;
  return select;
}

/** `SELECT DISTINCT TOP 3`: what stands before the first item. */
function parseStart(cursor: Cursor, select: Mutable<Select>): void {
  cursor.advance();
  if (cursor.is('distinct')) {
    cursor.advance();
    const on = cursor.syntax.distinctOn && cursor.is('on') && cursor.isAhead(1, '(');
    select.distinct = on ? { on: parseDistinctOn(cursor) } : 'distinct';
  } else if (cursor.is('all')) {
    cursor.advance();
    select.distinct = 'all';
  }
  if (cursor.is('top') && cursor.syntax.top && startsCount(cursor)) {
    cursor.advance();
    // A number alone: `TOP 3 [a]` gives an array.
    select.top = cursor.kind === NUMBER ? takeNumber(cursor) : cursor.grammar.expression(cursor, precedence.sign);
  }
}

function startsCount(cursor: Cursor): boolean {
  const next = cursor.kindAhead(1);
  return next === NUMBER || next === VARIABLE;
}

function parseDistinctOn(cursor: Cursor): readonly Expression[] {
  cursor.advance();
  const open = cursor.index;
  cursor.advance();
  const items: Expression[] = [];
  do items.push(cursor.grammar.expression(cursor));
  while (cursor.more(open, ')'));
  cursor.close(open, ')');
  return items;
}

function parseInto(cursor: Cursor): readonly Expression[] {
  cursor.advance();
  const targets: Expression[] = [];
  do targets.push(cursor.grammar.expression(cursor));
  while (cursor.accept(','));
  return targets;
}

function parseFrom(cursor: Cursor, select: Mutable<Select>): void {
  cursor.advance();
  const tables: TableExpression[] = [];
  do tables.push(cursor.grammar.table(cursor));
  while (cursor.accept(',') && !cursor.endsBehindComma());
  select.from = tables;
}

/** The order in which clauses have to stand; those of one rank in any order. */
const ranks: Readonly<Record<string, number>> = {
  where: 1,
  start: 1,
  connect: 1,
  group: 2,
  having: 3,
  window: 4,
  qualify: 5,
  using: 6,
};

function parseClauses(cursor: Cursor, select: Mutable<Select>): void {
  let last = { rank: 0, word: '' };
  for (;;) {
    const { word, start, end } = cursor;
    if (word === '') {
      if (!recover(cursor)) return;
      continue;
    }
    const before = cursor.index;
    if (!parseClause(cursor, select)) {
      if (!recover(cursor)) return;
      continue;
    }
    if (cursor.index === before) return;
    const rank = ranks[word] ?? 0;
    if (rank > 0 && rank < last.rank) {
      const message = `${word.toUpperCase()} has to stand before ${last.word.toUpperCase()}`;
      cursor.report('sql/clause-order', message, start, end);
    }
    if (rank > 0) last = { rank, word };
  }
}

/** Behind an error that was reported here: goes to the next clause. False if there was none, or nothing follows. */
function recover(cursor: Cursor): boolean {
  if (!cursor.failed || cursor.atEnd || cursor.is(')')) return false;
  const before = cursor.index;
  cursor.skipTo((word) => clauseWords.has(word));
  if (cursor.kind === SYMBOL || cursor.atEnd) return false;
  return cursor.index > before && ranks[cursor.word] !== undefined;
}

function parseClause(cursor: Cursor, select: Mutable<Select>): boolean {
  switch (cursor.word) {
    case 'where':
      cursor.advance();
      select.where = single(cursor, 'where', select.where);
      return true;
    case 'group':
      if (!cursor.isAhead(1, 'by') && cursor.isAhead(1, '(')) return false;
      select.groupBy = parseGroupBy(cursor);
      return true;
    case 'having':
      cursor.advance();
      select.having = single(cursor, 'having', select.having);
      return true;
    case 'qualify':
      if (!cursor.syntax.qualify) return false;
      cursor.advance();
      select.qualify = single(cursor, 'qualify', select.qualify);
      return true;
    case 'start':
    case 'connect':
      if (!cursor.syntax.connectBy || !(cursor.isAhead(1, 'with') || cursor.isAhead(1, 'by'))) return false;
      select.connectBy = parseConnectBy(cursor);
      return true;
    case 'window':
      if (!cursor.syntax.namedWindows) return false;
      select.windows = parseWindows(cursor);
      return true;
    case 'using':
      if (!cursor.syntax.usingSample || !cursor.isAhead(1, 'sample')) return false;
      select.sample = parseSample(cursor);
      return true;
    default:
      return false;
  }
}

/** A condition; a second one of its kind is an error. */
function single(cursor: Cursor, word: string, before: Expression | undefined): Expression {
  if (before !== undefined) {
    const message = `There is a second ${word.toUpperCase()}`;
    cursor.report('sql/clause-order', message, cursor.previousEnd - word.length, cursor.previousEnd);
  }
  return cursor.grammar.expression(cursor);
}

function parseWindows(cursor: Cursor): readonly NamedWindow[] {
  cursor.advance();
  const windows: NamedWindow[] = [];
  do {
    const { start } = cursor;
    const name = parseIdentifier(cursor, NOT_TABLE, 'the name of a window');
    cursor.expect('as');
    const window = parseWindow(cursor);
    windows.push({ name, window, start, end: cursor.previousEnd });
  } while (cursor.accept(','));
  return windows;
}

/** `VALUES (1, 'a'), (2, 'b')` */
export function parseValues(cursor: Cursor): Values {
  const { start } = cursor;
  cursor.advance();
  const rows: (readonly Expression[])[] = [];
  do {
    if (rows.length > 0 && !cursor.is('(') && cursor.syntax.trailingCommasInClauses) break;
    rows.push(parseValuesRow(cursor));
  } while (cursor.accept(','));
  return { kind: 'values', rows, start, end: cursor.previousEnd };
}

function parseValuesRow(cursor: Cursor): readonly Expression[] {
  const open = cursor.index;
  const items: Expression[] = [];
  if (!cursor.expect('(')) return items;
  do items.push(cursor.grammar.expression(cursor));
  while (cursor.more(open, ')') && !(cursor.is(')') && cursor.endsBehindComma()));
  cursor.close(open, ')');
  return items;
}
