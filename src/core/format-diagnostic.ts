import type { Diagnostic, DiagnosticNote } from './diagnostic.ts';
import { positionAt, type Span } from './span.ts';

/** How to write emphasised parts; the identity functions give plain text. */
export interface Paint {
  error(text: string): string;
  warning(text: string): string;
  faint(text: string): string;
  strong(text: string): string;
}

const plain = (text: string): string => text;
export const plainPaint: Paint = { error: plain, warning: plain, faint: plain, strong: plain };

/** Gives the text of a project file, or undefined when it cannot be read (any more). */
export type ReadSource = (file: string) => string | undefined;

/**
 * A diagnostic as people read it: severity and code, message, `file:line:column` with the source line and a marker,
 * then the notes and the hint. Lines are joined by `\n`, without one at the end.
 */
export function formatDiagnostic(diagnostic: Diagnostic, readSource: ReadSource, paint: Paint = plainPaint): string {
  const title = `${diagnostic.severity}[${diagnostic.code}]`;
  const lines = [
    `${diagnostic.severity === 'error' ? paint.error(title) : paint.warning(title)}: ${paint.strong(diagnostic.message)}`,
  ];
  if (diagnostic.span) lines.push(...frame(diagnostic.span, readSource, paint));
  for (const note of diagnostic.notes ?? []) lines.push(...formatNote(note, readSource, paint));
  if (diagnostic.hint) lines.push(`  ${paint.faint('hint:')} ${diagnostic.hint}`);
  return lines.join('\n');
}

/** `models/a.sql:3:7`, or the file alone when its text is not there. */
export function formatPlace(span: Span, readSource: ReadSource): string {
  const text = readSource(span.file);
  if (text === undefined) return span.file;
  const { line, column } = positionAt(text, span.start);
  return `${span.file}:${line}:${column}`;
}

function formatNote(note: DiagnosticNote, readSource: ReadSource, paint: Paint): string[] {
  const place = note.span ? ` ${formatPlace(note.span, readSource)}` : '';
  return [`  ${paint.faint('note:')} ${note.message}${place}`];
}

function frame(span: Span, readSource: ReadSource, paint: Paint): string[] {
  const place = `  ${paint.faint('-->')} ${formatPlace(span, readSource)}`;
  const text = readSource(span.file);
  if (text === undefined || text.length === 0) return [place];
  const { line, column } = positionAt(text, span.start);
  const lineStart = Math.min(span.start, text.length) - (column - 1);
  const newline = text.indexOf('\n', lineStart);
  const lineEnd = newline < 0 ? text.length : newline;
  const source = text.slice(lineStart, lineEnd).replace(/\r$/, '');
  const end = Math.max(column, Math.min(span.end, lineEnd) - lineStart);
  const { shown, before, marked } = excerpt(source, column - 1, end);
  // Tabs stay tabs in the marker line, so that the marker stands below what it marks.
  const indent = before
    .replace(wide, '  ')
    .replace(/\p{Mn}/gu, '')
    .replace(/[^\t]/g, ' ');
  const number = String(line);
  const gutter = ' '.repeat(number.length);
  return [
    place,
    `  ${paint.faint(`${gutter} |`)}`,
    `  ${paint.faint(`${number} |`)} ${shown}`,
    `  ${paint.faint(`${gutter} |`)} ${indent}${paint.error('^'.repeat(marked))}`,
  ];
}

/** Letters that take two columns on a terminal. */
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]|\p{Emoji_Presentation}/gu;

/** How many characters of a line are shown, since generated SQL has lines of many thousands; and how many before the place. */
const longest = 160;
const lead = 60;

/** What is shown of a line around the characters from `start` to `end`, what of it stands before, and how many are marked. */
function excerpt(line: string, start: number, end: number): { shown: string; before: string; marked: number } {
  const from = Math.max(0, Math.min(start - lead, line.length - longest));
  const to = Math.min(line.length, from + longest);
  const left = from > 0 ? '…' : '';
  return {
    shown: left + line.slice(from, to) + (to < line.length ? '…' : ''),
    before: left + line.slice(from, start),
    marked: Math.max(1, Math.min(end, to) - start),
  };
}
