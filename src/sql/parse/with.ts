import { NOT_COLUMN, NOT_TABLE } from '../lexer/compiled.ts';
import { QUOTED } from '../lexer/tokens.ts';
import type { CommonTable, Identifier, Query, SelectItem, With } from '../tree.ts';
import type { Cursor } from './cursor.ts';
import { acceptStringName, parseIdentifier, parseNameList } from './names.ts';
import { parseSelectItem } from './select-item.ts';
import { parseStrictQuery } from './strict-query.ts';

/** `WITH [RECURSIVE] a AS (…), …` */
/** `WITH a AS (…), b AS (…)` */
export function parseWith(cursor: Cursor): With {
  const { start } = cursor;
  cursor.advance();
  const recursive = cursor.is('recursive') && !cursor.isAhead(1, 'as') && !cursor.isAhead(1, '(');
  if (recursive) cursor.advance();
  const tables: CommonTable[] = [];
  do {
    if (tables.length > 0 && cursor.is('select') && cursor.syntax.trailingCommasInClauses) break;
    tables.push(parseCommonTable(cursor));
  } while (anotherTable(cursor));
  return { recursive, tables, start, end: cursor.previousEnd };
}

/** Whether a further table of WITH follows; also where the comma before it is missing. */
function anotherTable(cursor: Cursor): boolean {
  if (cursor.accept(',')) return true;
  if (cursor.isAhead(1, 'as') && cursor.isAhead(2, '(') && (cursor.kind === QUOTED || cursor.allows(NOT_TABLE))) {
    cursor.fail("',' or SELECT", 'select');
    return true;
  }
  return false;
}

function parseCommonTable(cursor: Cursor): CommonTable {
  const { start } = cursor;
  const name = parseCommonName(cursor);
  const columns = cursor.is('(') && !cursor.isAhead(1, 'select') ? parseNameList(cursor) : [];
  const key = parseUsingKey(cursor);
  if (!cursor.accept('as')) cursor.fail('AS', 'as');
  const materialized = parseMaterialized(cursor);
  const open = cursor.index;
  if (!cursor.expect('(')) return missingTable(cursor, name, columns, start);
  const query = parseStrictQuery(cursor);
  cursor.close(open, ')');
  return {
    name,
    columns,
    ...(materialized !== undefined && { materialized }),
    ...key,
    query,
    start,
    end: cursor.previousEnd,
  };
}

function parseCommonName(cursor: Cursor): Identifier {
  const string = acceptStringName(cursor);
  if (string) return string;
  const name = parseIdentifier(cursor, NOT_TABLE, 'the name of a common table');
  // A reserved word, which was reported, is passed over where it can only have been meant as the name.
  if (cursor.failed && (cursor.isAhead(1, 'as') || cursor.isAhead(1, '('))) cursor.advance();
  return name;
}

function missingTable(cursor: Cursor, name: Identifier, columns: readonly Identifier[], start: number): CommonTable {
  const at = { start: cursor.start, end: cursor.start };
  const query: Query = { kind: 'query', body: { kind: 'bad-query', ...at }, orderBy: [], ...at };
  return { name, columns, query, start, end: cursor.previousEnd };
}

function parseUsingKey(cursor: Cursor): Pick<CommonTable, 'usingKey' | 'usingKeyAggregates'> {
  if (!cursor.syntax.materializedTables || !cursor.acceptAll('using', 'key')) return {};
  const open = cursor.index;
  const usingKey: Identifier[] = [];
  const usingKeyAggregates: SelectItem[] = [];
  if (!cursor.expect('(')) return {};
  do {
    if (cursor.isAhead(1, '(')) usingKeyAggregates.push(parseSelectItem(cursor));
    else usingKey.push(parseIdentifier(cursor, NOT_COLUMN, 'a column'));
  } while (cursor.more(open, ')'));
  cursor.close(open, ')');
  return usingKeyAggregates.length > 0 ? { usingKey, usingKeyAggregates } : { usingKey };
}

function parseMaterialized(cursor: Cursor): boolean | undefined {
  if (!cursor.syntax.materializedTables) return undefined;
  if (cursor.accept('materialized')) return true;
  return cursor.acceptAll('not', 'materialized') ? false : undefined;
}
