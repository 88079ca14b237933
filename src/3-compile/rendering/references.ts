import { quotePart, sourceRelation } from '../../1-parse/index.ts';
import { resolveFunction, resolveMetric, resolveRef, resolveSource } from '../../2-graph/index.ts';
import {
  didYouMeanHint,
  isEphemeral,
  type MetricNode,
  type Node,
  type RefRequest,
  type Relation,
} from '../../core/index.ts';
import { TemplateError } from '../../jinja/index.ts';
import type { CompilerInput } from '../compilation.ts';
import { cteName } from '../ephemeral.ts';
import { narrowed } from './narrowed.ts';
import type { RenderingRequest } from './request.ts';

export function refRelation(input: CompilerInput, request: RenderingRequest, ref: RefRequest): Relation {
  const { graph } = input;
  const found = resolveRef(graph.project, ref, request.packageName);
  if (found.kind !== 'found') {
    const known = [...graph.project.nodes.values()].filter((node) => node.resource_type !== 'test');
    const hint = didYouMeanHint(
      ref.name,
      known.map((node) => node.name),
    );
    throw unresolved(`'${ref.name}'`, hint);
  }
  const parent = (graph.nodes.get(found.node.unique_id) ?? found.node) as Node;
  const self = request.node;
  // What parsing did not see stands in no edge, so nothing would make the parent be built first.
  const known = !self || self.unique_id.startsWith('sql_operation.') || parent.unique_id === self.unique_id;
  if (self && !known && !self.depends_on.nodes.includes(parent.unique_id)) {
    throw new TemplateError(
      `'${self.name}' reads '${ref.name}', but that showed only now: the call stands in a branch that is not taken while parsing`,
      'CompilationError',
      { hint: `Add this comment to the file, above the branch: -- depends_on: {{ ref('${ref.name}') }}` },
    );
  }
  if (isEphemeral(parent)) {
    request.onEphemeral?.(parent.unique_id);
    const cte: Relation = { database: null, schema: null, identifier: cteName(parent.alias), type: 'cte' };
    return narrowed(cte, parent, input, request);
  }
  const relation: Relation = input.deferred?.get(parent.unique_id) ?? {
    database: parent.database,
    schema: parent.schema,
    identifier: parent.alias,
    type: parent.config.materialized === 'view' ? 'view' : 'table',
    ...quotePart(graph.project.settings.quoting),
  };
  return narrowed(relation, parent, input, request);
}

export function sourceOf(input: CompilerInput, request: RenderingRequest, source: string, table: string): Relation {
  const { project } = input.graph;
  const found = resolveSource(project, source, table, request.packageName);
  if (found.kind === 'found') return narrowed(sourceRelation(found.node), found.node, input, request);
  const known = [...project.sources.values()].map(({ source_name, name }) => `${source_name}.${name}`);
  throw unresolved(`The source '${source}.${table}'`, didYouMeanHint(`${source}.${table}`, known));
}

export function metricOf(
  { graph }: CompilerInput,
  { packageName }: RenderingRequest,
  packageNamed: string | null,
  name: string,
): MetricNode {
  const { project } = graph;
  const found = resolveMetric(project, name, packageNamed, packageName);
  if (found.kind === 'found') return (graph.nodes.get(found.node.unique_id) ?? found.node) as MetricNode;
  const known = [...project.metrics.values()].map((metric) => metric.name);
  throw unresolved(`The metric '${name}'`, didYouMeanHint(name, known));
}

export function functionRelation(
  input: CompilerInput,
  { node, packageName }: RenderingRequest,
  packageNamed: string | null,
  name: string,
): Relation {
  const { project } = input.graph;
  const found = resolveFunction(project, name, packageNamed, packageName);
  if (found.kind !== 'found') {
    const known = [...project.functions.values()].map((one) => one.name);
    throw unresolved(`The function '${name}'`, didYouMeanHint(name, known));
  }
  const { unique_id: id, database, schema, alias } = found.node;
  if (node && !node.depends_on.nodes.includes(id) && !node.unique_id.startsWith('sql_operation.')) {
    throw new TemplateError(
      `'${node.name}' calls the function '${name}', but that showed only now: the call stands in a branch that is not taken while parsing`,
      'CompilationError',
      { hint: `Add this comment to the file, above the branch: -- depends_on: {{ function('${name}') }}` },
    );
  }
  return input.deferred?.get(id) ?? { database, schema, identifier: alias, ...quotePart(project.settings.quoting) };
}

function unresolved(what: string, hint: string | undefined): TemplateError {
  return new TemplateError(`${what} is not in the project`, 'CompilationError', { hint });
}
