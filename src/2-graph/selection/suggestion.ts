import type { GraphNode } from '../../core/index.ts';
import { didYouMeanHint, hasOwnCode } from '../../core/index.ts';
import type { SelectionContext } from './context.ts';
import type { Criterion, MethodName } from './criterion.ts';
import { hasWildcard } from './glob.ts';
import { methods } from './methods.ts';
import type { Specification } from './specification.ts';

/** A did-you-mean for the first criterion of an intersection that names nothing by itself. */
export function suggestion(context: SelectionContext, parts: readonly Specification[]): string | undefined {
  for (const part of parts) {
    if (part.kind !== 'criterion' || typeof part.value !== 'string' || namesSomething(context, part)) continue;
    const namesOf = candidates[part.method];
    if (namesOf === undefined || hasWildcard(part.value)) continue;
    const known = new Set<string>();
    for (const node of context.graph.nodes.values()) for (const name of namesOf(node)) known.add(name);
    return otherMethod(context, part) ?? didYouMeanHint(part.value, known);
  }
  return undefined;
}

/** Sources are not found by a bare name: says how they are. */
function otherMethod(context: SelectionContext, { method, value }: Criterion): string | undefined {
  if (method !== 'fqn') return undefined;
  for (const node of context.graph.nodes.values()) {
    if (node.resource_type !== 'source') continue;
    const full = `${node.source_name}.${node.name}`;
    if (value === full || value === node.source_name) return `Did you mean 'source:${value}'?`;
    if (value === node.name) return `Did you mean 'source:${full}'?`;
  }
  return undefined;
}

function namesSomething(context: SelectionContext, criterion: Criterion): boolean {
  for (const _ of methods[criterion.method](context, criterion)) return true;
  return false;
}

/** What could have been meant, by method; a method without an entry takes no names of the project. */
const candidates: Partial<Readonly<Record<MethodName, (node: GraphNode) => readonly string[]>>> = {
  fqn: (node) => (node.resource_type === 'test' || node.resource_type === 'source' ? [] : [node.name, ...node.fqn]),
  tag: (node) => node.tags,
  group: (node) => (hasOwnCode(node) && node.group !== null ? [node.group] : []),
  package: (node) => [node.package_name],
  path: (node) => [node.original_file_path, node.original_file_path.replace(/\/[^/]*$/, '')],
  file: (node) => [node.original_file_path.replace(/^.*\//, '')],
  layer: (node) => (node.resource_type === 'model' && node.layer !== null ? [node.layer] : []),
  access: () => ['private', 'protected', 'public'],
  source: (node) => (node.resource_type === 'source' ? [node.source_name, `${node.source_name}.${node.name}`] : []),
  exposure: (node) => (node.resource_type === 'exposure' ? [node.name] : []),
  unit_test: (node) => (node.resource_type === 'unit_test' ? [node.name] : []),
  test_name: (node) =>
    node.resource_type === 'unit_test'
      ? [node.name]
      : node.resource_type === 'test' && node.test_metadata !== null
        ? [node.test_metadata.name]
        : [],
};
