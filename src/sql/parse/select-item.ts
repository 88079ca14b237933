import { NOT_BARE_ALIAS, NOT_COLUMN, NOT_LABEL } from '../lexer/compiled.ts';
import { QUOTED, WORD } from '../lexer/tokens.ts';
import type { Identifier, SelectItem } from '../tree.ts';
import { type Cursor, clauseWords } from './cursor.ts';
import { acceptStringName, parseIdentifier, takeIdentifier } from './names.ts';

/** What a SELECT gives: at least one item. Behind an error, reading goes on at the next comma. */
export function parseItems(cursor: Cursor): readonly SelectItem[] {
  const items: SelectItem[] = [];
  do {
    if (items.length > 0 && cursor.syntax.trailingCommas && endsList(cursor)) break;
    items.push(parseSelectItem(cursor));
  } while (anotherItem(cursor));
  return items;
}

/** Whether what follows a comma is no item; a word that can also be a column is one if another comma follows. */
function endsList(cursor: Cursor): boolean {
  if (cursor.is(')') || cursor.atEnd) return true;
  if (cursor.is('using') || cursor.is('fetch') || cursor.is('offset')) return !cursor.allows(NOT_COLUMN);
  return (
    clauseWords.has(cursor.word) && (!cursor.allows(NOT_COLUMN) || (cursor.is('where') && !cursor.isAhead(1, ',')))
  );
}

/** Words of the grammar that begin nothing but an expression. */
const itemWords: ReadonlySet<string> = new Set(['case', 'cast', 'try_cast', 'coalesce', 'extract', 'not', 'exists']);

function anotherItem(cursor: Cursor): boolean {
  if (cursor.accept(',')) return true;
  if (cursor.atEnd || cursor.is(')')) return false;
  // A word that the grammar knows may go on with what contains this query.
  if (cursor.word !== '' && cursor.kind === WORD && !cursor.failed && !itemWords.has(cursor.word)) return false;
  cursor.fail("',' or FROM", 'from', 'as', 'union', 'where');
  cursor.skipTo((word) => word === ',' || clauseWords.has(word));
  return cursor.accept(',');
}

/** `expression [AS alias]`, or `alias: expression`. */
export function parseSelectItem(cursor: Cursor): SelectItem {
  const { start } = cursor;
  if (cursor.syntax.aliasFirst && cursor.isAhead(1, ':') && (cursor.kind === QUOTED || cursor.allows(NOT_COLUMN))) {
    const alias = takeIdentifier(cursor);
    cursor.advance();
    const expression = cursor.grammar.expression(cursor);
    return { kind: 'select-item', expression, alias, aliasFirst: true, start, end: expression.end };
  }
  const expression = cursor.grammar.expression(cursor);
  const plain = cursor.word === ',' || (expression.kind === 'star' && !cursor.syntax.starAliases);
  if (plain) return { kind: 'select-item', expression, start, end: expression.end };
  const alias = parseAlias(cursor);
  if (alias === undefined) return { kind: 'select-item', expression, start, end: cursor.previousEnd };
  return { kind: 'select-item', expression, alias, start, end: alias.end };
}

/** `AS a` or `a`; undefined if there is none. */
export function parseAlias(cursor: Cursor): Identifier | undefined {
  if (cursor.accept('as')) return acceptStringName(cursor) ?? parseIdentifier(cursor, NOT_LABEL, 'an alias');
  return cursor.kind === QUOTED || cursor.allows(NOT_BARE_ALIAS) ? takeIdentifier(cursor) : undefined;
}
