import { NOT_COLUMN, NOT_LABEL, NOT_TABLE, NOT_TABLE_ALIAS } from '../lexer/compiled.ts';
import { QUOTED } from '../lexer/tokens.ts';
import type { DataType, Identifier, TableAlias } from '../tree.ts';
import type { Cursor } from './cursor.ts';
import { acceptStringName, parseIdentifier, takeIdentifier } from './names.ts';
import { startsSample } from './sample.ts';
import { startsTravel } from './travel.ts';
import { parseDataType } from './type.ts';

/** `[AS] t [(a, b)]`; undefined if there is none. */
export function parseTableAlias(cursor: Cursor): TableAlias | undefined {
  const { start } = cursor;
  const name = parseAliasName(cursor);
  if (name === undefined) return undefined;
  if (!cursor.is('(')) return { name, columns: [], start, end: name.end };
  return { name, ...parseColumns(cursor), start, end: cursor.previousEnd };
}

function parseAliasName(cursor: Cursor): Identifier | undefined {
  if (cursor.is('as')) {
    cursor.advance();
    return (
      acceptStringName(cursor) ?? parseIdentifier(cursor, cursor.syntax.aliasFirst ? NOT_TABLE : NOT_LABEL, 'an alias')
    );
  }
  if (cursor.kind === QUOTED) return takeIdentifier(cursor);
  if (!cursor.allows(NOT_TABLE_ALIAS) || startsSomethingElse(cursor)) return undefined;
  return takeIdentifier(cursor);
}

/** Words that are aliases only where they cannot be clauses. */
function startsSomethingElse(cursor: Cursor): boolean {
  switch (cursor.word) {
    case 'at':
    case 'before':
    case 'end':
      return startsTravel(cursor);
    case 'changes':
      return cursor.isAhead(1, '(') && cursor.isAhead(2, 'information');
    case 'unpivot':
      return cursor.isAhead(1, '(') || cursor.isAhead(2, 'nulls');
    case 'pivot':
    case 'match_recognize':
      return cursor.isAhead(1, '(');
    case 'sample':
      return startsSample(cursor);
    default:
      return false;
  }
}

/** `(a, b)`, or `(a INT, b VARCHAR)`. */
function parseColumns(cursor: Cursor): {
  readonly columns: readonly Identifier[];
  readonly types?: readonly DataType[];
} {
  const open = cursor.index;
  const columns: Identifier[] = [];
  const types: DataType[] = [];
  cursor.advance();
  do {
    columns.push(parseIdentifier(cursor, NOT_COLUMN, 'a column'));
    if (!cursor.is(',') && !cursor.is(')') && !cursor.atEnd) types.push(parseDataType(cursor));
  } while (cursor.more(open, ')'));
  cursor.close(open, ')');
  return types.length > 0 ? { columns, types } : { columns };
}
