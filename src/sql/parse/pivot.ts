import { precedence } from '../dialect.ts';
import { NOT_TABLE } from '../lexer/compiled.ts';
import type {
  Expression,
  Identifier,
  Pivot,
  PivotColumn,
  PivotQuery,
  SelectItem,
  Unpivot,
  UnpivotColumn,
} from '../tree.ts';
import type { Cursor } from './cursor.ts';
import { parseIdentifier, parseName, parseNameList } from './names.ts';
import { parseAlias, parseSelectItem } from './select-item.ts';
import { parseSortItems } from './sort.ts';
import { startsQuery } from './starts.ts';

/** `PIVOT (…)` or `UNPIVOT (…)` behind a table. */
export function parsePivotClause(cursor: Cursor): Pivot | Unpivot {
  return cursor.is('pivot') ? parsePivot(cursor) : parseUnpivot(cursor);
}

function parsePivot(cursor: Cursor): Pivot {
  const { start } = cursor;
  cursor.advance();
  const open = cursor.index;
  cursor.advance();
  const aggregates = parseAggregates(cursor);
  if (!cursor.accept('for')) cursor.fail('FOR', 'for');
  const on: PivotColumn[] = [];
  do on.push(parseForColumn(cursor));
  while (cursor.syntax.pivotStatement && !cursor.is(')') && !cursor.is('group') && !cursor.failed && !cursor.atEnd);
  const defaultOnNull = parseDefault(cursor);
  const groupBy = parseGroup(cursor);
  cursor.close(open, ')');
  return {
    kind: 'pivot',
    aggregates,
    on,
    ...(defaultOnNull && { defaultOnNull }),
    groupBy,
    start,
    end: cursor.previousEnd,
  };
}

function parseAggregates(cursor: Cursor): readonly SelectItem[] {
  const items: SelectItem[] = [];
  do items.push(parseSelectItem(cursor));
  while (cursor.accept(','));
  return items;
}

function parseDefault(cursor: Cursor): Expression | undefined {
  if (!cursor.syntax.pivotAny || !cursor.acceptAll('default', 'on', 'null')) return undefined;
  const open = cursor.index;
  cursor.expect('(');
  const value = cursor.grammar.expression(cursor);
  cursor.close(open, ')');
  return value;
}

function parseGroup(cursor: Cursor): readonly Expression[] {
  if (!cursor.syntax.pivotStatement || !cursor.acceptAll('group', 'by')) return [];
  const items: Expression[] = [];
  do items.push(cursor.grammar.expression(cursor));
  while (cursor.accept(','));
  return items;
}

/** `column IN (…)` */
function parseForColumn(cursor: Cursor): PivotColumn {
  const { start } = cursor;
  const column = cursor.grammar.expression(cursor, precedence.symbols);
  if (!cursor.accept('in')) {
    cursor.fail('IN', 'in');
    return { column, start, end: cursor.previousEnd };
  }
  if (!cursor.is('(') && cursor.syntax.pivotStatement) {
    const enumType = parseName(cursor, NOT_TABLE, "'(' or a type");
    return { column, enumType, start, end: cursor.previousEnd };
  }
  const values = parseInValues(cursor);
  return { column, values, start, end: cursor.previousEnd };
}

function parseInValues(cursor: Cursor): NonNullable<PivotColumn['values']> {
  const open = cursor.index;
  if (!cursor.expect('(')) return [];
  const values = parseInside(cursor, open);
  cursor.close(open, ')');
  return values;
}

function parseInside(cursor: Cursor, open: number): NonNullable<PivotColumn['values']> {
  if (startsQuery(cursor)) return cursor.grammar.query(cursor);
  if (cursor.is('any') && cursor.syntax.pivotAny) {
    cursor.advance();
    return { any: true, orderBy: cursor.acceptAll('order', 'by') ? parseSortItems(cursor) : [] };
  }
  const items: SelectItem[] = [];
  do items.push(parseSelectItem(cursor));
  while (cursor.more(open, ')'));
  return items;
}

