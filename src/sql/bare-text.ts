import type { Dialect } from './dialect.ts';
import { TokenReader } from './parse/token-reader.ts';

/** A text without comments, and with one blank in place of all space: two texts with the same one say the same. */
export function bareText(text: string, dialect: Dialect): string {
  const { tokens } = new TokenReader(text, dialect);
  return tokens.starts
    .map((start, index) => text.slice(start, tokens.ends[index]))
    .filter((token) => token !== '')
    .join(' ');
}
