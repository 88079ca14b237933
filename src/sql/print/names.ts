import type { DialectSyntax, WordRules } from '../dialect.ts';
import { classOf, LETTER, WORD_PART } from '../lexer/characters.ts';
import type { Identifier, Name } from '../tree.ts';
import { concat, type Doc } from './document.ts';
import type { Printing } from './printing.ts';

/**
 * One part of a name, in quotes if it was or if it needs them where the words of `rule` cannot stand. Quotes that are
 * added keep the meaning: they hold the letter case that the dialect would take.
 */
export function identifierText({ dialect }: Printing, { text, quoted }: Identifier, rule?: keyof WordRules): string {
  if (quoted) return quote(text);
  if (text === '' || (isWord(text) && !isForbidden(dialect.syntax, text, rule))) return text;
  const { folding } = dialect.names;
  if (folding === 'insensitive') return quote(text);
  return quote(folding === 'upper' ? text.toUpperCase() : text.toLowerCase());
}

const wordSets = new WeakMap<WordRules, Map<keyof WordRules, ReadonlySet<string>>>();

/** Whether the lexer takes a text for one word. */
function isWord(text: string): boolean {
  if ((classOf(text.charCodeAt(0)) & LETTER) === 0) return false;
  for (let index = 1; index < text.length; index++) {
    if ((classOf(text.charCodeAt(index)) & WORD_PART) === 0) return false;
  }
  return true;
}

function isForbidden({ words }: DialectSyntax, text: string, rule: keyof WordRules | undefined): boolean {
  return rule !== undefined && wordsOf(words, rule).has(text.toLowerCase());
}

function wordsOf(words: WordRules, rule: keyof WordRules): ReadonlySet<string> {
  const sets = wordSets.get(words) ?? new Map<keyof WordRules, ReadonlySet<string>>();
  const known = sets.get(rule);
  if (known) return known;
  const made = new Set(words[rule].split(' '));
  wordSets.set(words, sets.set(rule, made));
  return made;
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** Parts with points between them; the rule holds for the first, as any word may stand behind a point. */
export function dottedText(printing: Printing, parts: readonly Identifier[], rule?: keyof WordRules): string {
  if (parts.length === 1) return identifierText(printing, parts[0]!, rule);
  return parts.map((part, index) => identifierText(printing, part, index === 0 ? rule : undefined)).join('.');
}

/** A dotted name, or `identifier(…)`; `rule` says which words need quotes, `any` that none do. */
export function printName(printing: Printing, { parts, dynamic }: Name, rule?: keyof WordRules | 'any'): Doc {
  if (dynamic === undefined) return dottedText(printing, parts, rule === 'any' ? undefined : (rule ?? 'notTable'));
  const given = dynamic.kind === 'string' ? (dynamic.value.match(/"(?:[^"]|"")*"|[^.]+/g)?.length ?? 0) : 0;
  const rest = parts.slice(given).map((part) => `.${identifierText(printing, part)}`);
  return concat('identifier(', printing.expression(dynamic), ')', ...rest);
}
