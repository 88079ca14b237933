import type { YamlPath } from '../yaml/index.ts';
import type { DocUse } from './facts.ts';

const docCall = /\{\{-?\s*doc\(\s*(?:'([^'\\]*)'|"([^"\\]*)")\s*(?:,\s*(?:'([^'\\]*)'|"([^"\\]*)")\s*)?\)\s*-?\}\}/g;

/**
 * The docs blocks that a description names, read off without rendering; and itself, where that does not do.
 *
 * @param owner the place of what it describes. A place of its own is made only where something is named: there are very
 * many descriptions.
 */
export function docUses(description: string, owner: YamlPath): readonly DocUse[] {
  if (!description.includes('{')) return [];
  const path = [...owner, 'description'];
  const uses = [...description.matchAll(docCall)].map((match): DocUse => {
    const first = match[1] ?? match[2] ?? '';
    const second = match[3] ?? match[4];
    return { package: second === undefined ? null : first, name: second ?? first, path };
  });
  return hasOtherTemplates(description) ? [...uses, { package: null, name: '', path, template: description }] : uses;
}

/** Whether a description has templates beside plain calls of `doc()`. */
export function hasOtherTemplates(description: string): boolean {
  return /\{[{%#]/.test(description) && /\{[{%#]/.test(description.replace(docCall, ''));
}

/**
 * A description whose templates are plain calls of `doc()`, with the texts of the blocks in their place. As every
 * template, it loses a line break at its end.
 */
export function fillDocs(description: string, textOf: (packageName: string | null, name: string) => string): string {
  if (!description.includes('{{')) return description;
  return description.replace(/\r?\n$/, '').replace(docCall, (_, a?: string, b?: string, c?: string, d?: string) => {
    const first = a ?? b ?? '';
    const second = c ?? d;
    return textOf(second === undefined ? null : first, second ?? first);
  });
}
