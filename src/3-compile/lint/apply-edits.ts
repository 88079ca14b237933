import type { TextEdit } from '../../core/index.ts';

/**
 * A text with changes made in it. The same change is made once; of changes that overlap, the first is made and the others
 * are left for another time.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = [...edits].sort((one, other) => one.start - other.start || one.end - other.end);
  const pieces: string[] = [];
  let at = 0;
  let last: TextEdit | undefined;
  for (const edit of sorted) {
    const isAgain = last?.start === edit.start && last.end === edit.end && last.text === edit.text;
    if (isAgain || edit.start < at) continue;
    pieces.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
    last = edit;
  }
  return pieces.join('') + text.slice(at);
}
