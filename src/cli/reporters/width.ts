import { stripVTControlCharacters } from 'node:util';

/** Letters that take two columns: East Asian wide forms and pictures. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const plainAscii = /^[\x20-\x7e]*$/;

let segmenter: Intl.Segmenter | undefined;

/** How many columns of a terminal a text takes; colours take none. */
export function displayWidth(text: string): number {
  if (plainAscii.test(text)) return text.length;
  const bare = stripVTControlCharacters(text);
  if (plainAscii.test(bare)) return bare.length;
  let width = 0;
  for (const letter of letters(bare)) width += widthOf(letter);
  return width;
}

/** The text, cut to a number of columns with `…` at the end. For text without colours; line breaks become blanks. */
export function truncate(text: string, columns: number): string {
  const line = text.replace(/\s*\n\s*/g, ' ');
  if (displayWidth(line) <= columns) return line;
  let kept = '';
  let width = 0;
  for (const letter of letters(line)) {
    width += widthOf(letter);
    if (width > columns - 1) break;
    kept += letter;
  }
  return columns < 1 ? '' : `${kept}…`;
}

function* letters(text: string): Iterable<string> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { segment } of segmenter.segment(text)) yield segment;
}

const widthOf = (letter: string): number => (wide.test(letter) ? 2 : 1);
