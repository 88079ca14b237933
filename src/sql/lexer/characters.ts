/** Classes of characters, as bits. */
export const SPACE = 1;
export const DIGIT = 2;
export const LETTER = 4;
/** A letter, a digit, `_` or `$`: what a word goes on with. */
export const WORD_PART = 8;

const ascii = fill();

function fill(): Uint8Array {
  const table = new Uint8Array(128);
  for (const space of [9, 10, 11, 12, 13, 32]) table[space] = SPACE;
  for (let code = 48; code <= 57; code++) table[code] = DIGIT | WORD_PART;
  for (let code = 65; code <= 90; code++) table[code] = table[code + 32] = LETTER | WORD_PART;
  table[95] = LETTER | WORD_PART;
  table[36] = WORD_PART;
  return table;
}

/** The classes of a character; other scripts' letters count as letters, no-break spaces and their kin as space. */
export function classOf(code: number): number {
  if (code < 128) return ascii[code]!;
  return isForeignSpace(code) ? SPACE : LETTER | WORD_PART;
}

/** What DuckDB takes for space; other characters that Unicode counts as space, like U+2028, are a part of words. */
function isForeignSpace(code: number): boolean {
  return (
    code === 0xa0 ||
    (code >= 0x2000 && code <= 0x200b) ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x2060 ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

/** 0–15, or -1. */
export function hexValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}
