import type { Project } from '../../1-parse/index.ts';
import {
  type Diagnostic,
  didYouMeanHint,
  error,
  type Json,
  type JsonObject,
  type MetricNode,
  type SemanticModelNode,
} from '../../core/index.ts';
import { resolveMetric } from '../resolve-named.ts';
import { listOf } from './semantic-layer.ts';

/** Metrics that know what they are made of. */
export interface LinkedMetrics {
  readonly nodes: readonly MetricNode[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Finds the measures behind each metric, and what is wrong with what it names. */
export function linkMetrics(project: Project): LinkedMetrics {
  const linker = new MetricLinker(project);
  return { nodes: [...project.metrics.values()].map((metric) => linker.link(metric)), diagnostics: linker.diagnostics };
}

class MetricLinker {
  readonly diagnostics: Diagnostic[] = [];
  readonly #project: Project;
  readonly #linked = new Map<string, MetricNode>();
  readonly #open = new Set<string>();
  readonly #models: ReadonlyMap<string, SemanticModelNode>;

  constructor(project: Project) {
    this.#project = project;
    this.#models = byMeasure(project.semantic_models.values());
  }

  /** A metric inside of itself is left as it is: the circle is told with all others. */
  link(metric: MetricNode): MetricNode {
    const known = this.#linked.get(metric.unique_id);
    if (known) return known;
    if (this.#open.has(metric.unique_id)) return metric;
    this.#open.add(metric.unique_id);
    const ids = new Set<string>();
    const measures =
      metric.type === 'derived' || metric.type === 'ratio'
        ? this.#ofMetrics(metric, ids)
        : this.#ofMeasures(metric, ids);
    const linked: MetricNode = {
      ...metric,
      type_params: { ...metric.type_params, input_measures: distinct(measures) },
      depends_on: { macros: metric.depends_on.macros, nodes: [...ids] },
    };
    this.#linked.set(metric.unique_id, linked);
    this.#open.delete(metric.unique_id);
    return linked;
  }

  #ofMetrics(metric: MetricNode, ids: Set<string>): readonly JsonObject[] {
    const { numerator = null, denominator = null, metrics = null } = metric.type_params;
    if (metric.type === 'ratio' && (numerator === null || denominator === null)) {
      this.#report(metric, 'needs a numerator and a denominator in type_params');
      return [];
    }
    const inputs = metric.type === 'ratio' ? [numerator, denominator] : listOf(metrics);
    if (inputs.length === 0) this.#report(metric, 'needs metrics in type_params');
    return inputs.flatMap((input) => this.#ofInput(metric, nameOf(input), ids));
  }

  #ofInput(metric: MetricNode, name: string, ids: Set<string>): readonly JsonObject[] {
    const found = resolveMetric(this.#project, name, null, metric.package_name);
    if (found.kind === 'unknown') {
      const known = [...this.#project.metrics.values()].map((one) => one.name);
      const message = `The metric '${name}' does not exist, but '${metric.name}' is made of it`;
      const hint = didYouMeanHint(name, known);
      this.diagnostics.push(error('graph/unknown-metric', message, { span: metric.origin.definition, hint }));
      return [];
    }
    if (found.kind === 'disabled') {
      const message = `The metric '${name}' is disabled, but '${metric.name}' is made of it`;
      const notes = [{ message: 'it is disabled here', span: found.node.origin.definition }];
      this.diagnostics.push(error('graph/disabled-metric', message, { span: metric.origin.definition, notes }));
      return [];
    }
    ids.add(found.node.unique_id);
    return listOf(this.link(found.node).type_params.input_measures);
  }

  #ofMeasures(metric: MetricNode, ids: Set<string>): readonly JsonObject[] {
    const measures = measuresOf(metric);
    // What is of no known type has been told.
    if (measures.length === 0 && ofMeasures.has(metric.type)) {
      const needed = metric.type === 'conversion' ? 'conversion_type_params' : 'a measure';
      this.#report(metric, `needs ${needed} in type_params`);
    }
    for (const measure of measures) {
      const model = this.#models.get(nameOf(measure));
      if (model) ids.add(model.unique_id);
      else this.#unknownMeasure(metric, nameOf(measure));
    }
    return measures;
  }

  #unknownMeasure(metric: MetricNode, name: string): void {
    const disabled = [...this.#project.disabled.values()].flat();
    const off = disabled.find((node) => node.resource_type === 'semantic_model' && hasMeasure(node, name));
    const message = off
      ? `The metric '${metric.name}' uses the measure '${name}', whose semantic model is disabled`
      : `The metric '${metric.name}' uses the measure '${name}', which no semantic model has`;
    const notes = off ? [{ message: 'it is disabled here', span: off.origin.definition }] : undefined;
    const hint = off ? undefined : didYouMeanHint(name, this.#models.keys());
    this.diagnostics.push(error('graph/unknown-measure', message, { span: metric.origin.definition, notes, hint }));
  }

  #report(metric: MetricNode, what: string): void {
    const message = `The metric '${metric.name}' of type '${metric.type}' ${what}`;
    this.diagnostics.push(error('graph/metric-parameters', message, { span: metric.origin.definition }));
  }
}

const ofMeasures: ReadonlySet<string> = new Set(['simple', 'cumulative', 'conversion']);

function byMeasure(models: Iterable<SemanticModelNode>): ReadonlyMap<string, SemanticModelNode> {
  const found = new Map<string, SemanticModelNode>();
  for (const model of models) for (const measure of model.measures) found.set(String(measure.name), model);
  return found;
}

const hasMeasure = ({ measures }: SemanticModelNode, name: string): boolean =>
  measures.some((measure) => measure.name === name);

/** The measures that a metric names itself. */
function measuresOf({ type, type_params: { measure = null, conversion_type_params: conversion = null } }: MetricNode) {
  if (type !== 'conversion') return measure === null ? [] : [measure as JsonObject];
  const { base_measure: base, conversion_measure: converted } = (conversion ?? {}) as JsonObject;
  return [base, converted].filter((one): one is JsonObject => typeof one === 'object' && one !== null);
}

function nameOf(input: Json): string {
  return String((input as JsonObject | null)?.name ?? '');
}

/** Each once; the same measure with another filter is another. */
function distinct(measures: readonly JsonObject[]): readonly JsonObject[] {
  return [...new Map(measures.map((measure) => [JSON.stringify(measure), measure])).values()];
}
