import type { TemplateError } from '../jinja/index.ts';
import { type Diagnostic, error } from './diagnostic.ts';
import type { Span } from './span.ts';

/** A template's error as a diagnostic: its place, and the macro calls that led there as notes, innermost first. */
export function templateDiagnostic(failure: TemplateError, code: string, fallback?: Span): Diagnostic {
  const { file, start, end } = failure;
  const span = file !== undefined && start !== undefined && end !== undefined ? { file, start, end } : fallback;
  const notes = failure.chain.map((frame) => ({
    message: `in macro '${frame.name}', called at`,
    span: { file: frame.file, start: frame.start, end: frame.end },
  }));
  return error(code, failure.message, { span, notes });
}
