import type { GraphNode, ModelNode } from '../../core/index.ts';
import { configMatches } from './config-value.ts';
import type { SelectionContext } from './context.ts';
import type { Criterion, MethodName } from './criterion.ts';
import { globMatcher } from './glob.ts';
import { resourceTypeMatcher, testTypeMatcher, typeOf } from './kinds.ts';
import { previousResult, sourceStatus } from './previous.ts';
import { namesOf, resourceMatcher, sourceMatcher } from './qualified-names.ts';
import { stateMatcher } from './state.ts';
import { versionMatcher } from './versions.ts';

/** Finds the nodes that a criterion names, before its graph operators. Throws `Problem` for a faulty value. */
type Method = (context: SelectionContext, criterion: Criterion) => Iterable<string>;

/** The meaning of every method. */
export const methods: Readonly<Record<MethodName, Method>> = {
  fqn: (context, { value }) => context.names.find(String(value)),
  path: (context, { value }) => context.paths.find(join(context.workingFolder, String(value))),
  file: filter(({ value }) => {
    const matches = globMatcher(String(value));
    return (node) => matches(fileName(node)) || matches(fileName(node).replace(/(?<=.)\.[^.]*$/, ''));
  }),
  tag: filter(({ value }) => {
    const matches = globMatcher(String(value));
    return (node) => node.tags.some(matches);
  }),
  group: filter(({ value }) => {
    const matches = globMatcher(String(value));
    return (node) => {
      const group = node.resource_type === 'source' || node.resource_type === 'exposure' ? null : node.config.group;
      return typeof group === 'string' && group !== '' && matches(group);
    };
  }),
  access: ofModels(
    ({ value }) =>
      (model) =>
        model.access === value,
  ),
  layer: ofModels(({ value }) => {
    const matches = globMatcher(String(value));
    return (model) => model.layer !== null && matches(model.layer);
  }),
  version: ofModels(versionMatcher),
  package: (context, criterion) => {
    const { value } = criterion;
    const matches = globMatcher(value === 'this' ? context.graph.project.name : String(value));
    return context.nodesWhere((node) => matches(node.package_name));
  },
  config: filter((criterion) => (node) => configMatches(node, criterion.arguments, criterion.value)),
  source: filter(sourceMatcher),
  exposure: filter(resourceMatcher('exposure')),
  metric: filter(resourceMatcher('metric')),
  semantic_model: filter(resourceMatcher('semantic_model')),
  saved_query: filter(resourceMatcher('saved_query')),
  unit_test: filter(resourceMatcher('unit_test')),
  resource_type: filter(resourceTypeMatcher),
  test_name: filter(({ value }) => {
    const matches = globMatcher(String(value));
    return (node) => {
      if (node.resource_type === 'test') return node.test_metadata !== null && matches(node.test_metadata.name);
      return typeOf(node) === 'unit_test' && namesOf(node).some((name) => matches(name));
    };
  }),
  test_type: filter(testTypeMatcher),
  state: (context, { value }) => context.nodesWhere(stateMatcher(context, String(value))),
  result: (context, { value }) => context.existing(previousResult(context.previous, String(value))),
  source_status: (context, { value }) => context.existing(sourceStatus(context.previous, String(value))),
};

type Matches<T> = (criterion: Criterion) => (node: T) => boolean;

function filter(matcher: Matches<GraphNode>): Method {
  return (context, criterion) => context.nodesWhere(matcher(criterion));
}

function ofModels(matcher: Matches<ModelNode>): Method {
  return filter((criterion) => {
    const matches = matcher(criterion);
    return (node) => node.resource_type === 'model' && matches(node);
  });
}

function fileName(node: GraphNode): string {
  return node.original_file_path.slice(node.original_file_path.lastIndexOf('/') + 1);
}

function join(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}
