import type { Dialect, DialectSyntax } from '../dialect.ts';
import { type CompiledSyntax, compileSyntax } from '../lexer/compiled.ts';
import { lex } from '../lexer/lex.ts';
import { type Lexeme, lexemes } from '../lexer/lexicon.ts';
import { END, SYMBOL, type Tokens, WORD } from '../lexer/tokens.ts';
import type { Comment } from '../tree.ts';

/** A place among the tokens of a text, and what can be asked there. */
export class TokenReader {
  readonly text: string;
  readonly dialect: Dialect;
  readonly syntax: DialectSyntax;
  readonly compiled: CompiledSyntax;
  readonly tokens: Tokens;
  index = 0;
  /** Of the current token. */
  kind: number;
  /** The lexeme that the current token is; empty for numbers, texts, quoted names and words that the grammar does not know. */
  word: Lexeme | '';
  start: number;
  end: number;
  /** Where the token before the current one ends. */
  previousEnd = 0;

  constructor(text: string, dialect: Dialect) {
    this.text = text;
    this.dialect = dialect;
    this.syntax = dialect.syntax;
    this.compiled = compileSyntax(dialect.syntax);
    this.tokens = lex(text, dialect.syntax.lexical, this.compiled);
    this.kind = this.tokens.kinds[0]!;
    this.word = lexemes[this.tokens.numbers[0]!]!;
    this.start = this.tokens.starts[0]!;
    this.end = this.tokens.ends[0]!;
  }

  /** Goes to the next token; stays at the end. */
  advance(): void {
    if (this.kind !== END) {
      this.previousEnd = this.end;
      this.moveTo(this.index + 1);
    }
  }

  /** Goes to a token ahead, as if all before it had been read. */
  jumpTo(index: number): void {
    if (index === this.index) return;
    this.previousEnd = this.tokens.ends[index - 1] ?? 0;
    this.moveTo(index);
  }

  private moveTo(index: number): void {
    const { tokens } = this;
    this.index = index;
    this.kind = tokens.kinds[index]!;
    this.word = lexemes[tokens.numbers[index]!]!;
    this.start = tokens.starts[index]!;
    this.end = tokens.ends[index]!;
  }

  is(lexeme: Lexeme): boolean {
    return this.word === lexeme;
  }

  /** Whether a token ahead is this lexeme; the next one has the distance 1. */
  isAhead(distance: number, lexeme: Lexeme): boolean {
    return this.wordAhead(distance) === lexeme;
  }

  wordAhead(distance: number): Lexeme | '' {
    return lexemes[this.tokens.numbers[this.index + distance] ?? 0]!;
  }

  kindAhead(distance: number): number {
    return this.tokens.kinds[this.index + distance] ?? END;
  }

  /** Whether the statement ends here: at a semicolon or at the end of the text. */
  get atEnd(): boolean {
    return this.kind === END || this.word === ';';
  }

  /** Goes on and says so if the current token is this lexeme. */
  accept(lexeme: Lexeme): boolean {
    if (this.word !== lexeme) return false;
    this.advance();
    return true;
  }

  /** All these in a row, or nothing. */
  acceptAll(...row: readonly Lexeme[]): boolean {
    for (let index = 0; index < row.length; index++) if (this.wordAhead(index) !== row[index]) return false;
    this.jumpTo(this.index + row.length);
    return true;
  }

  /** The text of the current token as written. */
  written(): string {
    return this.text.slice(this.start, this.end);
  }

  /** The current token's text in lower case. */
  lowerWritten(): string {
    return this.word || this.written().toLowerCase();
  }

  /** Whether the current word is not one that these rules (bits of compiled.ts) forbid. */
  allows(rules: number): boolean {
    return this.kind === WORD && (this.compiled.wordRules[this.tokens.numbers[this.index]!]! & rules) === 0;
  }

  /** The rules for the word at a distance. */
  rulesAhead(distance: number): number {
    return this.compiled.wordRules[this.tokens.numbers[this.index + distance] ?? 0]!;
  }

  /** How tightly the current token binds as an operator, 0 if it is none. */
  precedence(): number {
    return this.compiled.precedences[this.tokens.numbers[this.index]!]!;
  }

  skipStatement(): void {
    let index = this.index;
    const { kinds, numbers } = this.tokens;
    while (kinds[index] !== END && lexemes[numbers[index]!] !== ';') index++;
    this.jumpTo(index);
  }

  /**
   * Skips to the first of some lexemes that is not inside further brackets, or to a closing bracket, or to the end of
   * the statement.
   */
  skipTo(isStop: (lexeme: Lexeme | '') => boolean): void {
    let { index } = this;
    const { kinds, numbers, partners } = this.tokens;
    while (kinds[index] !== END) {
      const lexeme = lexemes[numbers[index]!]!;
      if (kinds[index] === SYMBOL && (lexeme === ';' || lexeme === ')' || lexeme === ']' || lexeme === '}')) break;
      if (isStop(lexeme)) break;
      index = Math.max(index, partners[index]!) + 1;
    }
    this.jumpTo(index);
  }

  /** The index of the token that closes the bracket at an index, 0 if nothing does. */
  partnerOf(index: number): number {
    return this.tokens.partners[index]!;
  }

  /** The comments between two offsets. */
  commentsBetween(start: number, end: number): readonly Comment[] {
    const { comments } = this.tokens;
    if (comments.length === 0) return comments;
    return comments.filter((comment) => comment.start >= start && comment.end <= end);
  }
}
