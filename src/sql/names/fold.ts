import type { Identifier } from '../tree.ts';
import type { NameRules } from './rules.ts';

/** What a name is compared by. */
export function foldName(name: Pick<Identifier, 'text' | 'quoted'>, rules: NameRules): string {
  if (rules.folding === 'insensitive') return name.text.toLowerCase();
  if (name.quoted) return name.text;
  return rules.folding === 'upper' ? name.text.toUpperCase() : name.text.toLowerCase();
}

/** What a new thing of this name is called. */
export function storedName(name: Pick<Identifier, 'text' | 'quoted'>, rules: NameRules): string {
  return rules.folding === 'insensitive' ? name.text : foldName(name, rules);
}

/** What a name that a warehouse has told is compared by. */
export function foldStored(name: string, rules: NameRules): string {
  return rules.folding === 'insensitive' ? name.toLowerCase() : name;
}
