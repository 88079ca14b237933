import { precedence } from '../dialect.ts';
import { NOT_COLUMN, NOT_LABEL } from '../lexer/compiled.ts';
import { SYMBOL } from '../lexer/tokens.ts';
import type { Expression, Identifier, Name, Renaming, SelectItem, Star } from '../tree.ts';
import type { Cursor } from './cursor.ts';
import { parseIdentifier, parseName } from './names.ts';

/** `*` at the cursor, and what changes it: `EXCLUDE`, `REPLACE`, `RENAME`, `LIKE`. */
export function parseStar(cursor: Cursor, qualifier: readonly Identifier[], start: number): Star {
  cursor.advance();
  const simple: Star = {
    kind: 'star',
    qualifier,
    exclude: [],
    replace: [],
    rename: [],
    start,
    end: cursor.previousEnd,
  };
  if (startsLongOperator(cursor)) cursor.fail('a column or an expression');
  return cursor.word !== '' && cursor.syntax.starModifiers.has(cursor.word) ? parseModifiers(cursor, simple) : simple;
}

/** `*` and another symbol without a blank are one operator, and none that exists: `*` with what an operator can hold. */
function startsLongOperator({ kind, text, start, previousEnd }: Cursor): boolean {
  return kind === SYMBOL && start === previousEnd && '/*<>=~!@#%^&|'.includes(text.charAt(start));
}

function parseModifiers(cursor: Cursor, star: Star): Star {
  const like = parseLike(cursor);
  let { exclude, replace, rename } = star;
  const found = cursor.index;
  for (;;) {
    if (cursor.is('exclude')) exclude = parseNames(cursor);
    else if (cursor.is('replace')) replace = parseReplacements(cursor);
    else if (cursor.is('rename')) rename = parseRenamings(cursor);
    else break;
  }
  if (like === undefined && cursor.index === found) return star;
  return { ...star, ...(like && { like }), exclude, replace, rename, end: cursor.previousEnd };
}

function parseLike(cursor: Cursor): Star['like'] {
  const negated = cursor.is('not');
  const word = negated ? cursor.wordAhead(1) : cursor.word;
  if (word !== 'like' && word !== 'ilike' && word !== 'similar' && word !== 'glob') return undefined;
  if (!cursor.syntax.starModifiers.has(word)) return undefined;
  if (negated) cursor.advance();
  cursor.advance();
  if (word === 'similar') cursor.expect('to');
  const pattern: Expression = cursor.grammar.expression(cursor, precedence.symbols);
  const mark = cursor.accept('escape') ? cursor.grammar.expression(cursor, precedence.symbols) : undefined;
  return { operator: word === 'similar' ? 'similar to' : word, negated, pattern, ...(mark && { escape: mark }) };
}

function parseNames(cursor: Cursor): readonly Name[] {
  cursor.advance();
  return parseEither(cursor, () => parseName(cursor, NOT_COLUMN, 'a column'));
}

/** One without parentheses, or several in them. */
function parseEither<Item>(cursor: Cursor, parse: () => Item): Item[] {
  const open = cursor.index;
  if (!cursor.accept('(')) return [parse()];
  const items: Item[] = [];
  do items.push(parse());
  while (cursor.more(open, ')') && !cursor.is(')'));
  cursor.close(open, ')');
  return items;
}

function parseReplacements(cursor: Cursor): readonly SelectItem[] {
  cursor.advance();
  return parseEither(cursor, (): SelectItem => {
    const { start } = cursor;
    const expression = cursor.grammar.expression(cursor);
    cursor.expect('as');
    const alias = parseIdentifier(cursor, NOT_LABEL, 'a column');
    return { kind: 'select-item', expression, alias, start, end: alias.end };
  });
}

function parseRenamings(cursor: Cursor): readonly Renaming[] {
  cursor.advance();
  return parseEither(cursor, (): Renaming => {
    const from = parseName(cursor, NOT_COLUMN, 'a column');
    cursor.expect('as');
    const to = parseIdentifier(cursor, NOT_LABEL, 'a name');
    return { from, to, start: from.start, end: to.end };
  });
}
