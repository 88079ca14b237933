import type { CompiledNode } from '../3-compile/index.ts';
import { type Diagnostic, error, type GraphNode, Problem, StatementError, templateDiagnostic } from '../core/index.ts';
import { TemplateError } from '../jinja/index.ts';

/**
 * What went wrong with a node, as diagnostics. A statement's error is placed in the template when the offset that the
 * warehouse names lies inside the compiled SQL; else at the top of the node's file.
 */
export function describeFailure(failure: unknown, node: GraphNode, compiled: CompiledNode | undefined): Diagnostic[] {
  if (failure instanceof Problem) return [...failure.diagnostics];
  if (failure instanceof TemplateError) return [templateDiagnostic(failure, 'compile/template-error')];
  if (failure instanceof StatementError) return [statementDiagnostic(failure, node, compiled)];
  const text = failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
  return [
    error('ingot/bug', `Ingot itself failed on ${node.unique_id}: ${text}`, {
      span: node.origin.definition,
      hint: 'This is a bug of Ingot, not of your project. Please report it with the text above.',
    }),
  ];
}

function statementDiagnostic(failure: StatementError, node: GraphNode, compiled: CompiledNode | undefined): Diagnostic {
  const code = failure.cancelled ? 'execute/cancelled' : 'execute/statement-failed';
  const place = compiled && placeOf(failure, compiled);
  return error(code, failure.message, {
    span: place?.span ?? { ...node.origin.definition, end: node.origin.definition.start },
    notes: place?.notes,
  });
}

/** The compiled SQL stands as it is somewhere inside the statement that was sent. */
function placeOf(failure: StatementError, compiled: CompiledNode): ReturnType<CompiledNode['locate']> {
  if (failure.offset === undefined) return undefined;
  const start = failure.sql.indexOf(compiled.sql);
  if (start < 0) return undefined;
  const offset = failure.offset - start;
  return offset >= 0 && offset <= compiled.sql.length ? compiled.locate(offset) : undefined;
}
