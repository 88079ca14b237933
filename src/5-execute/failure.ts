import type { Graph } from '../2-graph/index.ts';
import type { CompiledNode } from '../3-compile/index.ts';
import {
  type Diagnostic,
  error,
  fileProblem,
  type GraphNode,
  Problem,
  type SourceNode,
  type Span,
  StatementError,
  statementCode,
  templateDiagnostic,
} from '../core/index.ts';
import { TemplateError } from '../jinja/index.ts';
import type { ExecuteContext } from './context.ts';
import { missingTableAdvice } from './missing-table.ts';

/** What fails: a node, or a macro that is run by itself. */
type Failing =
  | GraphNode
  | (Pick<GraphNode, 'unique_id' | 'name'> & {
      readonly resource_type: 'macro';
      /** Undefined for one that comes with Ingot. */
      readonly origin: { readonly definition: Span | undefined };
    });

/**
 * What went wrong with a node, as diagnostics. A statement's error is placed in the template when the offset that the
 * warehouse names lies inside the compiled SQL; else at the top of the node's file.
 *
 * @param graph where to look for what is meant by a table that is not there. Default: nobody looks.
 */
export function describeFailure(
  failure: unknown,
  node: Failing,
  compiled: CompiledNode | undefined,
  graph?: Graph,
): Diagnostic[] {
  if (failure instanceof Problem) return [...failure.diagnostics];
  const told = (problem: Diagnostic): Diagnostic[] => [graph ? withAdvice(problem, failure, node, graph) : problem];
  if (failure instanceof TemplateError) return told(ofTemplate(failure, node, compiled));
  if (failure instanceof StatementError) return told(statementDiagnostic(failure, node, compiled));
  const refused = fileProblem(failure);
  if (refused) return [refused];
  const text = failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
  return [
    error('ingot/bug', `Ingot itself failed on ${node.unique_id}: ${text}`, {
      span: node.origin.definition,
      hint: 'This is a bug of Ingot, not of your project. Please report it with the text above.',
    }),
  ];
}

/** The same, but a column that the warehouse misses is told as the project's own check would, where that knows as much. */
export async function explainFailure(
  failure: unknown,
  node: Failing,
  compiled: CompiledNode | undefined,
  { graph, explain }: Pick<ExecuteContext, 'graph' | 'explain'>,
): Promise<readonly Diagnostic[]> {
  const cause = failure instanceof TemplateError ? failure.cause : failure;
  const missing = cause instanceof StatementError ? cause.missingColumn : undefined;
  const isInNode = cause instanceof StatementError && compiled !== undefined && cause.sql.includes(compiled.sql);
  const explained = missing !== undefined && isInNode ? await explain?.(compiled, missing) : undefined;
  return explained?.length ? explained : describeFailure(failure, node, compiled, graph);
}

function withAdvice(problem: Diagnostic, failure: unknown, node: Failing, graph: Graph): Diagnostic {
  const { hint, notes = [] } = missingTableAdvice(failure, node, graph);
  return { ...problem, hint: problem.hint ?? hint, notes: [...(problem.notes ?? []), ...notes] };
}

/** A problem of a source, placed where it is defined unless a better place is known. */
export function placedAt({ origin }: SourceNode, problem: Diagnostic): Diagnostic {
  return { ...problem, span: problem.span ?? origin.definition };
}

/** A macro's statement may have failed for what the node's own SQL says; then that is the place to look. */
function ofTemplate(failure: TemplateError, node: Failing, compiled: CompiledNode | undefined): Diagnostic {
  const { cause } = failure;
  const isInNode = cause instanceof StatementError && compiled !== undefined && placeOf(cause, compiled) !== undefined;
  return isInNode
    ? statementDiagnostic(cause, node, compiled)
    : templateDiagnostic(failure, templateCode(failure), definitionOf(node));
}

/** A template whose query was cut short is not wrong. */
const templateCode = ({ cause }: TemplateError): string =>
  cause instanceof StatementError && cause.cancelled ? statementCode(cause) : 'compile/template-error';

/** Where a node stands that is an entry, or a macro; of a file, nothing better than its beginning is known. */
function definitionOf(node: Failing): Span | undefined {
  const { definition } = node.origin;
  const isEntry =
    node.resource_type === 'macro' ||
    node.resource_type === 'unit_test' ||
    (node.resource_type === 'test' && node.test_metadata !== undefined);
  return isEntry ? definition : definition && { ...definition, end: definition.start };
}

function statementDiagnostic(failure: StatementError, node: Failing, compiled: CompiledNode | undefined): Diagnostic {
  const code = statementCode(failure);
  const place = compiled && placeOf(failure, compiled);
  if (place) {
    const hint = failure.sql[failure.offset ?? -1] === ';' ? semicolonHint : undefined;
    return error(code, failure.message, { span: place.span, notes: place.notes, hint });
  }
  const empty = compiled !== undefined && isBlank(compiled.sql);
  return error(code, failure.message, {
    span: definitionOf(node),
    notes: failure.cancelled ? [] : [{ message: `in the SQL: ${lineAt(failure)}` }],
    hint: empty ? `'${node.name}' has no SQL: all of it is comments or blank` : undefined,
  });
}

const semicolonHint = "Take the ';' away: the query stands inside of a larger statement";

/** The compiled SQL stands as it is somewhere inside the statement that was sent. */
function placeOf(failure: StatementError, compiled: CompiledNode): ReturnType<CompiledNode['locate']> {
  if (failure.offset === undefined) return undefined;
  const start = failure.sql.indexOf(compiled.sql);
  if (start < 0) return undefined;
  const offset = failure.offset - start;
  return offset >= 0 && offset <= compiled.sql.length ? compiled.locate(offset) : undefined;
}

const longestLine = 160;

/** The line that the warehouse points at, else the first one. */
function lineAt({ sql, offset = 0 }: StatementError): string {
  const start = sql.lastIndexOf('\n', Math.max(0, offset - 1)) + 1;
  const line = (sql.slice(start).split('\n', 1)[0] ?? '').trim();
  return line.length > longestLine ? `${line.slice(0, longestLine)}…` : line;
}

function isBlank(sql: string): boolean {
  return sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, '').trim() === '';
}
