const expectedWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  null: 'empty',
};

/** A type in words: `a list`. */
export function wordFor(expected: string): string {
  return expectedWords[expected] ?? expected;
}

/** What a value is, in words. */
export function typeOf(actual: unknown): string {
  if (actual === null) return 'empty';
  if (Array.isArray(actual)) return 'a list';
  if (typeof actual === 'object') return 'a mapping';
  return typeof actual === 'string' ? `the text '${shorten(actual)}'` : String(actual);
}

/** A value as it is named in a message. */
export function showValue(actual: unknown): string {
  return typeof actual === 'string' ? `'${shorten(actual)}'` : typeOf(actual);
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/** `a, b or c`. */
export function listWords(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
