import type { TemplateError } from './errors.ts';
import type { Token } from './tokens.ts';

/** What an error may say beside its message. */
export type Explanation = Partial<Pick<TemplateError, 'unknown' | 'related' | 'hint'>>;

/**
 * For an error where a tag should have been over: where it is opened, and what is missing, unless it stands further on in
 * the line, where somebody has surely put it.
 *
 * @param end of what opens it, for the note.
 * @param at where the error is, if that is surely behind the end of the tag.
 */
export function notClosed(text: string, open: number, end = open + 2, at?: number): Explanation {
  const closer = text[open + 1] === '%' ? '%}' : '}}';
  const [line = ''] = text.slice(open, at).split('\n', 1);
  const hint = line.includes(closer) ? undefined : `Close it with '${closer}'`;
  return { related: { message: 'it is opened here', start: open, end }, hint };
}

/**
 * The quotation mark that has no partner, if there is one among the tokens of a tag: a text that goes on over the end of its
 * tag and of its line ends at the next mark, far below, where nothing is wrong.
 */
export function textWithoutEnd(
  text: string,
  tokens: readonly Token[],
): { readonly message: string; readonly start: number; readonly end: number } | undefined {
  const found = tokens.find(({ type, start, end }) => type === 'string' && goesOnBehindItsTag(text.slice(start, end)));
  if (!found) return undefined;
  const [firstLine = ''] = text.slice(found.start, found.end).split('\n', 1);
  const end = found.start + firstLine.trimEnd().length;
  return { message: 'The text that starts here is not closed', start: found.start, end };
}

const goesOnBehindItsTag = (literal: string): boolean => /^.*[%}]\}.*\n/.test(literal);
