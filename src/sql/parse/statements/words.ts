import { END, WORD } from '../../lexer/tokens.ts';
import type { Cursor } from '../cursor.ts';

/** The word at a distance, lower case; empty for what is no word. Also for words that the lexer has no number for. */
export function wordAt(cursor: Cursor, distance = 0): string {
  const index = cursor.index + distance;
  const { kinds, starts, ends } = cursor.tokens;
  if (kinds[index] !== WORD) return '';
  return cursor.wordAhead(distance) || cursor.text.slice(starts[index]!, ends[index]!).toLowerCase();
}

/** How many tokens a phrase has that stands here (`row access policy`), 0 if it does not. */
export function phraseAt(cursor: Cursor, phrase: string, distance = 0): number {
  const words = phrase.split(' ');
  return words.every((word, index) => wordAt(cursor, distance + index) === word) ? words.length : 0;
}

/** Goes on and says so if a phrase stands here. */
export function acceptPhrase(cursor: Cursor, phrase: string): boolean {
  const length = phraseAt(cursor, phrase);
  if (length > 0) cursor.jumpTo(cursor.index + length);
  return length > 0;
}

/** The first phrase that stands here, read; undefined if none does. Longer ones have to stand before shorter ones. */
export function acceptOneOf(cursor: Cursor, phrases: readonly string[]): string | undefined {
  return phrases.find((phrase) => acceptPhrase(cursor, phrase));
}

/** Reports unless a phrase stands here. */
export function expectPhrase(cursor: Cursor, phrase: string): boolean {
  if (acceptPhrase(cursor, phrase)) return true;
  cursor.fail(phrase.toUpperCase());
  return false;
}

/** Reads the word here as it counts, lower case. */
export function takeWord(cursor: Cursor): string {
  const word = wordAt(cursor);
  cursor.advance();
  return word;
}

/** `IF EXISTS` or `IF NOT EXISTS`. */
export function acceptIf(cursor: Cursor, condition: 'exists' | 'not exists'): boolean {
  return acceptPhrase(cursor, `if ${condition}`);
}

/** Whether the statement ends at a distance. */
export function endsAt(cursor: Cursor, distance: number): boolean {
  return cursor.kindAhead(distance) === END || cursor.isAhead(distance, ';');
}

/** Items with commas between them. */
export function parseList<Item>(cursor: Cursor, parse: (cursor: Cursor) => Item): Item[] {
  const items: Item[] = [];
  do items.push(parse(cursor));
  while (cursor.accept(','));
  return items;
}

/** Items in parentheses; none where the parentheses are missing, which is reported, or empty. */
export function parseParenthesized<Item>(cursor: Cursor, parse: (cursor: Cursor) => Item): Item[] {
  const open = cursor.index;
  const items: Item[] = [];
  if (!cursor.expect('(')) return items;
  if (!cursor.is(')')) {
    do items.push(parse(cursor));
    while (cursor.more(open, ')'));
  }
  cursor.close(open, ')');
  return items;
}
