import { nodeRelation, sourceTable, staticCalls } from '../1-parse/index.ts';
import { resolveRef, resolveSource } from '../2-graph/index.ts';
import type { CodeNode, Json, JsonObject, Relation } from '../core/index.ts';
import type { CompilerInput } from './compilation.ts';

type Input = Pick<CompilerInput, 'graph' | 'deferred' | 'shelves'>;

/** The node whose foreign keys name relations in the place of `ref()` and `source()`. Other nodes stay as they are. */
export function withForeignKeys<Of extends CodeNode>(node: Of, input: Input): Of {
  if (!node.contract.enforced) return node;
  const resolved = (constraints: readonly JsonObject[]): readonly JsonObject[] => {
    if (!constraints.some(isForeignKey)) return constraints;
    return constraints.map((one) => withTarget(one, node, input)).filter((one) => one !== undefined);
  };
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

/** Undefined for one that cannot be: a parent that was deferred stands where the warehouse lets no key point at it. */
function withTarget(constraint: JsonObject, node: CodeNode, input: Input): JsonObject | undefined {
  if (!isForeignKey(constraint)) return constraint;
  const target = targetOf(constraint.to, node, input);
  if (!target) return constraint;
  const { statements, capabilities } = input.shelves.adapter;
  if (target.isDeferred && capabilities.enforcesReferences && !isBeside(target.relation, node)) return undefined;
  return { ...constraint, to: statements.renderRelation(target.relation) };
}

const isBeside = ({ database, schema }: Relation, node: CodeNode): boolean =>
  database?.toLowerCase() === node.database?.toLowerCase() && schema?.toLowerCase() === node.schema.toLowerCase();

interface Target {
  readonly relation: Relation;
  readonly isDeferred: boolean;
}

/** What cannot be resolved was told while parsing. */
function targetOf(to: Json | undefined, node: CodeNode, { graph, deferred }: Input): Target | undefined {
  const { project } = graph;
  const calls = staticCalls(`{{ ${to} }}`, node.original_file_path);
  const [ref] = calls?.refs ?? [];
  const [source] = calls?.sources ?? [];
  if (ref) {
    const found = resolveRef(project, ref, node.package_name);
    if (found.kind !== 'found') return undefined;
    const id = found.node.unique_id;
    const earlier = deferred?.get(id);
    if (earlier) return { relation: earlier, isDeferred: true };
    const parent = (graph.nodes.get(id) ?? found.node) as CodeNode;
    return { relation: nodeRelation(parent, project.settings.quoting), isDeferred: false };
  }
  const found = source && resolveSource(project, source.source, source.table, node.package_name);
  return found?.kind === 'found' ? { relation: sourceTable(found.node), isDeferred: false } : undefined;
}
