import type { TemplateError } from '../jinja/index.ts';
import { type Diagnostic, type DiagnosticNote, didYouMeanHint, error } from './diagnostic.ts';
import type { Span } from './span.ts';

/** Of a longer chain of calls, an endless recursion mostly, the first and the last are shown. */
const shownCalls = { first: 5, last: 3 };

/** A template's error as a diagnostic: its place, and the macro calls that led there as notes, innermost first. */
export function templateDiagnostic(failure: TemplateError, code: string, fallback?: Span): Diagnostic {
  const { file, start, end, related, unknown } = failure;
  const span = file !== undefined && start !== undefined && end !== undefined ? { file, start, end } : fallback;
  const notes =
    file !== undefined && related
      ? [{ message: related.message, span: { file, start: related.start, end: related.end } }]
      : [];
  const hint = failure.hint ?? (unknown && didYouMeanHint(unknown.name, unknown.known));
  return error(code, failure.message, { span, notes: [...notes, ...callNotes(failure)], hint });
}

function callNotes(failure: TemplateError): DiagnosticNote[] {
  const notes = failure.chain.map((frame) => ({
    message: `in macro '${frame.name}', called at`,
    span: { file: frame.file, start: frame.start, end: frame.end },
  }));
  const hidden = notes.length - shownCalls.first - shownCalls.last;
  if (hidden <= 1) return notes;
  const { first, last } = shownCalls;
  return [...notes.slice(0, first), { message: `… ${counted(hidden)} more calls …` }, ...notes.slice(-last)];
}

/** How deep a macro without an end got depends on the stack. */
const counted = (hidden: number): string =>
  hidden < 100 ? String(hidden) : `more than ${Math.floor((hidden - 1) / 100) * 100}`;
