/** How `wordwrap` breaks. */
interface WrapOptions {
  readonly width: number;
  readonly breakLong: boolean;
  readonly breakHyphens: boolean;
}

const BLANKS = '[\\t\\n\\v\\f\\r ]';
const WORDS = new RegExp(`(${BLANKS}+)`);
// A word may be broken after a hyphen between letters, and before a dash of two or more.
const HYPHENATED =
  /[^\s-]*?[\p{L}\p{N}_]-+(?=[\p{L}_][\p{L}\p{N}_]?[\p{L}_-])|--+(?=[\p{L}\p{N}_])|[^\s]+?(?=--+[\p{L}\p{N}_])|\S+/gu;

function chunksOf(text: string, hyphens: boolean): string[] {
  const words = text.split(WORDS).filter((word) => word !== '');
  if (!hyphens) return words;
  return words.flatMap((word) => (/^\s/.test(word) ? [word] : (word.match(HYPHENATED) ?? [word])));
}

/** One paragraph as lines of at most `width` characters, as Python's textwrap does without touching its blanks. */
export function wrapLine(text: string, options: WrapOptions): string[] {
  const { width } = options;
  const chunks = chunksOf(text, options.breakHyphens).reverse();
  const lines: string[] = [];
  while (chunks.length > 0) {
    if (lines.length > 0 && chunks.at(-1)!.trim() === '') chunks.pop();
    const line: string[] = [];
    let length = 0;
    while (chunks.length > 0 && length + chunks.at(-1)!.length <= width) {
      const chunk = chunks.pop()!;
      line.push(chunk);
      length += chunk.length;
    }
    if (chunks.length > 0 && chunks.at(-1)!.length > width) {
      const room = width < 1 ? 1 : width - length;
      const chunk = chunks.at(-1)!;
      if (options.breakLong) {
        let cut = room;
        const hyphen = chunk.lastIndexOf('-', room - 1);
        if (options.breakHyphens && chunk.length > room && hyphen > 0 && /[^-]/.test(chunk.slice(0, hyphen)))
          cut = hyphen + 1;
        line.push(chunk.slice(0, cut));
        chunks[chunks.length - 1] = chunk.slice(cut);
        if (chunks.at(-1) === '') chunks.pop();
      } else if (line.length === 0) line.push(chunks.pop()!);
    }
    if (line.length > 0 && line.at(-1)!.trim() === '') line.pop();
    if (line.length > 0) lines.push(line.join(''));
  }
  return lines;
}
