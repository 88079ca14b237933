import type { Diagnostic, Node } from '../../core/index.ts';
import {
  type Analysis,
  analyzeQuery,
  type Dialect,
  parse,
  type Query,
  queryOf,
  type SqlDiagnostic,
  typeText,
} from '../../sql/index.ts';
import type { CompiledNode } from '../compilation.ts';
import { diagnosticAt, type Located } from './diagnostic-at.ts';
import { type NodeAnalysis, type NodeColumn, unknownAnalysis } from './node-analysis.ts';
import { tableKey } from './parent-names.ts';
import type { Parents } from './parents.ts';
import { replacePieces } from './replacements.ts';

/** The SQL of a node as it was read. */
interface ReadQuery {
  readonly text: Located;
  /** Undefined for anything but a single query. */
  readonly query: Query | undefined;
  readonly diagnostics: readonly SqlDiagnostic[];
}

/** Reads the query that a node is, with names in place of parents that are expressions. */
export function readQuery(node: Node, compiled: CompiledNode, { replacements }: Parents, dialect: Dialect): ReadQuery {
  const replaced = replacePieces(compiled.sql, replacements);
  const { statements, diagnostics } = parse(replaced.text, { dialect: dialect.name });
  const query = statements.length === 1 && statements[0] ? queryOf(statements[0]) : undefined;
  return { text: { compiled, replaced, otherwise: node.origin.definition }, query, diagnostics };
}

/**
 * What the query of a node gives, worked out from its text and its parents' columns.
 *
 * @param lineage whether also where its columns come from, and what of its parents it uses.
 */
export function workOut(
  node: Node,
  compiled: CompiledNode,
  parents: Parents,
  dialect: Dialect,
  lineage: boolean,
): NodeAnalysis {
  const { query, text, diagnostics } = readQuery(node, compiled, parents, dialect);
  if (diagnostics.length > 0) return withProblems({ ...unknownAnalysis, readable: false }, diagnostics, text);
  if (!query) return unknownAnalysis;
  const analysis = analyzeQuery(query, {
    text: text.replaced.text,
    dialect,
    catalog: (parts) => parents.tables.get(tableKey(parts, dialect)) ?? 'unknown',
    asTable: node.resource_type === 'model' || node.resource_type === 'snapshot',
    lineage,
  });
  const found = columnsOf(analysis, dialect);
  return withProblems(lineage ? withLineage(found, analysis, text) : found, analysis.problems, text);
}

/** All columns but those of which only is known that they may be there. */
const listed = ({ columns }: Analysis): Analysis['columns'] => columns.filter(({ name }) => name !== '*');

function columnsOf(analysis: Analysis, dialect: Dialect): NodeAnalysis {
  return {
    columns: listed(analysis).map(({ name, type, nullable }) => ({
      name,
      type: type.kind === 'unknown' ? undefined : typeText(type, dialect),
      nullable,
      sources: [],
    })),
    complete: analysis.complete,
    filters: [],
    parents: [],
    readable: true,
    diagnostics: [],
  };
}

function withLineage(found: NodeAnalysis, analysis: Analysis, text: Located): NodeAnalysis {
  const ofParents = ({ relation }: { readonly relation: { readonly name: string } }): boolean =>
    /^(model|seed|snapshot|source)\./.test(relation.name);
  return {
    ...found,
    columns: listed(analysis).map(({ sources, place }, index) => ({
      ...(found.columns[index] as NodeColumn),
      sources: [...sources]
        .filter(([base]) => ofParents(base))
        .map(([{ relation, name }, how]) => ({ nodeId: relation.name, column: name, how })),
      span: place && diagnosticAt(text, place)?.span,
    })),
    filters: [...analysis.filters].flatMap(([how, columns]) =>
      [...columns].filter(ofParents).map(({ relation, name: column }) => ({ nodeId: relation.name, column, how })),
    ),
    parents: analysis.relations
      .filter(ofParents)
      .map(({ relation, used }) => ({ nodeId: relation.name, used: [...used] })),
  };
}

function withProblems(
  analysis: NodeAnalysis,
  problems: readonly Pick<SqlDiagnostic, 'code' | 'severity' | 'message' | 'start' | 'end' | 'hint'>[],
  text: Located,
): NodeAnalysis {
  const diagnostics = new Map<string, Diagnostic>();
  for (const { code, severity, message, hint, start, end } of problems) {
    const place = diagnosticAt(text, { start, end }) ?? { span: text.otherwise };
    // A template may write one thing several times.
    const key = `${code} ${message} ${place.span?.file} ${place.span?.start}`;
    if (!diagnostics.has(key))
      diagnostics.set(key, { code, severity, message: message.replace(/\.$/, ''), hint, ...place });
  }
  return { ...analysis, diagnostics: [...diagnostics.values()] };
}
