/** A piece of a text to put another in its place. */
export interface Replacement {
  readonly find: string;
  readonly by: string;
}

/** A text in which pieces were replaced, with the way back. */
export interface ReplacedText {
  readonly text: string;
  /** Where a character of the new text stood; for one of a piece, the piece's first character. */
  original(offset: number): number;
}

/**
 * Replaces every occurrence of some pieces. What sources read straight from files is a long expression in the compiled
 * SQL: for the analysis a name stands in its place.
 */
export function replacePieces(text: string, pieces: readonly Replacement[]): ReplacedText {
  const edits: { at: number; length: number; by: string }[] = [];
  for (const { find, by } of pieces) {
    for (let at = text.indexOf(find); at >= 0 && find !== ''; at = text.indexOf(find, at + find.length)) {
      edits.push({ at, length: find.length, by });
    }
  }
  if (edits.length === 0) return { text, original: (offset) => offset };
  edits.sort((one, other) => one.at - other.at || other.length - one.length);
  let made = '';
  let from = 0;
  const marks: { made: number; end: number; at: number; next: number }[] = [];
  for (const { at, length, by } of edits) {
    // One piece may be a part of another.
    if (at < from) continue;
    made += text.slice(from, at);
    marks.push({ made: made.length, end: made.length + by.length, at, next: at + length });
    made += by;
    from = at + length;
  }
  const original = (offset: number): number => {
    const mark = marks.findLast(({ made: start }) => start <= offset);
    if (!mark) return offset;
    return offset < mark.end ? mark.at : offset - mark.end + mark.next;
  };
  return { text: made + text.slice(from), original };
}
