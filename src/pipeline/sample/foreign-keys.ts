import { type Graph, resolveRef, resolveSource } from '../../2-graph/index.ts';
import type { GraphNode, Json, JsonObject } from '../../core/index.ts';

/** Columns of one node. */
export interface ColumnSet {
  readonly nodeId: string;
  readonly columns: readonly string[];
}

/** The columns of `child` hold what those of `parent` hold, in the same order. */
export interface ForeignKey {
  readonly child: ColumnSet;
  readonly parent: ColumnSet;
}

/** What the tests `relationships` and the constraints `foreign_key` of a project say. Pure. */
export function declaredForeignKeys(graph: Graph): readonly ForeignKey[] {
  return [...graph.nodes.values()].flatMap((node) => [...keysOfTest(node, graph), ...keysOfConstraints(node, graph)]);
}

function keysOfTest(node: GraphNode, graph: Graph): readonly ForeignKey[] {
  if (node.resource_type !== 'test' || !node.test_metadata?.name.startsWith('relationships')) return [];
  const { model, to, field, column_name: column = node.column_name } = node.test_metadata.kwargs;
  return foreignKey(calledNode(model, node, graph), [column], calledNode(to, node, graph), [field]);
}

function keysOfConstraints(node: GraphNode, graph: Graph): readonly ForeignKey[] {
  if (!('columns' in node)) return [];
  const ofColumns = Object.values(node.columns).flatMap(({ name, constraints }) =>
    constraints.map((constraint): JsonObject => ({ ...constraint, columns: [name] })),
  );
  const ofTable = node.resource_type === 'model' ? node.constraints : [];
  return [...ofColumns, ...ofTable]
    .filter(({ type }) => type === 'foreign_key')
    .flatMap(({ columns, to, to_columns: toColumns }) =>
      foreignKey(node.unique_id, listOf(columns), calledNode(to, node, graph), listOf(toColumns)),
    );
}

function foreignKey(
  childId: string | undefined,
  columns: readonly (Json | undefined)[],
  parentId: string | undefined,
  parentColumns: readonly (Json | undefined)[],
): readonly ForeignKey[] {
  if (childId === undefined || parentId === undefined) return [];
  const [child, parent] = [columns.filter(isText), parentColumns.filter(isText)];
  if (child.length === 0 || child.length !== parent.length) return [];
  return [{ child: { nodeId: childId, columns: child }, parent: { nodeId: parentId, columns: parent } }];
}

/** The node that `ref('orders', v=2)` or `source('shop', 'orders')` in a text means. */
function calledNode(
  text: Json | undefined,
  { package_name: packageName }: GraphNode,
  graph: Graph,
): string | undefined {
  const [, name, inside = ''] = (typeof text === 'string' && /\b(ref|source)\(([^()]*)\)/.exec(text)) || [];
  const version = /\bv(?:ersion)?\s*=\s*['"]?([\w.-]+)/.exec(inside)?.[1] ?? null;
  const words = [...inside.replace(/,\s*v(ersion)?\s*=.*$/, '').matchAll(/'([^']*)'|"([^"]*)"/g)];
  const [first, second] = words.map(([, single, double]) => single ?? double ?? '');
  if (name === undefined || first === undefined) return undefined;
  const found =
    name === 'source'
      ? resolveSource(graph.project, first, second ?? '', packageName)
      : resolveRef(
          graph.project,
          second === undefined ? { package: null, name: first, version } : { package: first, name: second, version },
          packageName,
        );
  return found.kind === 'found' ? found.node.unique_id : undefined;
}

const isText = (value: Json | undefined): value is string => typeof value === 'string' && value !== '';
const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
