// What Python's str methods ask of single characters, by Unicode category.

const CASED = /\p{Cased}/u;
const UPPER = /\p{Lu}|\p{Lt}/u;
const LOWER_FORM = /\p{Lowercase}/u;
const UPPER_FORM = /\p{Uppercase}/u;

function every(text: string, pattern: RegExp): boolean {
  return text !== '' && pattern.test(text);
}

export const isAlpha = (text: string): boolean => every(text, /^\p{L}+$/u);
export const isDecimal = (text: string): boolean => every(text, /^\p{Nd}+$/u);
// Digits beyond the decimal ones: superscripts, subscripts, circled digits.
export const isDigit = (text: string): boolean => every(text, /^[\p{Nd}²³¹⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐]+$/u);
export const isNumeric = (text: string): boolean => every(text, /^\p{N}+$/u);
export const isAlnum = (text: string): boolean => every(text, /^[\p{L}\p{N}]+$/u);
// biome-ignore lint/suspicious/noControlCharactersInRegex: Python counts the separators \x1c to \x1f as blanks
export const isSpace = (text: string): boolean => every(text, /^[\s\x1c-\x1f\x85]+$/u) && !text.includes('\ufeff');
export const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text);
export const isIdentifier = (text: string): boolean => every(text, /^[\p{ID_Start}_]\p{ID_Continue}*$/u);
export const isPrintable = (text: string): boolean => !/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(text);

/** At least one cased character, and none of the wrong case. */
export function isLower(text: string): boolean {
  return LOWER_FORM.test(text) && !UPPER.test(text);
}
export function isUpper(text: string): boolean {
  return UPPER_FORM.test(text) && !/\p{Ll}|\p{Lt}/u.test(text);
}

export function isTitle(text: string): boolean {
  let any = false;
  let inWord = false;
  for (const char of text) {
    if (UPPER.test(char)) {
      if (inWord) return false;
      inWord = true;
      any = true;
    } else if (LOWER_FORM.test(char)) {
      if (!inWord) return false;
      any = true;
    } else inWord = false;
  }
  return any;
}

// The letters that have a title form of their own: two in one, only the first of them large.
const DIGRAPHS = [...'ǄǅǆǇǈǉǊǋǌǱǲǳ'];

/** The title form of one character: mostly upper case, but a ligature such as ß becomes Ss. */
function titleChar(char: string): string {
  const digraph = DIGRAPHS.indexOf(char);
  if (digraph >= 0) return DIGRAPHS[digraph - (digraph % 3) + 1]!;
  const upper = char.toUpperCase();
  const [first = '', ...rest] = upper;
  return rest.length === 0 ? upper : first + rest.join('').toLowerCase();
}

/** `str.title`: every run of letters starts with a capital. */
export function title(text: string): string {
  let out = '';
  let inWord = false;
  for (const char of text) {
    out += inWord ? char.toLowerCase() : titleChar(char);
    inWord = CASED.test(char);
  }
  return out;
}

/** `str.capitalize`. */
export function capitalize(text: string): string {
  const [first = '', ...rest] = text;
  return titleChar(first) + rest.join('').toLowerCase();
}

export function swapCase(text: string): string {
  return Array.from(text, (char) => (UPPER.test(char) ? char.toLowerCase() : char.toUpperCase())).join('');
}

/** `str.casefold`: lower case, with the foldings that differ from it. */
export function caseFold(text: string): string {
  return text.replaceAll('ß', 'ss').replaceAll('ẞ', 'ss').toLowerCase().replaceAll('ς', 'σ');
}

/** `str.splitlines`: by every line boundary that Unicode knows, without a last empty line. */
export function splitLines(text: string, keepEnds = false): string[] {
  const lines: string[] = [];
  let start = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Python counts the separators \x1c to \x1f as blanks
  for (const match of text.matchAll(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g)) {
    const end = match.index + match[0].length;
    lines.push(text.slice(start, keepEnds ? end : match.index));
    start = end;
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: Python counts the separators \x1c to \x1f as blanks
const PYTHON_SPACE = /[\s\x1c-\x1f\x85]/;

/** Whether Python counts a character as whitespace (JS counts the byte order mark too, Python does not). */
function isBlank(char: string): boolean {
  return PYTHON_SPACE.test(char) && char !== '\ufeff';
}

/** `strip`, `lstrip`, `rstrip`: blanks, or any of the given characters. */
export function strip(text: string, chars: string | undefined, side: 'both' | 'left' | 'right'): string {
  const set = chars === undefined ? undefined : new Set(chars);
  const drops = (char: string): boolean => (set === undefined ? isBlank(char) : set.has(char));
  const points = Array.from(text);
  let start = 0;
  let end = points.length;
  if (side !== 'right') while (start < end && drops(points[start]!)) start++;
  if (side !== 'left') while (end > start && drops(points[end - 1]!)) end--;
  return points.slice(start, end).join('');
}

/** `split()` and `rsplit()` without a separator: by runs of blanks, none at the ends. */
export function splitBlanks(text: string, most: number, fromRight: boolean): string[] {
  const words: { start: number; end: number }[] = [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Python counts the separators \x1c to \x1f as blanks
  for (const match of text.matchAll(/[^\s\x1c-\x1f\x85]+/g)) {
    words.push({ start: match.index, end: match.index + match[0].length });
  }
  if (most < 0 || words.length <= most + 1) return words.map(({ start, end }) => text.slice(start, end));
  const cut = (part: typeof words): string[] => part.map(({ start, end }) => text.slice(start, end));
  if (fromRight) {
    const kept = words.length - most;
    return [text.slice(0, words[kept - 1]!.end), ...cut(words.slice(kept))];
  }
  return [...cut(words.slice(0, most)), text.slice(words[most]!.start)];
}

/** `split(sep)` and `rsplit(sep)`. */
export function splitBy(text: string, separator: string, most: number, fromRight: boolean): string[] {
  const parts = text.split(separator);
  if (most < 0 || parts.length <= most + 1) return parts;
  if (fromRight) {
    const kept = parts.length - most;
    return [parts.slice(0, kept).join(separator), ...parts.slice(kept)];
  }
  return [...parts.slice(0, most), parts.slice(most).join(separator)];
}
