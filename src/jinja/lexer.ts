import { reprString } from './display.ts';
import { TemplateError } from './errors.ts';
import type { Source } from './source.ts';
import { unescapeString } from './string-literal.ts';
import type { Operator, Token, TokenType } from './tokens.ts';
import { type Explanation, notClosed, textWithoutEnd } from './unclosed.ts';
import { Float } from './values.ts';

const SPACE = /\s*/y;
const NAME = /[\p{L}\p{N}\p{M}_]+/uy;
const ASCII_NAME = /[A-Za-z_0-9]+/y;
const IDENTIFIER = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;
const FLOAT = /(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?e[+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/iy;
const INTEGER = /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\da-f])+|[1-9](?:_?\d)*|0(?:_?0)*/iy;
const STRING = /'[^'\\]*(?:\\[\s\S][^'\\]*)*'|"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y;
const RAW_BEGIN = /\{%[-+]?\s*raw\s*(?:-%\}\s*|%\})/y;
const RAW_END = /\{%([-+]?)\s*endraw\s*(?:\+%\}|-%\}\s*|%\})/g;
const OPERATOR = /\/\/|\*\*|==|!=|>=|<=|[><=+\-/*%~[\](){}.:|,;]/y;
const TYPOGRAPHIC_QUOTE = /[‘’‚‛“”„‟«»‹›]/;
const CLOSER: Record<string, string> = { '(': ')', '[': ']', '{': '}' };

/**
 * Text → tokens, over a range of the source.
 *
 * Whitespace control is done here, as Jinja does it: a `-` eats the whitespace on its side, a `+` does nothing because
 * neither trim_blocks nor lstrip_blocks is on in dbt's environment, and one newline at the very end is dropped.
 *
 * @throws TemplateError (TemplateSyntaxError) for unbalanced brackets, stray characters, unclosed comments and raw blocks.
 */
export function tokenize(source: Source, from = 0, to = source.text.length): Token[] {
  return new Lexer(source, from, to).run();
}

class Lexer {
  private readonly source: Source;
  private readonly text: string;
  private readonly end: number;
  private position: number;
  private readonly tokens: Token[] = [];

  constructor(source: Source, from: number, to: number) {
    this.source = source;
    this.position = from;
    let end = to;
    // A template that ends in a line break loses that one break.
    if (end > from && source.text[end - 1] === '\n') end -= end - 1 > from && source.text[end - 2] === '\r' ? 2 : 1;
    else if (end > from && source.text[end - 1] === '\r') end -= 1;
    this.end = end;
    this.text = end === source.text.length ? source.text : source.text.slice(0, end);
  }

  run(): Token[] {
    while (this.position < this.end) this.root();
    this.push('eof', this.end, this.end, '');
    return this.tokens;
  }

  private root(): void {
    const { text } = this;
    const dataStart = this.position;
    let open = dataStart - 1;
    let kind = '';
    do {
      open = text.indexOf('{', open + 1);
      if (open < 0) {
        this.data(dataStart, this.end);
        this.position = this.end;
        return;
      }
      kind = text[open + 1] ?? '';
    } while (kind !== '{' && kind !== '%' && kind !== '#');

    const sign = text[open + 2];
    this.data(dataStart, sign === '-' ? this.trimmedEnd(dataStart, open) : open);
    if (kind === '%') {
      const raw = this.endOf(RAW_BEGIN, open);
      if (raw !== undefined) {
        this.raw(open, raw);
        return;
      }
    }
    const inner = open + (sign === '-' || sign === '+' ? 3 : 2);
    if (kind === '#') {
      this.comment(open, inner);
      return;
    }
    this.push(kind === '{' ? 'variable_begin' : 'block_begin', open, inner, '');
    this.position = inner;
    this.expression(open, kind === '{' ? '}' : '%');
  }

  private trimmedEnd(start: number, end: number): number {
    return start + this.text.slice(start, end).trimEnd().length;
  }

  private skipSpace(from: number): number {
    const code = this.text.charCodeAt(from);
    return code > 32 && code < 128 ? from : (this.endOf(SPACE, from) ?? from);
  }

  /** Where what stands at a place and matches has its end. To ask for the text as well would make a list for each token. */
  private endOf(pattern: RegExp, at: number): number | undefined {
    pattern.lastIndex = at;
    return pattern.test(this.text) ? pattern.lastIndex : undefined;
  }

  private raw(open: number, inner: number): void {
    RAW_END.lastIndex = inner;
    const close = RAW_END.exec(this.text);
    if (!close) this.fail('Missing end of raw directive', open, inner);
    this.data(inner, close[1] === '-' ? this.trimmedEnd(inner, close.index) : close.index);
    this.position = close.index + close[0].length;
  }

  private comment(open: number, inner: number): void {
    const close = this.text.indexOf('#}', inner);
    if (close < 0) this.fail('Missing end of comment tag', open, inner);
    const trims = close > inner && this.text[close - 1] === '-';
    this.position = trims ? this.skipSpace(close + 2) : close + 2;
  }

  /** Tokens up to the closing delimiter; brackets hide it. */
  private expression(open: number, closer: '}' | '%'): void {
    const { text } = this;
    const brackets: string[] = [];
    for (;;) {
      const at = this.skipSpace(this.position);
      if (at >= this.end) {
        this.position = this.end;
        return;
      }
      const char = text[at]!;
      if (brackets.length === 0) {
        const signed = char === '-' || (char === '+' && closer === '%') ? 1 : 0;
        if (text[at + signed] === closer && text[at + signed + 1] === '}') {
          const end = at + signed + 2;
          this.push(closer === '}' ? 'variable_end' : 'block_end', at, end, '');
          this.position = char === '-' ? this.skipSpace(end) : end;
          return;
        }
      }
      this.position = this.token(at, char, brackets, open);
    }
  }

  private token(at: number, char: string, brackets: string[], open: number): number {
    const { text } = this;
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) return this.number(at);
    if (char === "'" || char === '"') {
      const end = this.endOf(STRING, at);
      if (end !== undefined) {
        const written = text.slice(at + 1, end - 1);
        this.push(
          'string',
          at,
          end,
          unescapeString(written, (message) => this.fail(message, at, end)),
        );
        return end;
      }
    }
    const name = this.name(at, code);
    if (name !== undefined) return name;
    const end = this.endOf(OPERATOR, at);
    if (end === undefined) this.unexpectedCharacter(char, at);
    const operator = text.slice(at, end);
    this.balance(operator, brackets, at, open);
    this.push(operator as Operator, at, end, operator);
    return end;
  }

  private name(at: number, code: number): number | undefined {
    const { text } = this;
    const ascii = code < 128 ? this.endOf(ASCII_NAME, at) : at;
    if (ascii === undefined) return undefined;
    const isAscii = !(text.charCodeAt(ascii) >= 128);
    const end = isAscii ? ascii : this.endOf(NAME, at);
    if (end === undefined) return undefined;
    const name = text.slice(at, end);
    if (!isAscii && !IDENTIFIER.test(name)) this.fail('Invalid character in identifier', at, end);
    this.push('name', at, end, name);
    return end;
  }

  private unexpectedCharacter(char: string, at: number): never {
    this.failWithin(`unexpected char ${reprString(char)} at ${at}`, at, {
      hint:
        char === "'" || char === '"'
          ? 'The text that starts here is never closed'
          : TYPOGRAPHIC_QUOTE.test(char)
            ? `A text stands between straight quotation marks, ' or "`
            : undefined,
    });
  }

  private balance(operator: string, brackets: string[], at: number, open: number): void {
    const closer = CLOSER[operator];
    if (closer !== undefined) brackets.push(closer);
    else if (operator === ')' || operator === ']' || operator === '}') {
      const expected = brackets.pop();
      if (expected === undefined) {
        // On its own line, the bracket is one too many. Below, the tag was to be over by now.
        const isLate = operator === '}' || this.text.slice(open, at).includes('\n');
        this.failWithin(`unexpected '${operator}'`, at, isLate ? notClosed(this.text, open, open + 2, at) : {});
      }
      if (expected !== operator) this.failWithin(`unexpected '${operator}', expected '${expected}'`, at);
    }
  }

  private failWithin(message: string, at: number, more: Explanation = {}): never {
    const open = this.tokens.findLastIndex(({ type }) => type === 'variable_begin' || type === 'block_begin');
    const text = textWithoutEnd(this.text, this.tokens.slice(open));
    if (text) this.fail(text.message, text.start, text.end);
    throw Object.assign(new TemplateError(message, 'TemplateSyntaxError').locate(this.source, at, at + 1), more);
  }

  private number(at: number): number {
    const { text } = this;
    FLOAT.lastIndex = at;
    const float = text[at - 1] === '.' ? null : FLOAT.exec(text);
    if (float) {
      const end = at + float[0].length;
      this.push('float', at, end, new Float(Number(float[0].replaceAll('_', ''))));
      return end;
    }
    INTEGER.lastIndex = at;
    const digits = INTEGER.exec(text)![0];
    const plain = digits.replaceAll('_', '').toLowerCase();
    const value = Number(plain);
    this.push('integer', at, at + digits.length, Number.isSafeInteger(value) ? value : BigInt(plain));
    return at + digits.length;
  }

  private data(start: number, end: number): void {
    if (end > start) this.push('data', start, end, '');
  }

  private push(type: TokenType, start: number, end: number, value: Token['value']): void {
    this.tokens.push({ type, start, end, value });
  }

  private fail(message: string, start: number, end: number): never {
    throw new TemplateError(message, 'TemplateSyntaxError').locate(this.source, start, end);
  }
}
