import type { Project } from '../../1-parse/index.ts';
import { type Diagnostic, error, type GraphNode, warning } from '../../core/index.ts';
import { checkMetrics } from './check-metrics.ts';
import { checkModels } from './check-models.ts';
import { checkNames } from './check-names.ts';
import { listOf, problem, type SemanticLayer, semanticLayerOf } from './semantic-layer.ts';

/** Everything that is wrong with the semantic layer as a whole. Nothing is looked at where a project has none. */
export function checkSemantics(project: Project, nodes: ReadonlyMap<string, GraphNode>): readonly Diagnostic[] {
  if (project.semantic_models.size === 0) return [];
  const spine = missingTimeSpine(project);
  if (project.metrics.size === 0) return spine;
  const layer = semanticLayerOf(project, nodes);
  return [
    ...spine,
    ...checkNames(layer),
    ...checkModels(layer),
    ...checkMetrics(layer),
    ...checkLabels(layer),
    ...checkLimits(layer),
  ];
}

const shortGrains = new Set(['nanosecond', 'microsecond', 'millisecond', 'second', 'minute', 'hour', 'day']);

/** Whoever answers questions about metrics joins them with days. */
function missingTimeSpine({ nodes, semantic_models: models }: Project): readonly Diagnostic[] {
  const spines = [...nodes.values()].filter((node) => node.resource_type === 'model');
  const fits = spines.some((node) => {
    if (node.name === 'metricflow_time_spine') return true;
    const column = node.time_spine && node.columns[String(node.time_spine.standard_granularity_column)];
    return column ? shortGrains.has(column.granularity ?? '') : false;
  });
  if (fits) return [];
  const hint = "Describe a model with one row for each day: 'time_spine: {standard_granularity_column: …}'";
  return [
    error('graph/time-spine', 'The semantic models need a time spine of days or less, but no model is one', {
      span: [...models.values()][0]?.origin.definition,
      hint,
    }),
  ];
}

/** People choose metrics by their labels. */
function checkLabels({ metrics }: SemanticLayer): readonly Diagnostic[] {
  const known = new Map<string, string>();
  return metrics.flatMap((metric) => {
    if (metric.label === null) return [];
    const first = known.get(metric.label);
    known.set(metric.label, first ?? metric.name);
    if (first === undefined) return [];
    const message = `The metrics '${first}' and '${metric.name}' have the same label '${metric.label}'`;
    return [problem('graph/semantic-metric', metric, message)];
  });
}

function checkLimits({ savedQueries }: SemanticLayer): readonly Diagnostic[] {
  return savedQueries.flatMap((query) => {
    const { limit = null, metrics, group_by: groups } = query.query_params;
    const found: Diagnostic[] = [];
    if (typeof limit === 'number' && limit < 0) {
      found.push(problem('graph/saved-query', query, `'limit' of the saved query '${query.name}' cannot be negative`));
    }
    if (listOf(metrics).length === 0 && listOf(groups).length === 0) {
      const message = `The saved query '${query.name}' asks for nothing: it has neither metrics nor 'group_by'`;
      found.push(warning('graph/saved-query', message, { span: query.origin.definition }));
    }
    return found;
  });
}
