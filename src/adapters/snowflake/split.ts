/** One statement of a text, and where it stands in it. */
export interface Piece {
  readonly sql: string;
  /** Offset of its first character in the whole text. */
  readonly start: number;
}

/** What a semicolon may stand in without ending a statement; and what is a comment. */
const lexeme =
  /'(?:[^'\\]|\\[\s\S]|'')*'?|"(?:[^"]|"")*"?|\$\$[\s\S]*?(?:\$\$|$)|(?<comment>--[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|;/g;

/**
 * The statements of a text, since Snowflake takes one at a time. Pieces of nothing but comments and blanks are left out,
 * and so is what stands around a statement.
 */
export function splitStatements(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  let comments: string[] = [];
  const end = (to: number): void => {
    const written = text.slice(from, to);
    const said = comments.reduce((rest, comment) => rest.replace(comment, () => ''), written);
    const start = from + (written.length - written.trimStart().length);
    if (said.trim() !== '') pieces.push({ sql: written.trim(), start });
    from = to + 1;
    comments = [];
  };
  for (const match of text.matchAll(lexeme)) {
    if (match[0] === ';') end(match.index);
    else if (match.groups?.comment !== undefined) comments.push(match[0]);
  }
  end(text.length);
  return pieces;
}
