import type { LexicalSyntax } from '../dialect.ts';
import type { Comment } from '../tree.ts';
import { classOf, DIGIT, LETTER, SPACE, WORD_PART } from './characters.ts';
import type { CompiledSyntax } from './compiled.ts';
import { findWord, nextHash } from './lexicon.ts';
import {
  endOfBlockComment,
  endOfDollarText,
  endOfLine,
  endOfNumber,
  endOfQuoted,
  endOfStage,
  placeOfComment,
} from './scan.ts';
import {
  BAD,
  END,
  type LexicalProblem,
  NUMBER,
  QUOTED,
  STAGE,
  STRING,
  SYMBOL,
  type Tokens,
  VARIABLE,
  WORD,
} from './tokens.ts';

const QUOTE = 39;
const DOUBLE_QUOTE = 34;
const DOLLAR = 36;
const MINUS = 45;
const POINT = 46;
const SLASH = 47;
const STAR = 42;
const COLON = 58;
const AT = 64;

/** Text → tokens. Whatever the text is, all of it is covered by tokens, comments and space; problems are noted. */
export function lex(text: string, lexical: LexicalSyntax, compiled: CompiledSyntax): Tokens {
  return new Lexer(text, lexical, compiled).run();
}

class Lexer {
  private readonly text: string;
  private readonly lexical: LexicalSyntax;
  private readonly compiled: CompiledSyntax;
  private readonly kinds: number[] = [];
  private readonly numbers: number[] = [];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly partners: number[] = [];
  private readonly open: number[] = [];
  private readonly comments: Comment[] = [];
  private readonly problems: LexicalProblem[] = [];

  constructor(text: string, lexical: LexicalSyntax, compiled: CompiledSyntax) {
    this.text = text;
    this.lexical = lexical;
    this.compiled = compiled;
  }

  run(): Tokens {
    const { text } = this;
    const { length } = text;
    let at = 0;
    while (at < length) {
      const code = text.charCodeAt(at);
      const type = classOf(code);
      if (type === SPACE) at++;
      else if ((type & LETTER) !== 0) at = this.word(at);
      else if ((type & DIGIT) !== 0) at = this.token(NUMBER, at, endOfNumber(text, at, this.lexical));
      else at = this.other(code, at);
    }
    this.token(END, length, length);
    const { kinds, numbers, starts, ends, partners, comments, problems } = this;
    return { kinds, numbers, starts, ends, partners, comments, problems };
  }

  private token(kind: number, start: number, end: number, number = 0): number {
    this.kinds.push(kind);
    this.numbers.push(number);
    this.starts.push(start);
    this.ends.push(end);
    this.partners.push(0);
    return end;
  }

  private word(start: number): number {
    const { text } = this;
    const { length } = text;
    let at = start;
    let hash = 0;
    while (at < length) {
      const code = text.charCodeAt(at);
      if ((classOf(code) & WORD_PART) === 0) break;
      hash = nextHash(hash, code);
      at++;
    }
    if (at < length && at === start + 1 && text.charCodeAt(at) === QUOTE) {
      const letter = text.charCodeAt(start) | 32;
      if (letter === 120) return this.quoted(STRING, start, at, false);
      if (letter === 101 && this.lexical.escapeStrings) return this.quoted(STRING, start, at, true);
    }
    return this.token(WORD, start, at, findWord(text, start, at, hash));
  }

  private other(code: number, at: number): number {
    const { text, lexical } = this;
    const next = text.charCodeAt(at + 1);
    if (code === QUOTE) return this.quoted(STRING, at, at, lexical.backslashEscapes);
    if (code === DOUBLE_QUOTE) return this.quoted(QUOTED, at, at, false);
    if (code === MINUS && next === MINUS) return this.comment(at, endOfLine(text, at));
    if (code === SLASH && next === STAR) return this.blockComment(at);
    if (code === SLASH && next === SLASH && lexical.slashComments) return this.slashes(at);
    if (code === POINT && next >= 48 && next <= 57 && !this.followsName(at)) {
      return this.token(NUMBER, at, endOfNumber(text, at, lexical));
    }
    if (code === DOLLAR) return this.dollar(at);
    if (code === AT && lexical.stages) return this.token(STAGE, at, endOfStage(text, at));
    return this.symbol(code, at);
  }

