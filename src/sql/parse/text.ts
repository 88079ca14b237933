import type { DialectSyntax } from '../dialect.ts';
import type { StringLiteral } from '../tree.ts';
import type { Cursor } from './cursor.ts';

/** The text at the current token, which is known to be one. */
export function takeString(cursor: Cursor): StringLiteral {
  const { start, end } = cursor;
  const value = parseStringValue(cursor.text, start, end, cursor.syntax);
  const quoting = quotingOf(cursor.text.charCodeAt(start));
  cursor.advance();
  return { kind: 'string', value, quoting, start, end };
}

function quotingOf(first: number): StringLiteral['quoting'] {
  if (first === 39) return 'single';
  if (first === 36) return 'dollar';
  return (first | 32) === 101 ? 'escape' : 'hex';
}

/** What a text from `start` to `end` means: without its quotes, escapes resolved. */
export function parseStringValue(text: string, start: number, end: number, syntax: DialectSyntax): string {
  const quoting = quotingOf(text.charCodeAt(start));
  if (quoting === 'dollar') {
    const mark = text.indexOf('$', start + 1) - start + 1;
    return text.slice(start + mark, Math.max(start + mark, end - mark));
  }
  const inner = text.slice(quoting === 'single' ? start + 1 : start + 2, Math.max(start + 1, end - 1));
  const escapes = quoting === 'escape' || (quoting === 'single' && syntax.lexical.backslashEscapes);
  const resolved = escapes && inner.includes('\\') ? unescapeText(inner) : inner;
  return resolved === inner && inner.includes("'") ? inner.replaceAll("''", "'") : resolved;
}

const simple: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Backslashes and doubled quotes at once, so that neither sees what the other has made. */
function unescapeText(text: string): string {
  return text.replace(
    /''|\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([\s\S]))/g,
    (match, x?: string, u?: string, long?: string, octal?: string, character = '') => {
      if (match === "''") return "'";
      const hex = x ?? u ?? long;
      if (hex !== undefined) return fromCode(Number.parseInt(hex, 16));
      if (octal !== undefined) return fromCode(Number.parseInt(octal, 8));
      return simple[character] ?? character;
    },
  );
}

function fromCode(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}
