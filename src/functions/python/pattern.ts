import { TemplateError } from '../../jinja/index.ts';

/** Python's flags by their names, long and short. */
export const flagBits: Readonly<Record<string, number>> = {
  IGNORECASE: 2,
  I: 2,
  LOCALE: 4,
  L: 4,
  MULTILINE: 8,
  M: 8,
  DOTALL: 16,
  S: 16,
  UNICODE: 32,
  U: 32,
  VERBOSE: 64,
  X: 64,
  ASCII: 256,
  A: 256,
};

export interface Pattern {
  /** The pattern as Python wrote it. */
  readonly source: string;
  readonly flags: number;
  readonly regExp: RegExp;
}

const letters: Readonly<Record<string, number>> = { i: 2, m: 8, s: 16, x: 64, a: 256, L: 4, u: 32 };
const known = new Map<string, Pattern>();

/**
 * A Python pattern as a JavaScript one: `(?P<name>…)`, `(?P=name)`, `\A`, `\Z`, inline flags at the start, verbose mode,
 * possessive-free syntax; Unicode-aware `\w`, `\d` and `\b` as Python has them for text.
 *
 * @throws TemplateError where the pattern is broken or uses what JavaScript does not have.
 */
export function compilePattern(source: string, flags = 0): Pattern {
  const key = `${flags}:${source}`;
  let pattern = known.get(key);
  if (pattern === undefined) {
    pattern = translate(source, flags);
    known.set(key, pattern);
  }
  return pattern;
}

function translate(source: string, given: number): Pattern {
  const [inline = ''] = /^(?:\(\?[aiLmsux]+\))*/.exec(source) ?? [];
  const flags = [...inline].reduce((bits, letter) => bits | (letters[letter] ?? 0), given);
  const body = source.slice(inline.length);
  const letter = (bit: number, text: string): string => ((flags & bit) === 0 ? '' : text);
  const translated = translateBody((flags & 64) === 0 ? body : withoutComments(body), (flags & 256) !== 0);
  try {
    const regExp = new RegExp(translated, `dgu${letter(2, 'i')}${letter(8, 'm')}${letter(16, 's')}`);
    return { source, flags, regExp };
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message.replace(/^Invalid regular expression: /, '') : '';
    throw new TemplateError(`The pattern '${source}' cannot be used: ${reason}`, 'ValueError');
  }
}

const wordClass = '\\p{L}\\p{N}_';

function translateBody(body: string, ascii: boolean): string {
  let out = '';
  let inClass = false;
  for (let at = 0; at < body.length; ) {
    const rest = body.slice(at, at + 64);
    const char = body[at] ?? '';
    let taken = 1;
    if (char === '\\') {
      const escaped = translateEscape(rest, inClass, ascii);
      out += escaped.text;
      taken = escaped.length;
    } else if (inClass) {
      // A bracket inside a class is itself in Python.
      out += char === '[' ? '\\[' : char;
      if (char === ']') inClass = false;
    } else if (char === '[') {
      const opening = /^\[\^?\]?/.exec(rest)?.[0] ?? '[';
      out += opening.endsWith(']') ? `${opening.slice(0, -1)}\\]` : opening;
      taken = opening.length;
      inClass = true;
    } else if (char === '(' && rest.startsWith('(?P<')) {
      out += '(?<';
      taken = 4;
    } else if (char === '(' && rest.startsWith('(?P=')) {
      const name = /^\(\?P=(\w+)\)/.exec(rest);
      out += `\\k<${name?.[1] ?? ''}>`;
      taken = name?.[0].length ?? 4;
    } else if (char === '(' && rest.startsWith('(?#')) {
      const end = body.indexOf(')', at);
      taken = (end < 0 ? body.length : end + 1) - at;
    } else if (char === '{' || char === '}') {
      const quantifier = char === '{' ? /^\{(\d*)(,?)(\d*)\}/.exec(rest) : null;
      const counts = quantifier !== null && quantifier[0] !== '{}' && quantifier[0] !== '{,}';
      out += counts ? `{${quantifier[1] || '0'}${quantifier[2]}${quantifier[3]}}` : `\\${char}`;
      taken = counts ? quantifier[0].length : 1;
    } else if (char === '$') {
      // Python's dollar also matches before a last line break.
      out += '(?:$|(?=\\n(?![\\s\\S])))';
    } else out += char === ']' ? '\\]' : char;
    at += taken;
  }
  return out;
}

function translateEscape(
  rest: string,
  inClass: boolean,
  ascii: boolean,
): { readonly text: string; readonly length: number } {
  const next = rest[1] ?? '';
  const simple = (text: string): { text: string; length: number } => ({ text, length: 2 });
  switch (next) {
    case 'A':
      return simple('(?<![\\s\\S])');
    case 'Z':
      return simple('(?![\\s\\S])');
    case 'a':
      return simple('\\x07');
    case 'w':
      return simple(ascii ? '\\w' : inClass ? wordClass : `[${wordClass}]`);
    case 'W':
      return simple(ascii ? '\\W' : inClass ? '\\W' : `[^${wordClass}]`);
    case 'd':
      return simple(ascii ? '\\d' : '\\p{Nd}');
    case 'D':
      return simple(ascii ? '\\D' : '\\P{Nd}');
    case 'b':
      if (inClass) return simple('\\x08');
      return simple(ascii ? '\\b' : `(?:(?<=[${wordClass}])(?![${wordClass}])|(?<![${wordClass}])(?=[${wordClass}]))`);
    case 'B':
      return simple(ascii ? '\\B' : `(?:(?<=[${wordClass}])(?=[${wordClass}])|(?<![${wordClass}])(?![${wordClass}]))`);
    case 'x':
    case 'u': {
      const digits = /^\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})/.exec(rest)?.[0];
      return digits === undefined ? simple(`\\${next}`) : { text: digits, length: digits.length };
    }
    default:
      if (/[0-9nrtfvsS]/.test(next)) return simple(`\\${next}`);
      // In JavaScript's Unicode mode only these may be escaped.
      return simple(/[\^$\\.*+?()[\]{}|/]/.test(next) || (inClass && next === '-') ? `\\${next}` : next);
  }
}

/** Verbose mode: white space and comments do not count. */
function withoutComments(body: string): string {
  return body.replace(/\\[\s\S]|\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]|\s+|#[^\n]*/g, (piece) =>
    /^\s|^#/.test(piece) ? '' : piece,
  );
}
