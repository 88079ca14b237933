import type { DataTest } from '../core/index.ts';
import { column, valueList } from './writing/arguments.ts';
import { lines } from './writing/lines.ts';

/** Values that are in the list of those that must not occur. */
const notAcceptedValues: DataTest = {
  name: 'not_accepted_values',
  rowByRow: true,
  namespace: 'dbt_utils',
  arguments: [
    { name: 'values', required: true },
    { name: 'quote', required: false },
  ],
  sql: (request) =>
    lines(
      'with all_values as (',
      `  select distinct ${column(request)} as value_field`,
      `  from ${request.model}`,
      ')',
      'select value_field',
      'from all_values',
      `where value_field in (${valueList(request)})`,
    ),
};

export default notAcceptedValues;
