import { TemplateError } from '../errors.ts';
import type { Source } from '../source.ts';
import type { Token, TokenType } from '../tokens.ts';
import { describeToken, describeType } from '../tokens.ts';
import { type Explanation, notClosed, textWithoutEnd } from '../unclosed.ts';

/** The tokens with a cursor, and the ways to fail at it. */
export class TokenStream {
  readonly source: Source;
  private readonly tokens: readonly Token[];
  private index = 0;
  current: Token;

  constructor(source: Source, tokens: readonly Token[]) {
    this.source = source;
    this.tokens = tokens;
    this.current = tokens[0]!;
  }

  /** The token after the current one. */
  look(): Token {
    return this.tokens[Math.min(this.index + 1, this.tokens.length - 1)]!;
  }

  /** The token before the current one. */
  get previous(): Token {
    return this.tokens[Math.max(this.index - 1, 0)]!;
  }

  /** Moves on and gives the token that was current. */
  next(): Token {
    const token = this.current;
    if (this.index < this.tokens.length - 1) this.index++;
    this.current = this.tokens[this.index]!;
    return token;
  }

  is(type: TokenType): boolean {
    return this.current.type === type;
  }

  isName(word: string): boolean {
    return this.current.type === 'name' && this.current.value === word;
  }

  skipIf(type: TokenType): boolean {
    if (this.current.type !== type) return false;
    this.next();
    return true;
  }

  skipName(word: string): boolean {
    if (!this.isName(word)) return false;
    this.next();
    return true;
  }

  expect(type: TokenType): Token {
    if (this.current.type !== type) this.unexpected(describeType(type));
    return this.next();
  }

  expectName(word: string): Token {
    if (!this.isName(word)) this.unexpected(word);
    return this.next();
  }

  /** The delimiter that opens the tag or expression at the cursor, with a word or two behind it. */
  get opening(): { readonly start: number; readonly end: number } {
    const at = this.openingIndex;
    return { start: this.tokens[at]!.start, end: this.tokens[Math.min(at + 1, this.index)]!.end };
  }

  private get openingIndex(): number {
    let at = this.index;
    while (at > 0 && this.tokens[at]!.type !== 'block_begin' && this.tokens[at]!.type !== 'variable_begin') at--;
    return at;
  }

  private unexpected(expected: string): never {
    const closes = expected === describeType('variable_end') || expected === describeType('block_end');
    const { start, end } = this.opening;
    const more = closes ? notClosed(this.source.text, start, end) : {};
    if (this.current.type === 'eof')
      this.fail(`unexpected end of template, expected '${expected}'.`, this.current, more);
    this.fail(`expected token '${expected}', got '${describeToken(this.current)}'`, this.current, more);
  }

  fail(
    message: string,
    at: { readonly start: number; readonly end: number } = this.current,
    more: Explanation = {},
  ): never {
    const text = textWithoutEnd(this.source.text, this.tokens.slice(this.openingIndex, this.index + 1));
    if (text && at === this.current)
      throw new TemplateError(text.message, 'TemplateSyntaxError').locate(this.source, text.start, text.end);
    throw Object.assign(new TemplateError(message, 'TemplateSyntaxError').locate(this.source, at.start, at.end), more);
  }
}
