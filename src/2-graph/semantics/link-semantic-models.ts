import type { Project } from '../../1-parse/index.ts';
import type { GraphNode, SemanticModelNode } from '../../core/index.ts';
import type { Linker } from '../link.ts';
import { resolveRef } from '../references.ts';

/** Semantic models that know the model that they stand on, and where that is in the warehouse. */
export function linkSemanticModels(project: Project, linker: Linker): readonly GraphNode[] {
  return [...project.semantic_models.values()].map((node) => {
    const { node: linked } = linker.link(node);
    return { ...(linked as SemanticModelNode), node_relation: relationOf(project, node) };
  });
}

function relationOf(project: Project, { refs: [request], package_name }: SemanticModelNode) {
  const found = request && resolveRef(project, request, package_name);
  if (found?.kind !== 'found') return null;
  const { alias, schema, database, relation_name } = found.node;
  return { alias, schema_name: schema, database, relation_name };
}
