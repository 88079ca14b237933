/** Tells whether a text matches a pattern. */
export type Matcher = (text: string) => boolean;

const matchers = new Map<string, Matcher>();

/**
 * Python's `fnmatch`: `*` any text, `?` any character, `[abc]`, `[a-z]`, `[!abc]`; a bracket that is never closed
 * stands for itself. The whole text has to match, letter case counts.
 */
export function globMatcher(pattern: string): Matcher {
  let matcher = matchers.get(pattern);
  if (matcher === undefined) {
    matcher = createMatcher(pattern);
    matchers.set(pattern, matcher);
  }
  return matcher;
}

/** Whether a pattern says more than itself. */
export function hasWildcard(pattern: string): boolean {
  return /[*?[\]]/.test(pattern);
}

function createMatcher(pattern: string): Matcher {
  if (!hasWildcard(pattern)) return (text) => text === pattern;
  if (/^\*+$/.test(pattern)) return () => true;
  const expression = new RegExp(`^(?:${translate(pattern)})$`, 'su');
  return (text) => expression.test(text);
}

function translate(pattern: string): string {
  const characters = [...pattern];
  let source = '';
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    const end = character === '[' ? endOfSet(characters, at + 1) : -1;
    if (character === '*') source += '.*';
    else if (character === '?') source += '.';
    else if (end >= 0) {
      source += translateSet(characters.slice(at + 1, end));
      at = end;
    } else source += literal(character);
  }
  return source;
}

/** Index of the `]` that closes a set whose content starts at `start`, or -1. One right at the start is content. */
function endOfSet(characters: readonly string[], start: number): number {
  const first = characters[start] === '!' ? start + 1 : start;
  return characters.indexOf(']', characters[first] === ']' ? first + 1 : first);
}

function translateSet(content: readonly string[]): string {
  const negated = content[0] === '!';
  const members = negated ? content.slice(1) : content;
  let ranges = '';
  for (let at = 0; at < members.length; at += 1) {
    const from = members[at] ?? '';
    const isRange = members[at + 1] === '-' && at + 2 < members.length;
    const to = isRange ? (members[at + 2] ?? '') : from;
    if (isRange) at += 2;
    // A range that runs backwards holds nothing.
    if (from <= to) ranges += from === to ? literal(from) : `${literal(from)}-${literal(to)}`;
  }
  if (ranges === '') return negated ? '.' : '(?!)';
  return negated ? `[^${ranges}]` : `[${ranges}]`;
}

function literal(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
