import { withFields } from '../../1-parse/index.ts';
import type { Graph } from '../../2-graph/index.ts';
import type { SequenceTable } from '../../3-compile/index.ts';
import type { GraphNode, ModelNode, Relation } from '../../core/index.ts';

/** The graph of a sequence: the model and what it reads stand in an empty warehouse. */
export interface SequenceGraph {
  readonly graph: Graph;
  readonly model: ModelNode;
  /** Where the model's table is. */
  readonly target: Relation;
  /** The tables that it reads, and where they are. */
  readonly inputs: readonly { readonly table: SequenceTable; readonly relation: Relation }[];
}

/**
 * Moves a model and what it reads into the one database that an empty warehouse has. Names stay as far as they can; where
 * two tables of different databases would be one, the second is called otherwise. The model's hooks are left out: they
 * mostly speak of what is not there.
 */
export function sequenceGraph(graph: Graph, tested: ModelNode, tables: readonly SequenceTable[]): SequenceGraph {
  const model = withFields(tested, {
    database: null,
    config: { ...tested.config, 'pre-hook': [], 'post-hook': [] },
  });
  const target: Relation = { database: null, schema: model.schema, identifier: model.alias };
  const taken = new Set([nameOf(target)]);
  const nodes = new Map<string, GraphNode>(graph.nodes);
  const sources = new Map(graph.project.sources);
  nodes.set(model.unique_id, model);
  const inputs = tables.map((table) => {
    const { node } = table;
    const wanted = node.resource_type === 'source' ? node.identifier : node.alias;
    const relation: Relation = { database: null, schema: node.schema, identifier: wanted };
    for (let count = 2; taken.has(nameOf(relation)); count += 1) {
      Object.assign(relation, { identifier: `${wanted}_${count}` });
    }
    taken.add(nameOf(relation));
    const identifier = relation.identifier ?? wanted;
    if (node.resource_type === 'source') {
      const config = { ...node.config, external_location: null };
      const moved = { ...node, database: null, identifier, meta: {}, config };
      nodes.set(node.unique_id, moved);
      sources.set(node.unique_id, moved);
    } else {
      nodes.set(node.unique_id, asTable(node, identifier));
    }
    return { table, relation };
  });
  return { graph: { ...graph, project: { ...graph.project, sources }, nodes }, model, target, inputs };
}

function asTable(node: Exclude<SequenceTable['node'], { resource_type: 'source' }>, alias: string): GraphNode {
  const place = { database: null, alias };
  if (node.resource_type !== 'model' || node.config.materialized !== 'ephemeral') return withFields(node, place);
  return withFields(node, { ...place, config: { ...node.config, materialized: 'table' } });
}

const nameOf = ({ schema, identifier }: Relation): string => `${schema}.${identifier}`.toLowerCase();
