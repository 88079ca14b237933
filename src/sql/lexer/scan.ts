import type { LexicalSyntax } from '../dialect.ts';
import { classOf, DIGIT, hexValue, LETTER, SPACE, WORD_PART } from './characters.ts';

const BACKSLASH = 92;
const UNDERSCORE = 95;
const POINT = 46;

/** Where a text or name ends that starts with the quote at `quote`, behind its last quote; 0 if it is not closed. */
export function endOfQuoted(text: string, quote: number, escapes: boolean): number {
  const mark = text.charCodeAt(quote);
  for (let at = quote + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === mark) {
      if (text.charCodeAt(at + 1) !== mark) return at + 1;
      at++;
    } else if (code === BACKSLASH && escapes) at++;
  }
  return 0;
}

/** Where a line ends, its break not counted. */
export function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  if (newline < 0) return text.length;
  return text.charCodeAt(newline - 1) === 13 ? newline - 1 : newline;
}

/** Where a comment ends that starts with slash and star; 0 if it is not closed. */
export function endOfBlockComment(text: string, start: number, nested: boolean): number {
  if (!nested) {
    const close = text.indexOf('*/', start + 2);
    return close < 0 ? 0 : close + 2;
  }
  let depth = 1;
  for (let at = start + 2; at < text.length - 1; at++) {
    if (text.startsWith('/*', at)) {
      depth++;
      at++;
    } else if (text.startsWith('*/', at)) {
      at++;
      if (--depth === 0) return at + 1;
    }
  }
  return 0;
}

/**
 * Where `$$…$$` or `$tag$…$tag$` ends; 0 if nothing of the kind starts here, -1 if it is not closed.
 */
export function endOfDollarText(text: string, start: number, tags: boolean): number {
  let at = start + 1;
  if (tags && (classOf(text.charCodeAt(at)) & LETTER) !== 0) {
    while (at < text.length && text.charCodeAt(at) !== 36 && (classOf(text.charCodeAt(at)) & WORD_PART) !== 0) at++;
  }
  if (text.charCodeAt(at) !== 36) return 0;
  const mark = text.slice(start, at + 1);
  const close = text.indexOf(mark, at + 1);
  return close < 0 ? -1 : close + mark.length;
}

/** Where a number ends: digits, a point, an exponent. */
export function endOfNumber(text: string, start: number, lexical: LexicalSyntax): number {
  if (lexical.numberExtensions && text.charCodeAt(start) === 48 && (text.charCodeAt(start + 1) | 32) === 120) {
    let at = start + 2;
    while (hexValue(text.charCodeAt(at)) >= 0 || text.charCodeAt(at) === UNDERSCORE) at++;
    if (at > start + 2) return at;
  }
  let at = endOfDigits(text, start, lexical.numberExtensions);
  if (text.charCodeAt(at) === POINT && text.charCodeAt(at + 1) !== POINT) {
    at = endOfDigits(text, at + 1, lexical.numberExtensions);
  }
  if ((text.charCodeAt(at) | 32) !== 101) return at;
  const sign = text.charCodeAt(at + 1);
  const digits = sign === 43 || sign === 45 ? at + 2 : at + 1;
  const end = endOfDigits(text, digits, lexical.numberExtensions);
  return end > digits ? end : at;
}

function endOfDigits(text: string, start: number, underscores: boolean): number {
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const between = underscores && code === UNDERSCORE && at > start && isDigit(text.charCodeAt(at + 1));
    if (!isDigit(code) && !between) break;
    at++;
  }
  return at;
}

function isDigit(code: number): boolean {
  return code < 128 && (classOf(code) & DIGIT) !== 0;
}

/** Where the location of a stage or file ends; parts in double quotes can hold anything. */
export function endOfStage(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      const end = endOfQuoted(text, at, false);
      if (end === 0) return text.length;
      at = end;
      continue;
    }
    // `( ) , ;` and a quote end a location.
    if (classOf(code) === SPACE || code === 40 || code === 41 || code === 44 || code === 59 || code === 39) break;
    at++;
  }
  return at;
}

/** Whether a comment has its lines for itself, ends a line, or stands between others; `previous` is the end of the token before. */
export function placeOfComment(
  text: string,
  start: number,
  end: number,
  previous: number,
): 'alone' | 'end' | 'between' {
  let behind = end;
  while (behind < text.length && isBlank(text.charCodeAt(behind))) behind++;
  if (behind < text.length && text.charCodeAt(behind) !== 10) return 'between';
  return previous === 0 || text.lastIndexOf('\n', start) >= previous ? 'alone' : 'end';
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13;
}
