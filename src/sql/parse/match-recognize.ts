import { NOT_LABEL } from '../lexer/compiled.ts';
import type {
  Expression,
  Identifier,
  MatchRecognize,
  Measure,
  RowDefinition,
  RowSubset,
  TableExpression,
} from '../tree.ts';
import type { Cursor } from './cursor.ts';
import { parseIdentifier, parseNameList } from './names.ts';
import { parseRowPattern } from './row-pattern.ts';
import { parseSortItems } from './sort.ts';

/** `MATCH_RECOGNIZE (…)` behind a table. */
export function parseMatchRecognize(cursor: Cursor, table: TableExpression): MatchRecognize {
  const { start } = table;
  cursor.advance();
  const open = cursor.index;
  cursor.advance();
  const partitionBy = cursor.acceptAll('partition', 'by') ? parseExpressions(cursor) : [];
  const orderBy = cursor.acceptAll('order', 'by') ? parseSortItems(cursor) : [];
  const measures = cursor.accept('measures') ? parseMeasures(cursor) : [];
  const rowsPerMatch = parseRowsPerMatch(cursor);
  const afterMatch = parseAfterMatch(cursor);
  const pattern = parsePatternClause(cursor);
  const subsets = cursor.accept('subset') ? parseSubsets(cursor) : [];
  const define = cursor.accept('define') ? parseDefinitions(cursor) : [];
  cursor.close(open, ')');
  return {
    kind: 'match-recognize',
    table,
    partitionBy,
    orderBy,
    measures,
    ...(rowsPerMatch && { rowsPerMatch }),
    ...(afterMatch !== undefined && { afterMatch }),
    pattern,
    subsets,
    define,
    start,
    end: cursor.previousEnd,
  };
}

function parseExpressions(cursor: Cursor): readonly Expression[] {
  const items: Expression[] = [];
  do items.push(cursor.grammar.expression(cursor));
  while (cursor.accept(','));
  return items;
}

function parseMeasures(cursor: Cursor): readonly Measure[] {
  const measures: Measure[] = [];
  do {
    const { start, word } = cursor;
    const semantics = word === 'final' || word === 'running' ? word : undefined;
    if (semantics !== undefined) cursor.advance();
    const expression = cursor.grammar.expression(cursor);
    cursor.accept('as');
    const alias: Identifier = parseIdentifier(cursor, NOT_LABEL, 'an alias');
    measures.push({ ...(semantics && { semantics }), expression, alias, start, end: alias.end });
  } while (cursor.accept(','));
  return measures;
}

/** `ONE ROW PER MATCH`, `ALL ROWS PER MATCH [SHOW EMPTY MATCHES | OMIT EMPTY MATCHES | WITH UNMATCHED ROWS]`. */
function parseRowsPerMatch(cursor: Cursor): MatchRecognize['rowsPerMatch'] {
  if (cursor.acceptAll('one', 'row', 'per', 'match')) return { rows: 'one' };
  if (!cursor.acceptAll('all', 'rows', 'per', 'match')) return undefined;
  if (cursor.acceptAll('show', 'empty', 'matches')) return { rows: 'all', detail: 'show empty matches' };
  if (cursor.acceptAll('omit', 'empty', 'matches')) return { rows: 'all', detail: 'omit empty matches' };
  if (cursor.acceptAll('with', 'unmatched', 'rows')) return { rows: 'all', detail: 'with unmatched rows' };
  return { rows: 'all' };
}

/** `AFTER MATCH SKIP PAST LAST ROW`, `… TO NEXT ROW`, `… TO [FIRST | LAST] symbol`. */
function parseAfterMatch(cursor: Cursor): string | undefined {
  if (!cursor.acceptAll('after', 'match')) return undefined;
  cursor.expect('skip');
  if (cursor.acceptAll('past', 'last', 'row')) return 'past last row';
  if (!cursor.accept('to')) cursor.fail('PAST LAST ROW or TO', 'past', 'to');
  if (cursor.acceptAll('next', 'row')) return 'to next row';
  const which = cursor.is('first') || cursor.is('last') ? `${cursor.word} ` : '';
  if (which !== '') cursor.advance();
  const symbol = cursor.written();
  parseIdentifier(cursor, NOT_LABEL, 'a symbol of the pattern');
  return `to ${which}${symbol}`;
}

function parsePatternClause(cursor: Cursor): MatchRecognize['pattern'] {
  if (!cursor.accept('pattern')) {
    cursor.fail('PATTERN', 'pattern');
    return { kind: 'sequence', items: [], start: cursor.start, end: cursor.start };
  }
  const open = cursor.index;
  cursor.expect('(');
  const pattern = parseRowPattern(cursor);
  cursor.close(open, ')');
  return pattern;
}

function parseSubsets(cursor: Cursor): readonly RowSubset[] {
  const subsets: RowSubset[] = [];
  do {
    const { start } = cursor;
    const name = parseIdentifier(cursor, NOT_LABEL, 'a name');
    cursor.expect('=');
    const symbols = parseNameList(cursor, 0);
    subsets.push({ name, symbols, start, end: cursor.previousEnd });
  } while (cursor.accept(','));
  return subsets;
}

function parseDefinitions(cursor: Cursor): readonly RowDefinition[] {
  const definitions: RowDefinition[] = [];
  do {
    const { start } = cursor;
    const symbol = parseIdentifier(cursor, NOT_LABEL, 'a symbol of the pattern');
    if (!cursor.accept('as')) cursor.fail('AS', 'as');
    const condition = cursor.grammar.expression(cursor);
    definitions.push({ symbol, condition, start, end: condition.end });
  } while (cursor.accept(','));
  return definitions;
}
