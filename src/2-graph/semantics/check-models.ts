import type { Diagnostic, JsonObject, SemanticModelNode } from '../../core/index.ts';
import { listOf, named, problem, type SemanticLayer } from './semantic-layer.ts';

/** What is wrong with semantic models: entities, times, measures. */
export function checkModels({ models }: SemanticLayer): readonly Diagnostic[] {
  const owners = new Map<string, string>();
  return models.flatMap((model) => [
    ...checkEntities(model),
    ...model.measures.flatMap((measure) => [
      ...checkOwner(model, measure, owners),
      ...checkTime(model, measure),
      ...checkNonAdditive(model, measure),
      ...checkAggregation(model, measure),
    ]),
    ...checkDefaultTime(model),
  ]);
}

const isTime = (dimension: JsonObject | undefined): boolean => dimension?.type === 'time';

function checkEntities(model: SemanticModelNode): readonly Diagnostic[] {
  const { name, entities, dimensions, primary_entity: own } = model;
  const primary = entities.filter((entity) => entity.type === 'primary').map((entity) => String(entity.name));
  const natural = entities.filter((entity) => entity.type === 'natural');
  const found: Diagnostic[] = [];
  const report = (message: string, hint?: string): void => {
    found.push(problem('graph/semantic-model', model, message, hint));
  };
  if (primary.length > 1)
    report(`The semantic model '${name}' has ${primary.length} primary entities: ${primary.join(', ')}`);
  if (primary.length > 0 && own !== null) {
    report(
      `The semantic model '${name}' has a primary entity '${primary[0]}' and 'primary_entity: ${own}'`,
      'Keep one',
    );
  }
  if (dimensions.length > 0 && primary.length === 0 && own === null) {
    const hint = "Add an entity with 'type: primary', or say 'primary_entity:'";
    report(`The semantic model '${name}' has dimensions, but no primary entity`, hint);
  }
  if (natural.length > 1) report(`The semantic model '${name}' has more than one natural entity`);
  return found;
}

/** A measure is found by its name alone. */
function checkOwner(model: SemanticModelNode, measure: JsonObject, owners: Map<string, string>): readonly Diagnostic[] {
  const name = String(measure.name);
  const owner = owners.get(name);
  owners.set(name, owner ?? model.name);
  if (owner === undefined || owner === model.name) return [];
  return [
    problem(
      'graph/semantic-model',
      model,
      `The measure '${name}' is in two semantic models: '${owner}' and '${model.name}'`,
    ),
  ];
}

function checkDefaultTime(model: SemanticModelNode): readonly Diagnostic[] {
  const time = model.defaults?.agg_time_dimension ?? null;
  // That it is no text was told.
  if (typeof time !== 'string' || isTime(named(model.dimensions, time))) return [];
  const message = `The semantic model '${model.name}' has no time dimension '${time}', which 'defaults' names`;
  return [problem('graph/semantic-model', model, message, timesOf(model))];
}

function checkTime(model: SemanticModelNode, measure: JsonObject): readonly Diagnostic[] {
  const time = measure.agg_time_dimension ?? model.defaults?.agg_time_dimension ?? null;
  const start = `The measure '${String(measure.name)}' of the semantic model '${model.name}'`;
  if (time === null) {
    const hint = "Say 'agg_time_dimension' at the measure, or in 'defaults' of the semantic model";
    return [problem('graph/semantic-model', model, `${start} has no time dimension to be aggregated by`, hint)];
  }
  if (isTime(named(model.dimensions, time))) return [];
  // That of the defaults is told once, for the model; that it is no text, too.
  if (typeof measure.agg_time_dimension !== 'string') return [];
  return [
    problem(
      'graph/semantic-model',
      model,
      `${start} is aggregated by '${String(time)}', which is no time dimension`,
      timesOf(model),
    ),
  ];
}

function timesOf({ dimensions }: SemanticModelNode): string | undefined {
  const times = dimensions.filter(isTime).map((dimension) => String(dimension.name));
  return times.length === 0 ? undefined : `Its time dimensions: ${times.join(', ')}`;
}

function checkNonAdditive(model: SemanticModelNode, measure: JsonObject): readonly Diagnostic[] {
  const rule = measure.non_additive_dimension as JsonObject | null;
  if (rule === null || rule === undefined) return [];
  const start = `'non_additive_dimension' of the measure '${String(measure.name)}'`;
  const found: Diagnostic[] = [];
  const dimension = named(model.dimensions, rule.name);
  if (!isTime(dimension)) {
    found.push(
      problem(
        'graph/semantic-model',
        model,
        `${start} names '${String(rule.name)}', which is no time dimension`,
        timesOf(model),
      ),
    );
  }
  if (rule.window_choice !== 'min' && rule.window_choice !== 'max') {
    found.push(
      problem('graph/semantic-model', model, `${start} has to choose min or max, not '${String(rule.window_choice)}'`),
    );
  }
  const entities = new Set(model.entities.map((entity) => entity.name));
  for (const grouping of listOf(rule.window_groupings) as unknown as readonly string[]) {
    if (entities.has(grouping)) continue;
    found.push(
      problem('graph/semantic-model', model, `${start} groups by '${grouping}', which is no entity of '${model.name}'`),
    );
  }
  return found;
}

function checkAggregation(model: SemanticModelNode, measure: JsonObject): readonly Diagnostic[] {
  const start = `The measure '${String(measure.name)}' of the semantic model '${model.name}'`;
  const parameters = measure.agg_params as JsonObject | null;
  const percentile = parameters?.percentile ?? null;
  if (measure.agg === 'count' && (measure.expr ?? null) === null) {
    return [
      problem('graph/semantic-model', model, `${start} counts, and needs an 'expr'`, "'expr: 1' counts all rows"),
    ];
  }
  if (/^distinct\b/i.test(String(measure.expr ?? '')) && (measure.agg === 'count' || measure.agg === 'sum')) {
    const hint = measure.agg === 'count' ? "Use 'agg: count_distinct'" : undefined;
    return [
      problem('graph/semantic-model', model, `${start} aggregates distinct values, which cannot be added up`, hint),
    ];
  }
  if (measure.agg === 'percentile') {
    const isInside = typeof percentile === 'number' && percentile > 0 && percentile < 1;
    if (isInside) return [];
    return [
      problem(
        'graph/semantic-model',
        model,
        `${start} needs 'agg_params.percentile' between 0 and 1`,
        'For example 0.65',
      ),
    ];
  }
  if (parameters === null || parameters === undefined || measure.agg === 'median') return [];
  return [problem('graph/semantic-model', model, `${start} has 'agg_params', which are for percentiles only`)];
}
