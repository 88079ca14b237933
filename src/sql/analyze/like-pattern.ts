import type { Expression } from '../tree.ts';

/** Whether names match a pattern as written in a star; undefined if that cannot be told from the text. */
export function likePattern(operator: string, pattern: Expression): ((name: string) => boolean) | undefined {
  if (pattern.kind === 'parenthesized') return likePattern(operator, pattern.expression);
  if (pattern.kind !== 'string') return undefined;
  const source = sources[operator.replace(/^not /, '')]?.(pattern.value);
  if (source === undefined) return undefined;
  try {
    const regular = new RegExp(`^(?:${source})$`, operator.includes('ilike') ? 'is' : 's');
    return (name) => regular.test(name);
  } catch {
    return undefined;
  }
}

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const sources: Readonly<Record<string, (pattern: string) => string>> = {
  like: (pattern) => wildcards(pattern),
  ilike: (pattern) => wildcards(pattern),
  glob: (pattern) => quoted(pattern).replaceAll('\\*', '.*').replaceAll('\\?', '.'),
  'similar to': (pattern) => pattern,
};

const wildcards = (pattern: string): string => quoted(pattern).replaceAll('%', '.*').replaceAll('_', '.');
