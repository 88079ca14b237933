import { statementWords } from './statement-words.ts';
import { operatorSymbols, punctuation, type SymbolText } from './symbols.ts';
import { queryWords, type Word } from './words.ts';

/** What a token can be asked for: a word, or symbols. */
export type Lexeme = Word | SymbolText;

/** Every lexeme at the place of its number; number 0 stands for all tokens that are none. */
export const lexemes: readonly (Lexeme | '')[] = listLexemes();

function listLexemes(): (Lexeme | '')[] {
  const symbols = [...punctuation, ...operatorSymbols.flatMap((line) => line.split(' '))];
  const words = [...queryWords, ...statementWords].flatMap((line) => line.split(' '));
  return ['', ...new Set([...symbols, ...words])] as (Lexeme | '')[];
}

const numbers: ReadonlyMap<string, number> = new Map(lexemes.map((lexeme, number) => [lexeme, number]));

/** The number of a lexeme, 0 for what is none. */
export function lexemeNumber(text: string): number {
  return numbers.get(text) ?? 0;
}

const BUCKETS = 4096;
const buckets = fillBuckets();

function fillBuckets(): Uint16Array {
  const table = new Uint16Array(BUCKETS);
  for (const [number, text] of lexemes.entries()) {
    if (!/^[a-z]/.test(text)) continue;
    let hash = 0;
    for (let index = 0; index < text.length; index++) hash = nextHash(hash, text.charCodeAt(index));
    let bucket = hash & (BUCKETS - 1);
    while (table[bucket] !== 0) bucket = (bucket + 1) & (BUCKETS - 1);
    table[bucket] = number;
  }
  return table;
}

/**
 * One step of the hash of a word: starting from 0, for each of its characters. Setting the bit 32 makes letters lower
 * case and keeps all characters of a word apart otherwise.
 */
export function nextHash(hash: number, code: number): number {
  return (Math.imul(hash, 31) + (code | 32)) | 0;
}

/** The number of the word that stands in a text from `start` to `end` and has this hash, 0 if it is none of ours. */
export function findWord(text: string, start: number, end: number, hash: number): number {
  let bucket = hash & (BUCKETS - 1);
  for (let number = buckets[bucket]!; number !== 0; number = buckets[bucket]!) {
    if (sameWord(text, start, end, lexemes[number]!)) return number;
    bucket = (bucket + 1) & (BUCKETS - 1);
  }
  return 0;
}

function sameWord(text: string, start: number, end: number, word: string): boolean {
  if (word.length !== end - start) return false;
  for (let index = 0; index < word.length; index++) {
    if ((text.charCodeAt(start + index) | 32) !== (word.charCodeAt(index) | 32)) return false;
  }
  return true;
}