  private quoted(kind: number, start: number, quote: number, escapes: boolean): number {
    const end = endOfQuoted(this.text, quote, escapes);
    if (end > 0) return this.token(kind, start, end);
    return this.unclosed(kind, start, kind === STRING ? 'This text is not closed' : 'This name is not closed');
  }

  private unclosed(kind: number, start: number, message: string): number {
    const mark = this.text.charCodeAt(start) === SLASH ? 2 : 1;
    this.problems.push({ code: 'sql/unclosed', message, start, end: start + mark });
    return this.token(kind, start, this.text.length);
  }

  private comment(start: number, end: number): number {
    const { text, comments } = this;
    const previous = this.ends.at(-1) ?? 0;
    const place = placeOfComment(text, start, end, previous);
    // Those before it on the same line end the line with it.
    let from = start;
    for (let index = comments.length - 1; place !== 'between' && index >= 0; index--) {
      const before = comments[index]!;
      if (before.start < previous || text.slice(before.end, from).includes('\n')) break;
      comments[index] = { ...before, place };
      from = before.start;
    }
    comments.push({ text: text.slice(start, end), place, start, end });
    return end;
  }

  private blockComment(start: number): number {
    const end = endOfBlockComment(this.text, start, this.lexical.nestedComments);
    if (end > 0) return this.comment(start, end);
    this.problems.push({ code: 'sql/unclosed', message: 'This comment is not closed', start, end: start + 2 });
    return this.comment(start, this.text.length);
  }

  /** A comment; but in `file://path` part of a location. */
  private slashes(start: number): number {
    const last = this.kinds.length - 1;
    if (last > 0 && this.starts[last] === start - 1 && this.text.charCodeAt(start - 1) === COLON) {
      const word = this.starts[last - 1]!;
      if (this.text.slice(word, start).toLowerCase() === 'file:') return this.fileLocation(word);
    }
    return this.comment(start, endOfLine(this.text, start));
  }

  private fileLocation(start: number): number {
    for (const list of [this.kinds, this.numbers, this.starts, this.ends, this.partners]) list.length -= 2;
    return this.token(STAGE, start, endOfStage(this.text, start));
  }

  /** Whether a point belongs to a name before it, as in `t.1`. */
  private followsName(at: number): boolean {
    const last = this.kinds.length - 1;
    if (last < 0 || this.ends[last] !== at) return false;
    return this.kinds[last] === WORD || this.kinds[last] === QUOTED;
  }

  private dollar(start: number): number {
    const { text } = this;
    const end = endOfDollarText(text, start, this.lexical.dollarTags);
    if (end > 0) return this.token(STRING, start, end);
    if (end < 0) return this.unclosed(STRING, start, 'This text is not closed');
    let at = start + 1;
    while (at < text.length && (classOf(text.charCodeAt(at)) & WORD_PART) !== 0) at++;
    return at > start + 1 ? this.token(VARIABLE, start, at) : this.symbol(DOLLAR, start);
  }

  private symbol(code: number, at: number): number {
    const entries = this.compiled.symbols[code];
    if (entries === undefined) return this.bad(at);
    for (let index = 0; index < entries.length; index++) {
      const { text, number } = entries[index]!;
      if (text.length === 1 || this.text.startsWith(text, at)) {
        const end = this.token(SYMBOL, at, at + text.length, number);
        if (text.length === 1) this.bracket(code);
        return end;
      }
    }
    return this.bad(at);
  }

  private bracket(code: number): void {
    if (code === 40 || code === 91 || code === 123) this.open.push(this.kinds.length - 1);
    else if (code === 41 || code === 93 || code === 125) this.closeBracket(code);
    else if (code === 59) this.open.length = 0;
  }

  private closeBracket(code: number): void {
    const opened = this.open.at(-1);
    if (opened === undefined) return;
    const opening = this.text.charCodeAt(this.starts[opened]!);
    if (opening !== (code === 41 ? 40 : code - 2)) return;
    this.open.pop();
    this.partners[opened] = this.kinds.length - 1;
  }

  private bad(at: number): number {
    const character = String.fromCodePoint(this.text.codePointAt(at) ?? 0);
    const end = at + character.length;
    const message = `The character ${JSON.stringify(character)} means nothing here`;
    this.problems.push({ code: 'sql/bad-character', message, start: at, end });
    return this.token(BAD, at, end);
  }
}
