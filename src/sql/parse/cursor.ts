import type { Dialect } from '../dialect.ts';
import type { Lexeme } from '../lexer/lexicon.ts';
import { BAD } from '../lexer/tokens.ts';
import type { BadExpression, DataType, Expression, Query, QueryBody, TableExpression } from '../tree.ts';
import { Problems } from './problems.ts';
import { suggest } from './suggest.ts';
import { TokenReader } from './token-reader.ts';

/** The parts of the grammar that contain one another, so that files need not import in circles. */
export interface Grammar {
  /** Operators that bind at least as tightly as `minimum` ({@link precedence} of dialect.ts) are read; all by default. */
  expression(cursor: Cursor, minimum?: number): Expression;
  query(cursor: Cursor): Query;
  /** What follows the first body of a query that was read already: set operations, ORDER BY, LIMIT. */
  queryBehind(cursor: Cursor, first: QueryBody): Query;
  table(cursor: Cursor): TableExpression;
  type(cursor: Cursor): DataType;
}

/**
 * How deep expressions and queries can hold one another. Far beyond what people write, and far below what Node's stack
 * bears.
 */
const DEPTH_LIMIT = 1_200;

/** Where a parser stands in the tokens of a text, and what it has found wrong. */
export class Cursor extends TokenReader {
  readonly grammar: Grammar;
  readonly problems: Problems;
  private depth = 0;
  private failedAt = -1;

  constructor(text: string, dialect: Dialect, grammar: Grammar) {
    super(text, dialect);
    this.grammar = grammar;
    this.problems = new Problems(text);
    for (const { code, message, start, end } of this.tokens.problems) this.problems.add(code, message, start, end);
  }

  /** Goes on if the current token is this lexeme, or reports that it was expected. */
  expect(lexeme: Lexeme): boolean {
    if (this.accept(lexeme)) return true;
    this.fail(display(lexeme), lexeme);
    return false;
  }

  /**
   * Reports that something else was expected here: `expected` says what, in words, behind "Expected". At one token only
   * the first failure is reported, so that callers can fail one after the other. `candidates` are words that a misspelt
   * one may have meant.
   */
  fail(expected: string, ...candidates: readonly Lexeme[]): void {
    if (this.failedAt === this.index) return;
    this.markFailure();
    if (this.kind === BAD) return;
    const meant = suggest(this, candidates);
    const at = meant?.index ?? this.index;
    const start = this.tokens.starts[at]!;
    const end = this.tokens.ends[at]!;
    const found = describe(this.text.slice(start, end));
    this.problems.add('sql/expected', `Expected ${expected}, but found ${found}`, start, end, meant?.hint);
  }

  /**
   * As {@link fail} at a word that cannot be a name. Goes on, and says so, if it seems to have been meant as one.
   */
  failAtWord(expected: string): boolean {
    const written = this.written();
    const meant = !clauseWords.has(this.word) || this.word === 'order' || this.word === 'group';
    const asName = meant && behindNames.has(this.wordAhead(1));
    const hint = asName ? `As a name, it needs double quotes: "${written}".` : undefined;
    this.failWith('sql/expected', `Expected ${expected}, but found the reserved word ${written.toUpperCase()}`, hint);
    if (asName) this.advance();
    return asName;
  }

  /** What is missing here counts as read with no length, so that what holds it reaches to here. */
  private markFailure(): void {
    this.failedAt = this.index;
    this.previousEnd = this.start;
  }

  /** Reports at a place that was read already. */
  report(code: string, message: string, start: number, end: number, hint?: string): void {
    this.problems.add(code, message, start, end, hint);
  }

  /** An error that is reported once at this token, as {@link fail} does. */
  failWith(code: string, message: string, hint?: string): void {
    if (this.failedAt === this.index) return;
    this.markFailure();
    this.problems.add(code, message, this.start, this.end, hint);
  }

  /**
   * Reads a closing bracket; `open` is the index of the opening one. If something else stands here, reports that and goes
   * behind the bracket that closes, if one does.
   */
  close(open: number, lexeme: Lexeme): void {
    if (this.accept(lexeme)) return;
    const partner = this.partnerOf(open);
    if (partner === 0 && this.atEnd) this.unclosed(open);
    else this.fail(display(lexeme));
    if (partner > this.index) this.jumpTo(partner + 1);
    else if (partner === this.index) this.advance();
  }

  private unclosed(open: number): void {
    if (this.failed) return;
    this.markFailure();
    const start = this.tokens.starts[open]!;
    this.problems.add('sql/unclosed', `This '${this.text[start]}' is not closed`, start, start + 1);
  }

  /**
   * To be called behind an item of a list in brackets: whether another one follows. If neither a comma nor the bracket
   * stands here, reports that and looks for the next comma.
   */
  more(open: number, lexeme: Lexeme): boolean {
    if (this.accept(',')) return true;
    if (this.is(lexeme)) return false;
    if (this.atEnd) return false;
    this.fail(`',' or ${display(lexeme)}`);
    const closed = this.partnerOf(open) > 0;
    this.skipTo((word) => word === ',' || (!closed && clauseWords.has(word)));
    return this.accept(',');
  }

  /** Whether the list of a clause ends here behind a comma, where that is allowed. */
  endsBehindComma(): boolean {
    if (!this.syntax.trailingCommasInClauses) return false;
    return this.atEnd || this.word === ')' || clauseWords.has(this.word);
  }

  /** Whether a failure was reported at the current token. */
  get failed(): boolean {
    return this.failedAt === this.index;
  }

  /** A node for an expression that is not there. */
  bad(): BadExpression {
    return { kind: 'bad-expression', start: this.start, end: this.start };
  }

  /**
   * To be called where something can hold itself, with {@link leave} behind. False where it is too deep: then an error
   * was reported, and the rest of the statement was skipped.
   */
  enter(): boolean {
    if (++this.depth <= DEPTH_LIMIT) return true;
    this.depth--;
    this.tooDeep();
    return false;
  }

  leave(): void {
    this.depth--;
  }

  /** Reports that the statement is nested too deeply to be read, and goes to its end. */
  tooDeep(): void {
    this.failWith('sql/too-deep', 'This is nested too deeply to be read', 'Move inner parts into CTEs or models.');
    this.skipStatement();
    this.failedAt = this.index;
  }

  /** For a new try at another statement. */
  reset(): void {
    this.depth = 0;
  }
}

/** Words that start a clause of a query: where reading can go on behind an error. */
export const clauseWords: ReadonlySet<string> = new Set([
  'select',
  'from',
  'where',
  'group',
  'having',
  'qualify',
  'window',
  'order',
  'limit',
  'union',
  'intersect',
  'except',
]);

/** What can stand behind a name, but hardly behind a word that starts something. */
const behindNames: ReadonlySet<string> = new Set([',', ')', '.', '=', '::', '<', '>', 'from', 'as', 'is', 'in', ';']);

/** A lexeme as messages show it. */
function display(lexeme: string): string {
  return /^[a-z]/.test(lexeme) ? lexeme.toUpperCase() : `'${lexeme}'`;
}

function describe(text: string): string {
  if (text === '') return 'the end';
  const short = text.length > 40 ? `${text.slice(0, 37)}…` : text;
  return /^['"]/.test(short) ? short.replace(/\n/g, ' ') : `'${short.replace(/\n/g, ' ')}'`;
}
