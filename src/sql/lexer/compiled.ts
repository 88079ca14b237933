import type { DialectSyntax, WordRules } from '../dialect.ts';
import { lexemeNumber, lexemes } from './lexicon.ts';
import { punctuation } from './symbols.ts';

/** What a word cannot be, or can be nevertheless, as bits: one for each list of {@link WordRules}. */
export const NOT_COLUMN = 1;
export const NOT_TABLE = 2;
export const NOT_CALLABLE = 8;
export const NOT_LABEL = 16;
export const NOT_BARE_ALIAS = 32;
export const NOT_TABLE_ALIAS = 64;
export const NOT_TYPE = 128;

const bits: Readonly<Record<keyof WordRules, number>> = {
  notColumn: NOT_COLUMN,
  notTable: NOT_TABLE,
  notCallable: NOT_CALLABLE,
  notLabel: NOT_LABEL,
  notBareAlias: NOT_BARE_ALIAS,
  notTableAlias: NOT_TABLE_ALIAS,
  notType: NOT_TYPE,
};

/** Something written with symbols, and its number. */
export interface SymbolEntry {
  readonly text: string;
  readonly number: number;
}

/** A dialect's syntax by numbers of lexemes, as lexer and parser ask for it. */
export interface CompiledSyntax {
  /** By the first character, longest first. */
  readonly symbols: readonly (readonly SymbolEntry[] | undefined)[];
  readonly wordRules: Uint8Array;
  readonly precedences: Uint8Array;
}

const compiled = new WeakMap<DialectSyntax, CompiledSyntax>();

/** The same answer for the same syntax. */
export function compileSyntax(syntax: DialectSyntax): CompiledSyntax {
  const known = compiled.get(syntax);
  if (known) return known;
  const made = { symbols: symbolsOf(syntax), wordRules: rulesOf(syntax.words), precedences: precedencesOf(syntax) };
  compiled.set(syntax, made);
  return made;
}

function symbolsOf(syntax: DialectSyntax): SymbolEntry[][] {
  const table: SymbolEntry[][] = new Array(128);
  const operators = Object.keys(syntax.operators).filter((operator) => !/^[a-z]/.test(operator));
  for (const text of new Set<string>([...punctuation, ...operators])) {
    const first = text.charCodeAt(0);
    table[first] ??= [];
    table[first].push({ text, number: lexemeNumber(text) });
  }
  for (const entries of table) entries?.sort((one, other) => other.text.length - one.text.length);
  return table;
}

function rulesOf(rules: WordRules): Uint8Array {
  const table = new Uint8Array(lexemes.length);
  for (const rule of Object.keys(bits) as (keyof WordRules)[]) {
    for (const word of rules[rule].split(' ')) table[lexemeNumber(word)]! |= bits[rule];
  }
  // What is no word of ours can be anything.
  table[0] = 0;
  return table;
}

function precedencesOf(syntax: DialectSyntax): Uint8Array {
  const table = new Uint8Array(lexemes.length);
  for (const [operator, precedence] of Object.entries(syntax.operators)) table[lexemeNumber(operator)] = precedence;
  table[0] = 0;
  return table;
}
