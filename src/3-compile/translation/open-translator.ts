import type { Translator, TranslatorInput } from './translator.ts';

/** Loads all that translates, which few projects need. Throws `Problem` where the one dialect cannot be said in the other. */
export async function openTranslator(input: TranslatorInput): Promise<Translator> {
  return (await import('./create-translator.ts')).createTranslator(input);
}
