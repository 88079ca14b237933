import type { CodeNode, Node, Span } from '../../core/index.ts';

/** Where a node's own `config()` names a setting; else its properties, else where it is defined. */
export function settingPlace(
  { origin, raw_code: code }: Pick<Node & CodeNode, 'origin' | 'raw_code'>,
  name: string,
): Span {
  const { definition, properties } = origin;
  const found = new RegExp(`\\b${name}(?=\\s*=)`).exec(code);
  if (!found) return properties ?? definition;
  const start = definition.start + found.index;
  return { ...definition, start, end: start + found[0].length };
}
