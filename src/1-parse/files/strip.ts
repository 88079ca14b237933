/** A text without blanks around it, as Python strips them: a byte order mark is none. */
export function strip(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.trimEnd() : text.trim();
}
