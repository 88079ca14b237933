import {
  type Diagnostic,
  didYouMeanHint,
  error,
  fileProblem,
  Problem,
  StatementError,
  statementCode,
  templateDiagnostic,
} from '../core/index.ts';
import { TemplateError } from '../jinja/index.ts';
import { UsageProblem } from './command-line/usage.ts';

/** What the user has to know of something that was thrown; undefined where it is a bug of ours. */
export function problemsOf(failure: unknown): readonly Diagnostic[] | undefined {
  if (failure instanceof Problem) return failure.diagnostics;
  if (failure instanceof StatementError) return [error(statementCode(failure), failure.message)];
  if (failure instanceof TemplateError) return [templateDiagnostic(failure, 'compile/template-error')];
  if (failure instanceof UsageProblem) {
    const { code, message, unknown } = failure;
    return [error(code, message, { hint: unknown ? didYouMeanHint(unknown.name, unknown.known) : failure.hint })];
  }
  const refused = fileProblem(failure);
  return refused && [refused];
}
