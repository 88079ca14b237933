import {
  asText,
  error,
  isMapping,
  type JsonObject,
  mappingsIn,
  type SemanticModelNode,
  type Span,
} from '../../core/index.ts';
import type { Linking } from '../nodes/linking.ts';
import { staticCalls } from '../sql/static-calls.ts';
import { fill } from './forms.ts';
import { linkMetric } from './link-metric.ts';
import { addSemantic, commonFields, type SemanticEntry } from './link-semantic.ts';
import { semanticModelForm } from './semantic-model-form.ts';

/** Makes the node of a semantic model, and a metric for each measure that wants one. */
export function linkSemanticModel(linking: Linking, entry: SemanticEntry): void {
  const { file } = entry;
  const common = commonFields(linking, entry, 'semantic_model');
  const filled = fill(semanticModelForm, entry.raw) as JsonObject;
  const describer = linking.describer(file.found.packageName);
  const elements = (name: string): readonly JsonObject[] =>
    mappingsIn(filled[name]).map((element) => ({
      ...element,
      ...(typeof element.description === 'string' ? { description: describer.text(element.description) } : {}),
      config: { meta: { ...common.config.meta, ...metaOf(element) } },
    }));
  const model = asText(entry.raw.model) ?? '';
  const node: SemanticModelNode = {
    ...common,
    description: common.description,
    model,
    node_relation: null,
    defaults: isMapping(filled.defaults) ? filled.defaults : null,
    entities: elements('entities'),
    measures: elements('measures').map((measure) => ({ ...measure, create_metric: false })),
    dimensions: elements('dimensions'),
    primary_entity: asText(filled.primary_entity),
    refs: refsOf(linking, entry, model, common.origin.definition),
  };
  addSemantic(linking, linking.semanticModels, node);
  for (const measure of mappingsIn(filled.measures)) {
    if (measure.create_metric === true) linkMetric(linking, metricOf(measure, node, entry));
  }
}

function refsOf(
  linking: Linking,
  { file, entry, raw }: SemanticEntry,
  model: string,
  span: Span,
): SemanticModelNode['refs'] {
  const calls = staticCalls(`{{ ${model} }}`, file.found.file);
  if (calls?.refs.length === 1) {
    return calls.refs.map(({ name, package: from, version }) => ({ name, package: from, version }));
  }
  // That there is none was told.
  if (typeof raw.model === 'string') {
    const message = `'model' of the semantic model '${entry.name}' has to be a ref(), but is '${model}'`;
    const place = linking.spanIn(file, [entry.section, entry.index, 'model']) ?? span;
    linking.report(error('parse/wrong-value', message, { span: place, hint: "For example: ref('orders')" }));
  }
  return [];
}

/** dbt's metric for a measure with `create_metric`. */
function metricOf(measure: JsonObject, model: SemanticModelNode, { file, entry }: SemanticEntry): SemanticEntry {
  const name = asText(measure.name) ?? '';
  return {
    file,
    entry: { ...entry, name },
    raw: {
      name,
      label: asText(measure.label) ?? name,
      type: 'simple',
      type_params: { measure: name, expr: measure.expr ?? name },
      description: asText(measure.description) || `Metric created from measure ${name}`,
      config: { enabled: model.config.enabled, meta: model.config.meta },
    },
  };
}

function metaOf({ config }: JsonObject): JsonObject {
  return isMapping(config) && isMapping(config.meta) ? config.meta : {};
}
