import { nodeRelation } from '../../1-parse/index.ts';
import type { Graph } from '../../2-graph/index.ts';
import type { OpenBase } from '../../cli/base/base.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import { type CodeNode, type GraphNode, hasOwnCode, type Relation } from '../../core/index.ts';
import { relationsIn } from '../defer.ts';

const kept: ReadonlySet<string> = new Set(['model', 'seed', 'snapshot', 'function']);

/**
 * Where production has what the project had at the base, by unique id; nodes that leave nothing behind have no relation.
 *
 * @param baseGraph with the names of production's target.
 * @param isNamed whether somebody has said which target is production's: else a manifest knows better.
 */
export function productionRelations(
  base: OpenBase,
  baseGraph: Graph,
  production: Loaded,
  isNamed: boolean,
): ReadonlyMap<string, Relation> {
  if (base.kind === 'folder' || isNamed) return relationsOf(baseGraph);
  const { nodes, functions } = base.manifest;
  return relationsIn({ ...functions, ...nodes }, production, leavesRelation);
}

/** The project with the names that production has for its nodes. */
export function withNames(loaded: Loaded, relations: ReadonlyMap<string, Relation>): Loaded {
  const { graph, shelves } = loaded;
  const nodes = new Map<string, GraphNode>();
  for (const [id, relation] of relations) {
    const node = graph.nodes.get(id);
    if (!node || !hasOwnCode(node)) continue;
    const { database, schema, identifier } = relation;
    if (node.database === database && node.schema === schema && node.alias === identifier) continue;
    const name = node.relation_name === null ? null : shelves.adapter.statements.renderRelation(relation);
    nodes.set(id, { ...node, database, schema, alias: identifier, relation_name: name } as CodeNode as GraphNode);
  }
  if (nodes.size === 0) return loaded;
  return { ...loaded, restored: undefined, graph: { ...graph, nodes: new Map([...graph.nodes, ...nodes]) } };
}

function relationsOf({ nodes, project }: Graph): ReadonlyMap<string, Relation> {
  const relations = new Map<string, Relation>();
  for (const node of nodes.values()) {
    if (!hasOwnCode(node) || !leavesRelation(node)) continue;
    const type = node.config.materialized === 'view' ? 'view' : 'table';
    relations.set(node.unique_id, { ...nodeRelation(node, project.settings.quoting), type });
  }
  return relations;
}

/** A function has no name for its relation. */
function leavesRelation(node: { readonly resource_type?: unknown; readonly relation_name?: unknown }): boolean {
  const { resource_type: type, relation_name: name = null } = node;
  return kept.has(String(type)) && (name !== null || type === 'function');
}
