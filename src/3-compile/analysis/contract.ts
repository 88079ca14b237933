import { overridingMacro } from '../../1-parse/index.ts';
import type { Graph } from '../../2-graph/index.ts';
import {
  type Adapter,
  type ContractMismatch,
  contractMessage,
  contractMismatches,
  type Diagnostic,
  type DiagnosticNote,
  error,
  type ModelNode,
  type Span,
} from '../../core/index.ts';
import { type Dialect, findDialect, readTypeText, type SqlType, sameFamily, typeText } from '../../sql/index.ts';
import type { NodeAnalysis } from './node-analysis.ts';
import { isReplaced } from './transparent.ts';

export interface ContractInput {
  readonly graph: Graph;
  readonly adapter: Adapter;
  /** The name of the SQL dialect that models and contracts are written in. */
  readonly dialect: string;
}

/**
 * Where a model's SQL breaks its enforced contract for certain: columns too many or too few, and types that are other
 * ones. Nothing where not all columns are known, or where a macro of the project's own may not care.
 */
export function contractProblems(id: string, analysis: NodeAnalysis, input: ContractInput): readonly Diagnostic[] {
  const node = input.graph.nodes.get(id);
  if (node?.resource_type !== 'model' || !node.contract.enforced) return [];
  const promised = Object.values(node.columns);
  if (!analysis.complete || promised.length === 0 || !keepsContracts(node, input)) return [];
  const dialect = findDialect(input.dialect);
  if (!dialect) return [];
  const mismatches = contractMismatches(
    analysis.columns.map(({ name, type }) => ({ name, type: certainText(type, dialect) })),
    promised.map(({ name, data_type: type }) => ({ name, type: certainText(type ?? undefined, dialect) })),
    input.dialect === input.adapter.dialect ? input.adapter.sameType : familiesOf(dialect),
  );
  return mismatches.length > 0 ? [broken(node, mismatches, analysis)] : [];
}

const checking = new Set(['view', 'table', 'incremental']);

const checks = ['get_assert_columns_equivalent', 'assert_columns_equivalent'];

function keepsContracts({ config, package_name: from }: ModelNode, { graph, adapter }: ContractInput): boolean {
  const { materialized } = config;
  if (checks.some((name) => overridingMacro(graph.project, name, adapter.type, from))) return false;
  return checking.has(materialized) && !isReplaced(materialized, { graph, adapter });
}

/** In a project of another dialect a type becomes another on its way to the warehouse, with a size of its own. */
function familiesOf(dialect: Dialect): (left: string, right: string) => boolean {
  return (left, right) => sameFamily(readTypeText(left, dialect), readTypeText(right, dialect));
}

/** The text that a type is compared by; undefined where it is not certain. */
function certainText(text: string | undefined, dialect: Dialect): string | undefined {
  if (text === undefined) return undefined;
  const type = readTypeText(text, dialect);
  return isCertain(type) ? typeText(type, dialect) : undefined;
}

const uncertain = new Set<SqlType['kind']>([
  'unknown',
  'named',
  'null',
  'enum',
  'union',
  'file',
  'geography',
  'vector',
]);

function isCertain(type: SqlType): boolean {
  switch (type.kind) {
    case 'array':
      return type.element !== undefined && isCertain(type.element);
    case 'map':
      return isCertain(type.key) && isCertain(type.value);
    case 'struct':
      return type.fields.length > 0 && type.fields.every((field) => isCertain(field.type));
    case 'object':
      return (type.fields ?? []).every((field) => isCertain(field.type));
    default:
      return !uncertain.has(type.kind);
  }
}

/** At the first column that differs; where none of them stands in the SQL, at the contract. */
function broken(node: ModelNode, mismatches: readonly ContractMismatch[], { columns }: NodeAnalysis): Diagnostic {
  const spans = new Map(columns.map(({ name, span }) => [name, span]));
  const places = mismatches.flatMap(({ column, reason }): { readonly message: string; readonly span: Span }[] => {
    const span = spans.get(column);
    return span ? [{ message: `${column} (${reason}) at`, span }] : [];
  });
  const [first, ...rest] = places;
  // What one loop of a template wrote stands at one place.
  const others = rest.filter(({ span }) => span.file !== first?.span.file || span.start !== first.span.start);
  const contract = node.origin.properties ?? node.origin.definition;
  const notes: readonly DiagnosticNote[] = [...others, { message: 'the contract is at', span: contract }];
  const at = first ? { span: first.span, notes } : { span: contract };
  return error('compile/contract', contractMessage(mismatches), at);
}
