import type { Project } from '../../1-parse/index.ts';
import type {
  Diagnostic,
  GraphNode,
  JsonObject,
  MetricNode,
  SavedQueryNode,
  SemanticModelNode,
} from '../../core/index.ts';
import { error } from '../../core/index.ts';

/** All of the semantic layer, linked, as its checks look at it. */
export interface SemanticLayer {
  readonly project: Project;
  readonly models: readonly SemanticModelNode[];
  readonly metrics: readonly MetricNode[];
  readonly savedQueries: readonly SavedQueryNode[];
  /** Granularities that time spines of the project add to the usual ones. */
  readonly ownGranularities: ReadonlySet<string>;
}

export function semanticLayerOf(project: Project, nodes: ReadonlyMap<string, GraphNode>): SemanticLayer {
  const linked = <Kind extends GraphNode>(found: ReadonlyMap<string, Kind>): readonly Kind[] =>
    [...found.values()].map((node) => (nodes.get(node.unique_id) as Kind | undefined) ?? node);
  const spines = [...project.nodes.values()].flatMap((node) =>
    node.resource_type === 'model' && node.time_spine !== null ? [node.time_spine] : [],
  );
  const own = spines.flatMap((spine) => listOf(spine.custom_granularities).map((one) => String(one.name)));
  return {
    project,
    models: linked(project.semantic_models),
    metrics: linked(project.metrics),
    savedQueries: linked(project.saved_queries),
    ownGranularities: new Set(own),
  };
}

/** The problem of one part of the semantic layer. */
export function problem(
  code: 'graph/semantic-name' | 'graph/semantic-model' | 'graph/semantic-metric' | 'graph/saved-query',
  node: Pick<GraphNode, 'origin'>,
  message: string,
  hint?: string,
): Diagnostic {
  return error(code, message, { span: node.origin.definition, hint });
}

export function listOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly JsonObject[]) : [];
}

/** An element of a semantic model by its name. */
export function named(elements: readonly JsonObject[], name: unknown): JsonObject | undefined {
  return elements.find((element) => element.name === name);
}
