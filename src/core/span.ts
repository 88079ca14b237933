/**
 * A stretch of one source file. Offsets, not lines: they are cheap to keep for every node of a project and cheap to
 * store in the parse cache; lines and columns are worked out from the text when something is shown to a person.
 */
export interface Span {
  /** Path relative to the project folder, with `/` on every platform. */
  readonly file: string;
  /** Offset of the first character (UTF-16 code units). */
  readonly start: number;
  /** Offset behind the last character; equal to `start` for a point. */
  readonly end: number;
}

/** A place as people count it: line and column start at 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Line and column of an offset in a text. An offset past the end counts as the end. */
export function positionAt(text: string, offset: number): Position {
  const end = Math.min(offset, text.length);
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return { line, column: end - lineStart + 1 };
}
