import { text, textOrTexts } from '../config/value-type.ts';
import {
  choice,
  description,
  facts,
  filter,
  integer,
  list,
  must,
  object,
  optionalText,
  texts,
  value,
} from './forms.ts';

const queryParameters = object(
  { metrics: texts, group_by: texts, where: filter, order_by: texts, limit: integer },
  { required: true },
);

/** What a query's result may be kept as. */
export const exportForms = choice(['table', 'view']);

/** What can be written below `saved_queries:`. */
export const savedQueryForm = object({
  name: must(value(text)),
  query_params: queryParameters,
  description,
  label: optionalText,
  exports: list(object({ name: must(value(text)), config: facts })),
  config: facts,
  tags: value(textOrTexts, []),
});
