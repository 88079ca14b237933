import type { DataTest } from '../core/index.ts';
import { column, sqlText } from './writing/arguments.ts';
import { lines } from './writing/lines.ts';

/** Values that the other table does not have. */
const relationships: DataTest = {
  name: 'relationships',
  rowByRow: true,
  namespace: null,
  arguments: [
    { name: 'to', required: true },
    { name: 'field', required: true },
  ],
  sql: (request) =>
    lines(
      'with child as (',
      `  select ${column(request)} as from_field`,
      `  from ${request.model}`,
      `  where ${column(request)} is not null`,
      '),',
      'parent as (',
      `  select ${sqlText(request, 'field')} as to_field`,
      `  from ${sqlText(request, 'to')}`,
      ')',
      'select from_field',
      'from child',
      'left join parent on child.from_field = parent.to_field',
      'where parent.to_field is null',
    ),
};

export default relationships;
