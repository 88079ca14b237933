import { granularities, isMapping, type Json, type JsonObject } from '../../core/index.ts';
import { text } from '../config/value-type.ts';
import {
  choice,
  description,
  expression,
  facts,
  fill,
  filter,
  free,
  integer,
  list,
  must,
  no,
  object,
  optionalText,
  texts,
  value,
} from './forms.ts';

const metricTypes = ['simple', 'ratio', 'cumulative', 'derived', 'conversion'];

const windowForm = /^(\d+) (\S+)$/;

/** `28 days` → 28 times `day`; what a project's own time spine is called keeps its `s`. */
const window = value(
  (written) =>
    typeof written === 'string' && windowForm.test(written) ? undefined : "a count and a granularity, as '28 days'",
  null,
  (written) => {
    const [, count = '', unit = ''] = windowForm.exec(String(written).toLowerCase()) ?? [];
    const granularity = granularities.includes(unit.replace(/s$/, '')) ? unit.replace(/s$/, '') : unit;
    return { count: Number(count), granularity };
  },
);

const inputMeasure = object(
  { name: must(value(text)), filter, alias: optionalText, join_to_timespine: no, fill_nulls_with: integer },
  { short: 'name' },
);

const inputMetric = object(
  { name: must(value(text)), filter, alias: optionalText, offset_window: window, offset_to_grain: optionalText },
  { short: 'name' },
);

const conversion = object({
  base_measure: { ...inputMeasure, required: true },
  conversion_measure: { ...inputMeasure, required: true },
  entity: must(value(text)),
  calculation: choice(['conversions', 'conversion_rate'], 'conversion_rate'),
  window,
  constant_properties: list(object({ base_property: must(value(text)), conversion_property: must(value(text)) }), null),
});

const cumulative = object({
  window,
  grain_to_date: optionalText,
  period_agg: choice(['first', 'last', 'average'], 'first'),
});

const typeParameters = object(
  {
    measure: inputMeasure,
    numerator: inputMetric,
    denominator: inputMetric,
    expr: expression,
    window,
    grain_to_date: choice(granularities),
    metrics: list(inputMetric),
    conversion_type_params: conversion,
    cumulative_type_params: cumulative,
  },
  { required: true },
);

/** What can be written below `metrics:`. */
export const metricForm = object({
  name: must(value(text)),
  label: must(value(text)),
  type: must(choice(metricTypes)),
  type_params: typeParameters,
  description,
  filter,
  time_granularity: optionalText,
  meta: facts,
  tags: texts,
  config: facts,
  metadata: free,
});

/** `type_params:` as the manifest has it; `input_measures` is known to the graph. */
export function typeParametersOf(type: string, written: Json | undefined): JsonObject {
  const filled = fill(typeParameters, written ?? {}) as Record<string, Json>;
  const { measure = null, ...rest } = filled;
  return {
    measure,
    input_measures: [],
    ...rest,
    cumulative_type_params: type === 'cumulative' ? cumulativeOf(rest) : null,
    metric_aggregation_params: null,
  };
}

/** Window and grain may stand a level higher, where earlier versions of dbt had them. */
function cumulativeOf({
  cumulative_type_params: written,
  window: above = null,
  grain_to_date: grain = null,
}: JsonObject): Json {
  const own = (isMapping(written) ? written : fill(cumulative, {})) as JsonObject;
  return { ...own, window: own.window ?? above, grain_to_date: own.grain_to_date ?? grain, metric: null };
}
