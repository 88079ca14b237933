import type { Diagnostic, JsonObject, MetricNode, SemanticModelNode } from '../../core/index.ts';
import { granularities, warning } from '../../core/index.ts';
import { listOf, named, problem, type SemanticLayer } from './semantic-layer.ts';

/** What is wrong with metrics, given that all they name is there. */
export function checkMetrics(layer: SemanticLayer): readonly Diagnostic[] {
  return layer.metrics.flatMap((metric) => {
    switch (metric.type) {
      case 'cumulative':
        return checkCumulative(metric);
      case 'derived':
        return checkDerived(metric, layer);
      case 'conversion':
        return checkConversion(metric, layer);
      default:
        return [];
    }
  });
}

const standard = new Set(granularities);

function checkCumulative(metric: MetricNode): readonly Diagnostic[] {
  const { window, grain_to_date: grain } = metric.type_params.cumulative_type_params as JsonObject;
  const found: Diagnostic[] = [];
  if (window !== null && grain !== null) {
    const message = `The cumulative metric '${metric.name}' has a window and 'grain_to_date'`;
    found.push(problem('graph/semantic-metric', metric, message, 'Keep one of them'));
  }
  if (typeof grain === 'string' && !standard.has(grain.toLowerCase())) {
    found.push(unknownGrain(metric, grain, standard));
  }
  const unit = (window as JsonObject | null)?.granularity;
  if (typeof unit === 'string' && !standard.has(unit)) found.push(unknownGrain(metric, unit, standard));
  return found;
}

function unknownGrain(metric: MetricNode, written: string, known: ReadonlySet<string>): Diagnostic {
  const message = `The metric '${metric.name}' names the granularity '${written}', which cannot be used here`;
  return problem('graph/semantic-metric', metric, message, `It can be ${[...known].join(', ')}`);
}

function checkDerived(metric: MetricNode, { ownGranularities }: SemanticLayer): readonly Diagnostic[] {
  const expression = String(metric.type_params.expr ?? '');
  const inputs = listOf(metric.type_params.metrics);
  const known = new Set([...standard, ...ownGranularities]);
  const names = new Set(inputs.map((input) => input.name));
  const found: Diagnostic[] = [];
  if (expression === '') {
    found.push(warn(metric, `The derived metric '${metric.name}' has no 'expr'`, 'Say how it is made of its metrics'));
  }
  for (const input of inputs) {
    const name = String(input.alias ?? input.name);
    if (input.alias !== null && names.has(input.alias)) {
      found.push(
        problem(
          'graph/semantic-metric',
          metric,
          `The alias '${name}' in '${metric.name}' is the name of another input`,
        ),
      );
    }
    if (input.offset_window !== null && input.offset_to_grain !== null) {
      const message = `The input '${name}' of '${metric.name}' has 'offset_window' and 'offset_to_grain'`;
      found.push(problem('graph/semantic-metric', metric, message, 'Keep one of them'));
    }
    const unit = (input.offset_window as JsonObject | null)?.granularity;
    const singular = typeof unit === 'string' ? unit.replace(/s$/, '') : undefined;
    if (typeof unit === 'string' && !known.has(unit) && !known.has(singular ?? '')) {
      found.push(unknownGrain(metric, unit, known));
    }
    if (expression !== '' && !expression.includes(name)) {
      found.push(warn(metric, `The input '${name}' of the metric '${metric.name}' is not used in its 'expr'`));
    }
  }
  return found;
}

function warn(metric: MetricNode, message: string, hint?: string): Diagnostic {
  return warning('graph/unused-input-metric', message, { span: metric.origin.definition, hint });
}

/** A conversion counts, and is told apart by an entity that both sides have. */
function checkConversion(metric: MetricNode, { models }: SemanticLayer): readonly Diagnostic[] {
  const parameters = (metric.type_params.conversion_type_params ?? {}) as JsonObject;
  const found: Diagnostic[] = [];
  for (const side of ['base_measure', 'conversion_measure'] as const) {
    const name = (parameters[side] as JsonObject | null)?.name;
    const model = models.find(({ measures }) => named(measures, name));
    const measure = model && named(model.measures, name);
    // That there is none has been told.
    if (!model || !measure) continue;
    if (!counts(measure)) {
      const message = `The measure '${String(name)}' of the conversion metric '${metric.name}' has to be a count`;
      found.push(problem('graph/semantic-metric', metric, message, 'Use count, count_distinct, or sum of 1'));
    }
    found.push(...checkEntity(metric, parameters.entity, model));
  }
  return found;
}

const counts = ({ agg, expr }: JsonObject): boolean =>
  agg === 'count' || agg === 'count_distinct' || (agg === 'sum' && expr === '1');

function checkEntity(metric: MetricNode, entity: unknown, model: SemanticModelNode): readonly Diagnostic[] {
  if (named(model.entities, entity)) return [];
  const message = `The conversion metric '${metric.name}' needs the entity '${String(entity)}' in the semantic model '${model.name}'`;
  const known = model.entities.map(({ name }) => String(name));
  return [
    problem('graph/semantic-metric', metric, message, known.length > 0 ? `It has ${known.join(', ')}` : undefined),
  ];
}
