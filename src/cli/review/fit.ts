/** One thing that a report can say. Written only if there may be room for it. */
export interface Piece {
  short(): string;
  /** Undefined where there is no more to say than in short. */
  readonly full: (() => string) | undefined;
}

/** What there is room for: the first of the pieces. */
export interface Fitted {
  readonly texts: readonly string[];
  /** How many pieces are left out. */
  readonly hidden: number;
  /** How many of those that are there stand in short, though there is more to say. */
  readonly shortened: number;
}

/** So many pieces of each section come before the others of any, so that no section takes all of the room. */
const firstOfEach = 5;

/**
 * Chooses what a report with little room says.
 *
 * @param sections the most important first; their pieces likewise.
 * @param room for all of them together, as `measure` counts.
 */
export function fitPieces(
  sections: readonly (readonly Piece[])[],
  room: number,
  measure: (text: string) => number,
): readonly Fitted[] {
  const chosen = sections.map((pieces) => ({ pieces, texts: [] as string[], shortened: 0 }));
  let left = room;
  const addShort = (from: number, to: number): void => {
    for (const section of chosen) {
      // After a piece without room there is no other: a gap would be worse than an early end.
      if (section.texts.length < from) continue;
      for (const piece of section.pieces.slice(from, to)) {
        const text = piece.short();
        if (measure(text) > left) break;
        left -= measure(text);
        section.texts.push(text);
        if (piece.full) section.shortened += 1;
      }
    }
  };
  const addDetails = (from: number, to: number): void => {
    for (const section of chosen) {
      for (const [place, short] of section.texts.entries()) {
        const full = place < from || place >= to ? undefined : section.pieces[place]?.full?.();
        if (full === undefined || measure(full) - measure(short) > left) continue;
        left -= measure(full) - measure(short);
        section.texts[place] = full;
        section.shortened -= 1;
      }
    }
  };
  addShort(0, firstOfEach);
  addDetails(0, firstOfEach);
  addShort(firstOfEach, Number.POSITIVE_INFINITY);
  addDetails(firstOfEach, Number.POSITIVE_INFINITY);
  return chosen.map(({ pieces, texts, shortened }) => ({ texts, hidden: pieces.length - texts.length, shortened }));
}
