import type { DataTest } from '../core/index.ts';
import { column, valueList } from './writing/arguments.ts';
import { lines } from './writing/lines.ts';

/** Values that are not in the list; null is no value. */
const acceptedValues: DataTest = {
  name: 'accepted_values',
  rowByRow: true,
  namespace: null,
  arguments: [
    { name: 'values', required: true },
    { name: 'quote', required: false },
  ],
  sql: (request) =>
    lines(
      'with all_values as (',
      '  select',
      `    ${column(request)} as value_field,`,
      '    count(*) as n_records',
      `  from ${request.model}`,
      `  group by ${column(request)}`,
      ')',
      'select *',
      'from all_values',
      `where value_field not in (${valueList(request)})`,
    ),
};

export default acceptedValues;