function parseUnpivot(cursor: Cursor): Unpivot {
  const { start } = cursor;
  cursor.advance();
  const includeNulls = parseNulls(cursor);
  const open = cursor.index;
  cursor.expect('(');
  const values = cursor.is('(') ? parseNameList(cursor) : [parseIdentifier(cursor, NOT_TABLE, 'the column of values')];
  if (!cursor.accept('for')) cursor.fail('FOR', 'for');
  const nameColumn = parseIdentifier(cursor, NOT_TABLE, 'the column of names');
  if (!cursor.accept('in')) cursor.fail('IN', 'in');
  const list = cursor.index;
  const columns: UnpivotColumn[] = [];
  if (cursor.expect('(')) {
    do columns.push(parseUnpivotColumn(cursor));
    while (cursor.more(list, ')'));
    cursor.close(list, ')');
  }
  cursor.close(open, ')');
  const nulls = includeNulls === undefined ? {} : { includeNulls };
  return { kind: 'unpivot', ...nulls, values, nameColumn, columns, start, end: cursor.previousEnd };
}

function parseNulls(cursor: Cursor): boolean | undefined {
  if (cursor.acceptAll('include', 'nulls')) return true;
  return cursor.acceptAll('exclude', 'nulls') ? false : undefined;
}

function parseUnpivotColumn(cursor: Cursor): UnpivotColumn {
  const { start } = cursor;
  const expression = cursor.grammar.expression(cursor);
  const columns = expression.kind === 'tuple' ? expression.items : [expression];
  const alias = parseUnpivotAlias(cursor);
  return { columns, ...(alias && { alias }), start, end: cursor.previousEnd };
}

function parseUnpivotAlias(cursor: Cursor): Expression | Identifier | undefined {
  if (cursor.is('as') && cursor.kindAhead(1) !== 1 && cursor.kindAhead(1) !== 2) {
    cursor.advance();
    return cursor.grammar.expression(cursor);
  }
  return parseAlias(cursor);
}

/** `PIVOT t ON … USING … GROUP BY …`, `UNPIVOT t ON … INTO NAME n VALUE v`. */
export function parsePivotQuery(cursor: Cursor): PivotQuery {
  const { start } = cursor;
  const unpivot = cursor.is('unpivot') || cursor.is('pivot_longer');
  cursor.advance();
  const table = cursor.grammar.table(cursor);
  const pivot = unpivot ? parseShortUnpivot(cursor) : parseShortPivot(cursor);
  return { kind: 'pivot-query', table, pivot, start, end: cursor.previousEnd };
}

function parseShortPivot(cursor: Cursor): Pivot {
  const { start } = cursor;
  if (!cursor.is('on') && !cursor.is('using') && !cursor.is('group'))
    cursor.fail('ON, USING or GROUP BY', 'on', 'using');
  const on: PivotColumn[] = [];
  if (cursor.accept('on')) {
    do on.push(parseOnColumn(cursor));
    while (cursor.accept(','));
  }
  const aggregates = cursor.accept('using') ? parseAggregates(cursor) : [];
  const groupBy = parseGroup(cursor);
  return { kind: 'pivot', aggregates, on, groupBy, start, end: cursor.previousEnd };
}

/** A column with all its values, or those given. */
function parseOnColumn(cursor: Cursor): PivotColumn {
  const { start } = cursor;
  const column = cursor.grammar.expression(cursor, precedence.symbols);
  if (!cursor.accept('in')) return { column, start, end: cursor.previousEnd };
  if (!cursor.is('(')) {
    const enumType = parseName(cursor, NOT_TABLE, "'(' or a type");
    return { column, enumType, start, end: cursor.previousEnd };
  }
  const values = parseInValues(cursor);
  return { column, values, start, end: cursor.previousEnd };
}

function parseShortUnpivot(cursor: Cursor): Unpivot {
  const { start } = cursor;
  const includeNulls = parseNulls(cursor);
  const columns: UnpivotColumn[] = [];
  if (!cursor.accept('on')) cursor.fail('ON', 'on');
  do columns.push(parseUnpivotColumn(cursor));
  while (cursor.accept(','));
  const made = (text: string): Identifier => ({ kind: 'identifier', text, quoted: false, start: -1, end: -1 });
  let nameColumn = made('name');
  let values: readonly Identifier[] = [made('value')];
  if (cursor.accept('into')) {
    cursor.expect('name');
    nameColumn = parseIdentifier(cursor, NOT_TABLE, 'the column of names');
    if (cursor.accept('value')) values = parseValueNames(cursor);
  }
  const nulls = includeNulls === undefined ? {} : { includeNulls };
  return { kind: 'unpivot', ...nulls, values, nameColumn, columns, start, end: cursor.previousEnd };
}

function parseValueNames(cursor: Cursor): readonly Identifier[] {
  const names: Identifier[] = [];
  do names.push(parseIdentifier(cursor, NOT_TABLE, 'the column of values'));
  while (cursor.accept(','));
  return names;
}
