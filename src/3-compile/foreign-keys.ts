import { nodeRelation, sourceTable, staticCalls } from '../1-parse/index.ts';
import { resolveRef, resolveSource } from '../2-graph/index.ts';
import type { CodeNode, Json, JsonObject, Relation } from '../core/index.ts';
import type { CompilerInput } from './compilation.ts';

type Input = Pick<CompilerInput, 'graph' | 'deferred' | 'shelves'>;

/** The node whose foreign keys name relations in the place of `ref()` and `source()`. Other nodes stay as they are. */
export function withForeignKeys<Of extends CodeNode>(node: Of, input: Input): Of {
  if (!node.contract.enforced) return node;
  const resolved = (constraints: readonly JsonObject[]): readonly JsonObject[] =>
    constraints.some(isForeignKey) ? constraints.map((one) => withTarget(one, node, input)) : constraints;
  const columns = Object.values(node.columns);
  const ofTable = 'constraints' in node ? (node.constraints as readonly JsonObject[]) : [];
  if (![ofTable, ...columns.map(({ constraints }) => constraints)].some((some) => some.some(isForeignKey))) return node;
  return {
    ...node,
    constraints: resolved(ofTable),
    columns: Object.fromEntries(
      columns.map((column) => [column.name, { ...column, constraints: resolved(column.constraints) }]),
    ),
  };
}

const isForeignKey = ({ type, to }: JsonObject): boolean => type === 'foreign_key' && typeof to === 'string';

function withTarget(constraint: JsonObject, node: CodeNode, input: Input): JsonObject {
  const target = isForeignKey(constraint) ? targetOf(constraint.to, node, input) : undefined;
  return target ? { ...constraint, to: input.shelves.adapter.statements.renderRelation(target) } : constraint;
}

/** What cannot be resolved was told while parsing. */
function targetOf(to: Json | undefined, node: CodeNode, { graph, deferred }: Input): Relation | undefined {
  const { project } = graph;
  const calls = staticCalls(`{{ ${to} }}`, node.original_file_path);
  const [ref] = calls?.refs ?? [];
  const [source] = calls?.sources ?? [];
  if (ref) {
    const found = resolveRef(project, ref, node.package_name);
    if (found.kind !== 'found') return undefined;
    const id = found.node.unique_id;
    return deferred?.get(id) ?? nodeRelation((graph.nodes.get(id) ?? found.node) as CodeNode, project.settings.quoting);
  }
  const found = source && resolveSource(project, source.source, source.table, node.package_name);
  return found?.kind === 'found' ? sourceTable(found.node) : undefined;
}
