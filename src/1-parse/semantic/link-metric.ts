import { asText, type Json, type JsonObject, type MetricNode } from '../../core/index.ts';
import type { Linking } from '../nodes/linking.ts';
import { fill, filter } from './forms.ts';
import { addSemantic, commonFields, type SemanticEntry } from './link-semantic.ts';
import { typeParametersOf } from './metric-form.ts';

/** Makes the node of a metric. */
export function linkMetric(linking: Linking, entry: SemanticEntry): void {
  const { raw } = entry;
  const common = commonFields(linking, entry, 'metric');
  const type = (asText(raw.type) ?? '').toLowerCase();
  const meta = Object.keys(common.config.meta).length > 0 ? common.config.meta : ((raw.meta ?? {}) as JsonObject);
  const node: MetricNode = {
    ...common,
    type,
    type_params: typeParametersOf(type, raw.type_params),
    filter: fill(filter, raw.filter) as JsonObject | null,
    time_granularity: asText(raw.time_granularity),
    meta,
    tags: Array.isArray(raw.tags) ? raw.tags.filter((tag: Json) => typeof tag === 'string') : [],
  };
  addSemantic(linking, linking.metrics, node);
}
