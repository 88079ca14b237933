import type { CodeNode, Node, Span } from '../../core/index.ts';

/** Where a node's own `config()` names a setting; else its properties, else where it is defined. */
export function settingPlace(
  { origin: { definition, properties }, raw_code: code }: Pick<Node & CodeNode, 'origin' | 'raw_code'>,
  name: string,
): Span {
  for (const { 0: call, index } of code.matchAll(/\bconfig\s*\([\s\S]*?[%}]\}/g)) {
    const found = settingIn(call, name, { ...definition, start: definition.start + index });
    if (found) return found;
  }
  return properties ?? definition;
}

/** Where a call names a setting, as an argument (`name=`) or as a key of one (`'name':`). */
export function settingIn(call: string, name: string, { file, start }: Span): Span | undefined {
  const found = new RegExp(`\\b${name.replaceAll('-', '[-_]')}(?=['"]?\\s*[=:])`).exec(call);
  return found ? { file, start: start + found.index, end: start + found.index + found[0].length } : undefined;
}
