import { granularities } from '../../core/index.ts';
import { text } from '../config/value-type.ts';
import {
  choice,
  description,
  expression,
  facts,
  free,
  list,
  must,
  no,
  number,
  object,
  optionalText,
  texts,
  value,
} from './forms.ts';

const aggregations = ['sum', 'min', 'max', 'count_distinct', 'sum_boolean', 'average', 'percentile', 'median', 'count'];

const dimension = object({
  name: must(value(text)),
  type: must(choice(['categorical', 'time'])),
  description,
  label: optionalText,
  is_partition: no,
  type_params: object({
    time_granularity: must(choice(granularities)),
    validity_params: object({ is_start: no, is_end: no }),
  }),
  expr: optionalText,
  metadata: free,
  config: object({ meta: facts }, { always: true }),
});

const entity = object({
  name: must(value(text)),
  type: must(choice(['foreign', 'natural', 'primary', 'unique'])),
  description,
  label: optionalText,
  role: optionalText,
  expr: optionalText,
  config: object({ meta: facts }, { always: true }),
});

const measure = object({
  name: must(value(text)),
  agg: must(choice(aggregations)),
  description,
  label: optionalText,
  create_metric: no,
  expr: expression,
  agg_params: object({ percentile: number, use_discrete_percentile: no, use_approximate_percentile: no }),
  non_additive_dimension: object({
    name: must(value(text)),
    window_choice: must(choice(aggregations)),
    window_groupings: texts,
  }),
  agg_time_dimension: optionalText,
  config: object({ meta: facts }, { always: true }),
});

/** What can be written below `semantic_models:`. */
export const semanticModelForm = object({
  name: must(value(text)),
  model: must(value(text)),
  config: facts,
  description,
  label: optionalText,
  defaults: object({ agg_time_dimension: optionalText }),
  entities: list(entity),
  measures: list(measure),
  dimensions: list(dimension),
  primary_entity: optionalText,
});
