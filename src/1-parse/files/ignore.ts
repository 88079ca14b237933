import { join } from 'node:path';
import { readableText } from '../../core/index.ts';

/** Whether a path (relative to the package, `/` between its parts) is to be left out. */
export type Ignore = (path: string) => boolean;

const names = ['.ingotignore', '.dbtignore'];

/** Reads the ignore files of a package: patterns as in `.gitignore`. Undefined where there are none. */
export function readIgnore(root: string): Ignore | undefined {
  const rules = names.flatMap((name) => parseRules(readableText(join(root, name)) ?? ''));
  if (rules.length === 0) return undefined;
  return (path) => {
    let ignored = false;
    for (const rule of rules) if (rule.pattern.test(path)) ignored = !rule.negated;
    return ignored;
  };
}

interface Rule {
  readonly pattern: RegExp;
  readonly negated: boolean;
}

function parseRules(text: string): readonly Rule[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/(?<!\\) +$/, ''))
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(parseRule);
}

function parseRule(line: string): Rule {
  const negated = line.startsWith('!');
  const written = negated ? line.slice(1) : line;
  const folder = written.endsWith('/');
  const body = written.replace(/^\//, '').replace(/\/$/, '');
  // A slash at the start or in the middle binds a pattern to the package's root.
  const anchored = written.startsWith('/') || body.includes('/');
  const prefix = anchored ? '^' : '^(?:.*/)?';
  return { pattern: new RegExp(`${prefix}${translate(body)}${folder ? '/.*' : '(?:/.*)?'}$`), negated };
}

function translate(glob: string): string {
  return glob.replace(/\*\*\/|\/\*\*|\*\*|\*|\?|\[!?[^\]]*\]|\\.|[^*?[\\]+|./g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '/**') return '(?:/.*)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part.startsWith('[') && part.endsWith(']')) return part.replace(/^\[!/, '[^');
    const text = part.startsWith('\\') ? part.slice(1) : part;
    return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
}
